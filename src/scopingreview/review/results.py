"""What the files in results/ should say, from the data as they are now, and where they do not.

PDF and PNG are not compared: another version of a library may pack the same picture differently.
They are made from the same counts as the SVG, which is compared to the last byte.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from scopingreview import __version__, config, store
from scopingreview.charting import form_version
from scopingreview.fingerprint import fingerprint
from scopingreview.flow.count_rows import count_rows, flow_from_rows
from scopingreview.flow.diagram.page import render, sheet_of
from scopingreview.flow.prisma2020 import write_exchange
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import (
    Finding,
    FlowCounts,
    FlowRules,
    Form,
    Phase,
    Protocol,
    Provenance,
    Search,
)
from scopingreview.paths import (
    CHARTED,
    COUNTS,
    EXCHANGE,
    EXCLUDED_REPORTS,
    FIGURE,
    PROVENANCE,
    SCREENED,
    SUMMARY,
    Review,
)
from scopingreview.report.excluded_reports import (
    ExcludedReport,
    excluded_reports_csv,
    excluded_reports_text,
    in_order,
)
from scopingreview.report.summary import write_summary
from scopingreview.review.counted_flow import CountReport, count_report, load_data
from scopingreview.review.freshness import files_in
from scopingreview.review.recall import recall
from scopingreview.review.settled import excluded_reports, record_of
from scopingreview.screening import criteria_version
from scopingreview.screening.review_state import ReviewState
from scopingreview.store import Digests
from scopingreview.tables.source_yield import source_yields

SVG = f"{FIGURE}.svg"
PRINTED = (f"{FIGURE}.pdf", f"{FIGURE}.png")
DIGITS = 12  # of a digest: enough to tell two versions of a review apart
MADE_BY = re.compile(r"scopingreview \S+; protocol .*")  # as a text says it of itself
PARTS = re.compile(r"\s+|[\w.,–-]*\w|.")  # words and numbers, blanks, and single signs


@dataclass(frozen=True, slots=True)
class Difference:
    """A file in results/ that is not what the data say; `text` is "" for one that is not there.

    `expected` is "" for one that nothing makes any more.
    """

    file: str
    text: str
    expected: str

    def lines(self) -> list[str]:
        """The lines that differ, as `diff` shows them; or what else is wrong with the file."""
        if not self.text:
            return [f"{self.file} is not there"]
        if not self.expected:
            return [f"{self.file} belongs to no table and no figure of this review"]
        return list(
            difflib.unified_diff(
                self.text.splitlines(),
                self.expected.splitlines(),
                f"{self.file} as it is",
                f"{self.file} as the data say",
                lineterm="",
                n=0,
            )
        )


def provenance_of(
    review: Review, protocol: Protocol, searches: Iterable[Search], digests: Digests
) -> Provenance:
    """By which version of the program, of the protocol and of the data results are made now."""
    copied = store.read_public_copy(review.root)
    exports = [(export.file, export.sha256) for search in searches for export in search.exports]
    return Provenance(
        program=__version__,
        protocol=fingerprint(protocol)[:DIGITS],
        criteria={phase: criteria_version(rules) for phase, rules in protocol.phases.items()},
        seed=protocol.seed,
        data=fingerprint([*exports, *_digests_in(review, SCREENED, digests)])[:DIGITS],
        copy_of=copied.data if copied else "",
    )


def charted_provenance(review: Review, made_by: Provenance, form: Form | None) -> Provenance:
    """The same with what was charted; without a form nothing was."""
    if form is None:
        return made_by
    charted = fingerprint(_digests_in(review, CHARTED, Digests(review)))[:DIGITS]
    return replace(made_by, form=form_version(form), charted=charted)


def _digests_in(review: Review, folder: str, digests: Digests) -> list[tuple[str, str]]:
    """Every file that people own in a folder, with its digest, in order of name."""
    found = sorted(map(review.relative, store.files_below(review.path(folder))))
    return [(name, digests.of(name)) for name in found if name.endswith(".csv")]


def count_files(
    review: Review,
    data: ReviewData,
    counted: CountReport,
    *,
    provenance: Provenance | None = None,
    two_reasons: bool = False,
) -> dict[str, str]:
    """What the files of the stage `count` say of this flow, by name.

    `provenance` is that of now unless another is given; `two_reasons` is for old versions of the
    R package.
    """
    state = data.state
    searches = config.load_searches(review, state.protocol)
    made_by = provenance or provenance_of(review, state.protocol, searches, Digests(review))
    flow = counted.flow
    exchange = write_exchange(flow, state.protocol.flow, two_reasons=two_reasons)
    excluded = excluded_in_order(data)
    return {
        COUNTS: store.counts_text(count_rows(flow)),
        EXCHANGE: exchange.text,
        SUMMARY: write_summary(
            *(state, flow, searches, counted.findings, made_by, source_yields(state)),
            recall(data, config.load_known_items(review)),
        ),
        PROVENANCE: store.provenance_text(made_by),
        f"{EXCLUDED_REPORTS}.csv": excluded_reports_csv(excluded),
        f"{EXCLUDED_REPORTS}.md": excluded_reports_text(excluded, made_by),
    }


def excluded_in_order(data: ReviewData) -> list[ExcludedReport]:
    """The reports excluded by their full text, by reason in the protocol's order, then citation."""
    state = data.state
    reasons = state.protocol.phases[Phase.FULL_TEXT].exclusion_reasons
    return in_order(
        (
            ExcludedReport(name, state.as_read(record_of(data, name)), settled)
            for name, settled in excluded_reports(data).items()
        ),
        list(reasons),
    )


def false_counts(review: Review) -> list[Difference]:
    """The files of the stage `count` that are not what it would write now."""
    data = load_data(review)
    return _false_counts(review, data, count_report(data), made_by_now(review, data.state))


def false_figure(review: Review) -> list[Difference]:
    """The SVG when it is not what `draw` would draw of results/counts.csv, and what is missing.

    Raises MissingInputError before `count` has run.
    """
    protocol = config.load_protocol(review)
    flow = flow_from_rows(store.read_counts(review), protocol)
    missing = [name for name in PRINTED if not review.path(name).is_file()]
    return [
        *_false_figure(review, flow, protocol.flow, store.read_provenance(review)),
        *(Difference(name, "", "") for name in missing),
    ]


def check_results(review: Review, data: ReviewData, counted: CountReport) -> Iterator[Finding]:
    """D12: every file in results/ says what the data say; nothing before the first `count`."""
    if not any(review.path(name).is_file() for name in (COUNTS, EXCHANGE, SUMMARY, SVG)):
        return
    made_by = made_by_now(review, data.state)
    rules = data.state.protocol.flow
    yield from findings_of(
        [
            *_false_counts(review, data, counted, made_by),
            *_false_figure(review, counted.flow, rules, made_by),
        ]
    )


def made_by_now(review: Review, state: ReviewState) -> Provenance:
    """What results are made from now, by the version of the program that they say wrote them.

    Numbers do not become false when a new version comes.
    """
    searches = config.load_searches(review, state.protocol)
    now = provenance_of(review, state.protocol, searches, Digests(review))
    return replace(now, program=store.read_provenance(review).program or __version__)


def _false_counts(
    review: Review, data: ReviewData, counted: CountReport, made_by: Provenance
) -> list[Difference]:
    expected = count_files(review, data, counted, provenance=made_by)
    found = {name: _text(review, name) for name in expected}
    if found[EXCHANGE] != expected[EXCHANGE]:
        rules = data.state.protocol.flow
        other_way = write_exchange(counted.flow, rules, two_reasons=True).text
        if found[EXCHANGE] == other_way:
            expected[EXCHANGE] = other_way
    return [
        Difference(name, text, expected[name])
        for name, text in found.items()
        if text != expected[name]
    ]


def _false_figure(
    review: Review, flow: FlowCounts, rules: FlowRules, made_by: Provenance
) -> list[Difference]:
    """The SVG is drawn again on the sheet that it says it was drawn on."""
    text = _text(review, SVG)
    drawn = render(flow, rules, "svg", sheet=sheet_of(text), provenance=made_by).decode()
    return [] if drawn == text else [Difference(SVG, text, drawn)]


def _text(review: Review, name: str) -> str:
    """The file's text with its own line ends, "" when there is none or it is no text."""
    path = review.path(name)
    return path.read_bytes().decode(errors="replace") if path.is_file() else ""


def false_folder(
    review: Review, folder: str, expected: Mapping[str, str], *, printed: Collection[str]
) -> list[Difference]:
    """The files of a folder in results/ that are not what the data say, missing, or nobody's.

    `expected` are texts by the names of their files; of those that are `printed` it is only asked
    whether they are there.
    """
    found = {name: _text(review, name) for name in expected}
    there = files_in(review, folder)
    return [
        *(Difference(n, text, expected[n]) for n, text in found.items() if text != expected[n]),
        *(Difference(name, "", "") for name in printed if name not in there),
        *(Difference(n, _text(review, n), "") for n in there if n not in (*expected, *printed)),
    ]


def findings_of(found: Sequence[Difference]) -> Iterator[Finding]:
    """What `check` says of the files of one stage that are not what the data say.

    Where any of them says that it was made from other data than there are now, all of them were,
    and are told as one; else each is told by itself.
    """
    overtaken = [each for each in found if each.text and each.expected]
    if not any(map(_is_of_other_data, overtaken)):
        overtaken = []
    if overtaken:
        telling = next(filter(_says_other_things, overtaken), overtaken[0])
        first, others = _finding_of(telling), len(overtaken) - 1
        more = f"; {others:,} more {'files differ' if others > 1 else 'file differs'}"
        hint = "Data or protocol changed since they were made: scopingreview run"
        yield replace(first, message=first.message + more * bool(others), hint=hint)
    yield from (_finding_of(each) for each in found if each not in overtaken)


def _is_of_other_data(each: Difference) -> bool:
    said, given = MADE_BY.search(each.text), MADE_BY.search(each.expected)
    return said is not None and given is not None and said[0] != given[0]


def _says_other_things(each: Difference) -> bool:
    """Whether it differs in more than what it says it was made from."""
    return MADE_BY.sub("", each.text) != MADE_BY.sub("", each.expected)


def _finding_of(each: Difference) -> Finding:
    """What `check` says of a file that is not what the data say."""
    if each.text and not each.expected:
        return Finding("D12", each.lines()[0], hint="Take it out of the folder: the chain owns it.")
    hint = "The data are the same: someone changed the file, or words and settings of results."
    if not each.text:
        return Finding("D12", f"{each.file} is not there", hint="scopingreview run")
    pairs = zip_longest(each.text.splitlines(), each.expected.splitlines(), fillvalue="")
    differing = [
        (number, *pair) for number, pair in enumerate(pairs, start=1) if pair[0] != pair[1]
    ]
    if not differing:
        return Finding(
            "D12", f"{each.file} has other line ends than it was written with", hint=hint
        )
    line, text, expected = differing[0]
    others = len(differing) - 1
    more = f", and {others:,} more {'lines' if others > 1 else 'line'}" if others else ""
    return Finding("D12", f"{each.file}:{line}: {_what_differs(text, expected)}{more}", hint=hint)


def _what_differs(text: str, expected: str) -> str:
    """The first words that differ in a line: what it says, and what the data give."""
    said, given = PARTS.findall(text), PARTS.findall(expected)
    matcher = difflib.SequenceMatcher(a=said, b=given, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            here, there = "".join(said[start:end]), "".join(given[other_start:other_end])
            return f"says “{_short(here)}” where the data give “{_short(there)}”"
    return "is not what the data give"


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) < 60 else f"{text[:57]}…"
