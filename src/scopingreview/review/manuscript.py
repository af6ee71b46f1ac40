"""The team's own Markdown texts: how they read with the counted numbers, and where they differ.

Writing the numbers into them is `work.manuscript`'s business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scopingreview import store
from scopingreview.errors import CombinedError, ReviewError, raise_problems
from scopingreview.flow.diagram.wording import wording_for
from scopingreview.flow.number_markers import (
    Disagreement,
    disagreements,
    has_markers,
    insert_numbers,
)
from scopingreview.model import Finding, FlowCounts
from scopingreview.paths import RESULTS, Review, real
from scopingreview.review.counted_flow import count_report, load_data
from scopingreview.screening.review_state import ReviewState

# Nobody writes by hand in these.
NOT_TEXTS = (RESULTS, "data", "node_modules")


def marked_texts(review: Review) -> list[str]:
    """The Markdown files of the review that have a place for a number, in order of name."""
    found = (review.relative(path) for path in sorted(review.root.rglob("*.md")))
    return [name for name in found if _is_text(name) and has_markers(_read(review, name))]


def _is_text(name: str) -> bool:
    folders = name.split("/")[:-1]
    return not any(part.startswith(".") or part in NOT_TEXTS for part in folders)


def _read(review: Review, name: str) -> str:
    return store.read_text_as_it_is(review.path(name), where=name)


def outdated_texts(review: Review, names: Sequence[str] = ()) -> dict[str, str]:
    """The texts whose markers do not hold the counted numbers, by name, as they should read.

    Without names, every text that has a marker. Raises CombinedError naming every marker that
    means nothing.
    """
    data = load_data(review)
    flow, words = count_report(data).flow, wording_for(data.state.protocol.flow)
    problems: list[ReviewError] = []
    outdated: dict[str, str] = {}
    for name in names or marked_texts(review):
        text = _read(review, name)
        try:
            filled = insert_numbers(text, flow, words)
        except ReviewError as error:
            problems += _in_file(error, name)
            continue
        if filled != text:
            outdated[name] = filled
    raise_problems(problems)
    return outdated


def check_texts(
    review: Review, flow: FlowCounts, names: Iterable[str] | None = None
) -> list[Finding]:
    """D12: every number of a text that is not the counted one.

    Those in markers, and those typed by hand beside well-known words; a text that speaks of
    another review there says so (`number_markers`).
    """
    findings: list[Finding] = []
    for name in marked_texts(review) if names is None else names:
        try:
            findings += (_finding(name, each) for each in disagreements(_read(review, name), flow))
        except ReviewError as error:
            findings += (
                Finding("D12", str(each), hint=each.hint) for each in _in_file(error, name)
            )
    return findings


def counted_now(review: Review, state: ReviewState | None = None) -> FlowCounts:
    """The flow as the data have it now, whatever stands in results/."""
    return count_report(load_data(review, state)).flow


def _finding(name: str, each: Disagreement) -> Finding:
    box = f"{each.box}/{each.item}" if each.item else str(each.box)
    return Finding(
        "D12",
        f'{name}:{each.line}: the text says "{each.typed}", but {box} is {each.counted:,}',
        hint="scopingreview numbers"
        if each.marked
        else f"Write <!-- n: {box} --><!-- /n -->. Is it of another review? Put it between "
        "<!-- elsewhere --> and <!-- /elsewhere -->.",
    )


def _in_file(error: ReviewError, name: str) -> Iterator[ReviewError]:
    for each in error.errors if isinstance(error, CombinedError) else (error,):
        yield ReviewError(each.message, where=name, line=each.line, hint=each.hint)


def resolve_names(review: Review, files: Iterable[Path]) -> list[str]:
    """The files as the review spells them. Raises ReviewError for one that is not in it."""
    names = []
    for file in files:
        if not real(file).is_relative_to(real(review.root)):
            raise ReviewError("this file is not in the review", where=str(file))
        names.append(review.relative(file))
    return names
