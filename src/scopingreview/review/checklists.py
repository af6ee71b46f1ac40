"""The checklists of a review as its files answer them now, and where those in results/ differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scopingreview.checklists.answered import Answer, Checklist, answered
from scopingreview.checklists.checklist_table import checklist_table
from scopingreview.checklists.guideline import guidelines
from scopingreview.config.own_answers import load_own_answers
from scopingreview.errors import UsageError
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Finding, Provenance
from scopingreview.paths import CHECKLISTS, Review
from scopingreview.report.document.checklist_document import checklist_document
from scopingreview.review.answering import Answering, answering
from scopingreview.review.counted_flow import load_data
from scopingreview.review.results import Difference, false_folder, findings_of
from scopingreview.review.review_answers import REVIEW_ANSWERS
from scopingreview.review.search_answers import SEARCH_ANSWERS
from scopingreview.tables.written_markup import table_html, table_markdown

TEXTS = {".md": table_markdown, ".html": table_html}
ANSWERS = {**SEARCH_ANSWERS, **REVIEW_ANSWERS}


@dataclass(frozen=True, slots=True)
class AnsweredChecklists:
    """Every checklist, in the order of the guidelines, and what made them."""

    checklists: tuple[Checklist, ...]
    made_by: Provenance


def answered_checklists(review: Review, data: ReviewData | None = None) -> AnsweredChecklists:
    """Every guideline answered from the review's files and from what people say.

    Raises ReviewError when config/checklists.toml names an item that there is not.
    """
    known = guidelines()
    own = load_own_answers(review, {name: each.numbers() for name, each in known.items()})
    told = answering(review, data or load_data(review))
    answers = _answers(told)
    checklists = (answered(each, answers, own.get(name, {})) for name, each in known.items())
    return AnsweredChecklists(tuple(checklists), told.made_by)


def _answers(told: Answering) -> dict[str, Answer]:
    """What the files say, by the name that guidelines call an answer; each is asked for once."""
    wanted = {item.answer for each in guidelines().values() for item in each.items if item.answer}
    return {name: ANSWERS[name](told) for name in sorted(wanted)}


def checklist_texts(found: AnsweredChecklists) -> dict[str, str]:
    """What the files of the checklists say, by name."""
    made_by = str(found.made_by)
    texts = {}
    for checklist in found.checklists:
        table = checklist_table(checklist)
        for suffix, write in TEXTS.items():
            texts[f"{CHECKLISTS}/{table.name}{suffix}"] = write(table, made_by=made_by)
    return texts


def checklist_file(checklist: Checklist, made_by: Provenance, suffix: str) -> bytes:
    """One checklist as a file of that kind: `.md`, `.html` or `.docx`.

    Raises UsageError for another kind, MissingPackageError when the extra `docx` is not installed.
    """
    table = checklist_table(checklist)
    if suffix == ".docx":
        return checklist_document(table, made_by=str(made_by))
    if suffix not in TEXTS:
        raise UsageError(
            f'a checklist is written as .docx, .md or .html, not as "{suffix}"',
        )
    return TEXTS[suffix](table, made_by=str(made_by)).encode()


def false_checklists(review: Review, data: ReviewData | None = None) -> list[Difference]:
    """The files in results/checklists that are not what `checklists` would write now."""
    expected = checklist_texts(answered_checklists(review, data))
    return false_folder(review, CHECKLISTS, expected, printed=())


def check_checklists(review: Review, data: ReviewData) -> Iterator[Finding]:
    """D12 of the checklists; nothing before the first of them was made."""
    if review.path(CHECKLISTS).is_dir():
        yield from findings_of(false_checklists(review, data))
