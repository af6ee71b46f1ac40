"""Each kind of value of a review as a public copy has it: what stays is named, the rest is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from scopingreview.model import (
    UNSTATED,
    Adjustment,
    Cell,
    Correction,
    Decision,
    DiscussionNote,
    Duplicate,
    DuplicateJudgement,
    Event,
    EventKind,
    KnownItem,
    Look,
    Rank,
    Record,
    Retrieval,
    StudyLink,
)
from scopingreview.public_copy.redaction import (
    Redaction,
    left_out,
    left_out_answer,
    left_out_note,
    without_addresses,
)
from scopingreview.screening.criteria import AFTER_VERSION
from scopingreview.screening.labels import further_reasons, joined_labels

# Of a record: what a database wrote about it and who owns that, and addresses, which may hold the
# account of a library. The others are facts of its publication.
WITHHELD = ("abstract", "keywords", "url")


def public_record(record: Record) -> Record:
    """The facts of its publication; whether it has an abstract is one, since limits ask for it."""
    return replace(
        record,
        title=without_addresses(record.title),
        authors=tuple(map(without_addresses, record.authors)),
        journal=without_addresses(record.journal),
        abstract=left_out(record.abstract),
        keywords=(),
        url="",
    )


def public_duplicate(link: Duplicate, redaction: Redaction) -> Duplicate:
    """Which records are one report, by which rule or whose word."""
    return link._replace(decided_by=redaction.person(link.decided_by))


def public_decision(decision: Decision, redaction: Redaction, known: Collection[str]) -> Decision:
    """Who decided what and when; of the labels those that are further reasons of the verdict."""
    return replace(
        decision,
        decided_by=redaction.person(decision.decided_by),
        labels=joined_labels((), further_reasons(decision.labels)),
        note=left_out_note(decision.note, known),
    )


def public_judgement(judgement: DuplicateJudgement, redaction: Redaction) -> DuplicateJudgement:
    """Whose word on which pair."""
    reviewer = redaction.person(judgement.reviewer)
    return replace(judgement, reviewer=reviewer, note=left_out(judgement.note))


def public_corrections(
    corrections: Iterable[Correction], redaction: Redaction
) -> Iterator[Correction]:
    """What was mended of fields that stay; that an abstract was, and no word of it."""
    for each in corrections:
        if each.field in WITHHELD and each.field != "abstract":
            continue
        value = each.value
        if value is not None:
            is_abstract = each.field == "abstract"
            value = left_out(value) if is_abstract else without_addresses(value)
        by, why = redaction.person(each.by), left_out(each.why)
        yield replace(each, value=value, by=by, why=why)


def public_retrieval(step: Retrieval) -> Retrieval:
    """How the search for a report ended; not where its full text lies."""
    return replace(step, where="", note=left_out(step.note or step.where))


def public_study_link(link: StudyLink, redaction: Redaction) -> StudyLink:
    """Which study a report is of."""
    by, study = redaction.person(link.by), redaction.text(link.study)
    return replace(link, study=study, note=left_out(link.note), by=by)


def public_event(event: Event, redaction: Redaction) -> Event:
    """What happened, to which records; of an amendment the version of the criteria stays."""
    version, mark, why = event.note.partition(AFTER_VERSION)
    amended = event.kind is EventKind.CRITERIA_AMENDED and mark
    return replace(
        event,
        by=redaction.person(event.by),
        people=tuple(map(redaction.person, event.people)),
        note=f"{version}{mark}{left_out(why)}" if amended else left_out(event.note),
    )


def public_look(look: Look, redaction: Redaction) -> Look:
    """What a look showed."""
    return replace(look, by=redaction.person(look.by))


def public_rank(rank: Rank, redaction: Redaction) -> Rank:
    """Where a record stood when it was decided on."""
    return replace(rank, reviewer=redaction.person(rank.reviewer))


def public_discussion(note: DiscussionNote, redaction: Redaction) -> DiscussionNote:
    """That somebody spoke of a record, since agreement counts what was said before."""
    return replace(note, text=left_out(note.text), by=redaction.person(note.by))


def public_adjustment(adjustment: Adjustment, redaction: Redaction) -> Adjustment:
    """The exception with its reason, which stands below the diagram."""
    return replace(adjustment, why=redaction.text(adjustment.why))


def public_known_item(item: KnownItem) -> KnownItem:
    """Which paper had to be found."""
    return replace(item, title=without_addresses(item.title), note=left_out(item.note))


def public_cells(
    cells: Iterable[Cell], redaction: Redaction, *, texts: Collection[str], shown: Collection[str]
) -> list[Cell]:
    """What was charted, without the words of the report behind it.

    Of the fields that hold `texts` those stay that are `shown` in the tables; of the others it
    stays to be seen whether two charted the same, since that makes a conflict or none.
    """
    return [
        replace(
            cell,
            value=_public_value(cell, redaction, texts=texts, shown=shown),
            charted_by=redaction.person(cell.charted_by),
            quote=left_out(cell.quote),
            page=redaction.text(cell.page),
        )
        for cell in cells
    ]


def _public_value(
    cell: Cell, redaction: Redaction, *, texts: Collection[str], shown: Collection[str]
) -> str:
    if cell.slot.field not in texts or cell.value in UNSTATED:
        return cell.value
    return redaction.text(cell.value) if cell.slot.field in shown else left_out_answer(cell.value)


def people_named(values: Iterable[Sequence[str] | str]) -> set[str]:
    """The people of fields that name one or several."""
    found: set[str] = set()
    for each in values:
        found.update([each] if isinstance(each, str) else each)
    return found - {""}
