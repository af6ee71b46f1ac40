"""What people decided and did, in data/screened: appended a line at a time, read back by time.

Nothing here rewrites a line. A file that is named after a person is theirs alone: who decided is
the file's name. A file that is not there yet holds nothing; whatever is wrong with the lines of
the others is raised at once, in a CombinedError.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from scopingreview.decision_rows import Word
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    Decision,
    DuplicateJudgement,
    Event,
    EventKind,
    Phase,
    ReadingTime,
    Retrieval,
    RetrievalStatus,
    StudyLink,
    Verdict,
)
from scopingreview.paths import (
    ADJUSTMENTS,
    CHARTED,
    CONSENSUS,
    EVENTS,
    JUDGEMENTS,
    READING_TIMES,
    RETRIEVAL,
    SCREENED,
    STUDIES,
    Review,
)
from scopingreview.store.file_names import files_below, files_in
from scopingreview.store.log import read_log_values, read_logs_of_people
from scopingreview.store.table import (
    Row,
    append_rows,
    moment,
    read_rows,
    stamp,
    values_of,
    word,
    write_table,
)

Value = TypeVar("Value")

DECISION_COLUMNS = ("decided_at", "record_id", "verdict", "reason", "labels", "note", "criteria")
CONSENSUS_COLUMNS = (*DECISION_COLUMNS, "decided_by")
JUDGEMENT_COLUMNS = ("decided_at", "record_id", "other_id", "same", "note")
RETRIEVAL_COLUMNS = ("recorded_at", "record_id", "status", "where", "note")
STUDY_COLUMNS = ("recorded_at", "record_id", "study", "note", "by")
READING_COLUMNS = ("decided_at", "phase", "record_id", "seconds")
EVENT_COLUMNS = ("recorded_at", "phase", "event", "by", "records", "people", "note")
ADJUSTMENT_COLUMNS = ("kind", "records", "n", "outcome", "reason", "why")

BETWEEN = ";"  # no record id, no name of a person and no label holds one
SAME_WORDS = {True: "yes", False: "no", None: "withdrawn"}
MANY_DECISIONS = 1 << 19  # bytes: reading them line by line takes as long as loading numpy
VERDICTS = {verdict.value: verdict for verdict in Verdict}


def append_decision(review: Review, decision: Decision) -> None:
    """The decision is the last line of its reviewer's file, and on disk."""
    append_decisions(review, [decision])


def append_decisions(review: Review, decisions: Sequence[Decision]) -> None:
    """The decisions (of one reviewer in one phase) end that file: all of them or none."""
    first = decisions[0]
    path = review.decisions(first.phase, first.decided_by)
    append_rows(path, DECISION_COLUMNS, map(decision_row, decisions))


def append_consensus(review: Review, decisions: Sequence[Decision]) -> None:
    """The adjudicators' decisions (of one phase) end consensus.csv: all of them or none."""
    path = review.decisions(decisions[0].phase, CONSENSUS)
    rows = ([*decision_row(decision), decision.decided_by] for decision in decisions)
    append_rows(path, CONSENSUS_COLUMNS, rows)


def decision_row(decision: Decision) -> Row:
    """The decision as a row of its file."""
    return [
        stamp(decision.decided_at),
        decision.record_id,
        decision.verdict,
        decision.reason,
        BETWEEN.join(decision.labels),
        decision.note,
        decision.criteria,
    ]


def reviewers_on_file(review: Review, phase: Phase) -> list[str]:
    """Whose decisions stand on file for the phase, in order of name."""
    paths = files_of_people(review, f"{SCREENED}/{phase}")
    return [path.stem for path in paths if path.stem != CONSENSUS]


def read_decisions(review: Review, phase: Phase) -> Sequence[Decision]:
    """Everybody's decisions of the phase, in order of time; the adjudicators' are not here.

    They are made when somebody asks for one (a DecisionTable) where there are many.
    """
    paths = [review.decisions(phase, reviewer) for reviewer in reviewers_on_file(review, phase)]
    if sum(path.stat().st_size for path in paths) > MANY_DECISIONS:
        from scopingreview.store.decision_columns import read_columns

        header = ",".join(DECISION_COLUMNS).encode() + b"\n"
        if (table := read_columns(paths, phase, header, _word_of_rest)) is not None:
            return table
    decisions = read_logs_of_people(
        review, paths, DECISION_COLUMNS, partial(decision_of_row, phase=phase)
    )
    return sorted(decisions, key=attrgetter("decided_at"))


def _word_of_rest(rest: str) -> Word | None:
    """What a line of decisions says behind the record id; None when it is read line by line."""
    try:
        (row,) = csv.reader([rest], strict=True)
        verdict, reason, labels, note, criteria = row
    except (csv.Error, ValueError):
        return None
    if verdict not in VERDICTS:
        return None
    return Word(VERDICTS[verdict], reason, _split(labels), note, criteria)


def read_consensus(review: Review, phase: Phase) -> list[Decision]:
    """The adjudicators' decisions of the phase, in order of time."""
    name = review.relative(review.decisions(phase, CONSENSUS))
    decisions = read_log_values(
        review, name, CONSENSUS_COLUMNS, lambda row: decision_of_row(row, by=row[7], phase=phase)
    )
    return sorted(decisions, key=attrgetter("decided_at"))


def decision_of_row(row: Row, *, by: str, phase: Phase) -> Decision:
    """The decision that a row holds."""
    return Decision(
        decided_at=moment(row[0]),
        record_id=row[1],
        phase=phase,
        verdict=VERDICTS.get(row[2]) or word(Verdict, "verdict", row[2]),
        decided_by=by,
        reason=row[3],
        labels=_split(row[4]),
        note=row[5],
        criteria=row[6],
    )


def append_judgement(review: Review, judgement: DuplicateJudgement) -> None:
    """The word on two records is the last line of its reviewer's file, and on disk."""
    append_judgements(review, [judgement])


def append_judgements(review: Review, judgements: Sequence[DuplicateJudgement]) -> None:
    """The words on pairs (of one reviewer) end that file: all of them or none."""
    rows = (
        [
            stamp(judgement.decided_at),
            judgement.record_id,
            judgement.other_id,
            SAME_WORDS[judgement.same],
            judgement.note,
        ]
        for judgement in judgements
    )
    append_rows(review.judgements(judgements[0].reviewer), JUDGEMENT_COLUMNS, rows)


def read_judgements(review: Review) -> list[DuplicateJudgement]:
    """Everybody's word on pairs of records, in order of time."""
    paths = files_of_people(review, JUDGEMENTS)
    judgements = read_logs_of_people(review, paths, JUDGEMENT_COLUMNS, _judgement)
    return sorted(judgements, key=attrgetter("decided_at"))


def _judgement(row: Row, *, by: str) -> DuplicateJudgement:
    meant = {text: same for same, text in SAME_WORDS.items()}
    if row[3] not in meant:
        raise ReviewError(f'"same" is yes, no or withdrawn, not "{row[3]}"')
    return DuplicateJudgement(moment(row[0]), row[1], row[2], meant[row[3]], by, row[4])


def append_retrievals(review: Review, retrievals: Sequence[Retrieval]) -> None:
    """The steps end data/screened/retrieval.csv: all of them or none."""
    rows = (
        [stamp(step.recorded_at), step.record_id, step.status, step.where, step.note]
        for step in retrievals
    )
    append_rows(review.path(RETRIEVAL), RETRIEVAL_COLUMNS, rows)


def read_retrievals(review: Review) -> list[Retrieval]:
    """Every step in getting hold of reports, in order of time."""
    steps = read_log_values(review, RETRIEVAL, RETRIEVAL_COLUMNS, _retrieval)
    return sorted(steps, key=attrgetter("recorded_at"))


def _retrieval(row: Row) -> Retrieval:
    return Retrieval(
        moment(row[0]), row[1], word(RetrievalStatus, "status", row[2]), row[3], row[4]
    )


def append_study_links(review: Review, links: Sequence[StudyLink]) -> None:
    """The links end data/screened/studies.csv: all of them or none."""
    rows = (
        [stamp(link.recorded_at), link.record_id, link.study, link.note, link.by] for link in links
    )
    append_rows(review.path(STUDIES), STUDY_COLUMNS, rows)


def read_study_links(review: Review) -> list[StudyLink]:
    """Every word on which study a report belongs to, in order of time."""
    links = read_log_values(
        review,
        STUDIES,
        STUDY_COLUMNS,
        lambda row: StudyLink(moment(row[0]), *row[1:]),
    )
    return sorted(links, key=attrgetter("recorded_at"))


def append_reading_time(review: Review, time: ReadingTime) -> None:
    """The seconds are the last line of their reviewer's file, and on disk."""
    row = [stamp(time.decided_at), time.phase, time.record_id, str(time.seconds)]
    append_rows(review.reading_times(time.reviewer), READING_COLUMNS, [row])


def read_reading_times(review: Review) -> list[ReadingTime]:
    """How long every decision took of which it was kept, by reviewer and in order of time."""
    paths = files_of_people(review, READING_TIMES)
    return read_logs_of_people(review, paths, READING_COLUMNS, _reading_time)


def _reading_time(row: Row, *, by: str) -> ReadingTime:
    if not row[3].isdigit():
        raise ReviewError(f'seconds are a whole number, not "{row[3]}"')
    return ReadingTime(moment(row[0]), word(Phase, "phase", row[1]), row[2], by, int(row[3]))


def append_event(review: Review, event: Event) -> None:
    """The event is the last line of data/screened/events.csv, and on disk."""
    append_events(review, [event])


def append_events(review: Review, events: Sequence[Event]) -> None:
    """The events end data/screened/events.csv: all of them or none."""
    rows = (
        [
            stamp(event.recorded_at),
            event.phase,
            event.kind,
            event.by,
            BETWEEN.join(event.records),
            BETWEEN.join(event.people),
            event.note,
        ]
        for event in events
    )
    append_rows(review.path(EVENTS), EVENT_COLUMNS, rows)


def read_events(review: Review) -> list[Event]:
    """What happened to the screening itself (pilots, votes unblinded), in order of time."""
    events = read_log_values(review, EVENTS, EVENT_COLUMNS, _event)
    return sorted(events, key=attrgetter("recorded_at"))


def _event(row: Row) -> Event:
    return Event(
        recorded_at=moment(row[0]),
        phase=word(Phase, "phase", row[1]),
        kind=word(EventKind, "event", row[2]),
        by=row[3],
        records=_split(row[4]),
        people=_split(row[5]),
        note=row[6],
    )


def read_adjustments(review: Review) -> list[Adjustment]:
    """The declared exceptions to the arithmetic, in the order of the file; people write it."""
    if not review.path(ADJUSTMENTS).is_file():
        return []
    problems: list[ReviewError] = []
    rows = read_rows(review, ADJUSTMENTS, ADJUSTMENT_COLUMNS, problems)
    adjustments = values_of(rows, ADJUSTMENTS, _adjustment, problems)
    raise_problems(problems)
    return adjustments


def write_adjustments(review: Review, adjustments: Sequence[Adjustment]) -> None:
    """The file holds these adjustments: for a copy, since in a review people write it."""
    rows = (
        [each.kind, BETWEEN.join(each.records), str(each.n), each.outcome, each.reason, each.why]
        for each in adjustments
    )
    write_table(review, ADJUSTMENTS, ADJUSTMENT_COLUMNS, rows)


def _adjustment(row: Row) -> Adjustment:
    kind, records, n, outcome, reason, why = (cell.strip() for cell in row)
    if n and not n.isdecimal():
        raise ReviewError(f'"n" is a whole number, not "{n}"')
    return Adjustment(
        kind=word(AdjustmentKind, "kind", kind),
        why=why,
        records=_split(records),
        n=int(n or 1),
        outcome=outcome,
        reason=reason,
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(BETWEEN)))) if text else ()


def log_files(review: Review) -> list[str]:
    """Every file that commands append to, in order of name; people write the adjustments."""
    folders = (review.path(CHARTED), review.path(SCREENED))
    found = (review.relative(path) for folder in folders for path in files_below(folder))
    return sorted(name for name in found if name.endswith(".csv") and name != ADJUSTMENTS)


def files_of_people(review: Review, folder: str) -> list[Path]:
    """The files of the folder, in order of the people's names."""
    return files_in(review.path(folder), ".csv")
