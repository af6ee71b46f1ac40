"""What people decided: appended a line at a time, read back in order of time.

Nothing here rewrites a line. A reviewer's file is theirs alone; who decided is the file's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import (
    Adjustment,
    AdjustmentKind,
    Decision,
    DuplicateJudgement,
    Phase,
    Retrieval,
    RetrievalStatus,
    Verdict,
)
from scopingreview.paths import ADJUSTMENTS, CONSENSUS, JUDGEMENTS, RETRIEVAL, SCREENED, Review
from scopingreview.store.table import (
    Row,
    append_rows,
    moment,
    read_values,
    stamp,
    word,
)

DECISION_COLUMNS = ("decided_at", "record_id", "verdict", "reason", "labels", "note", "criteria")
CONSENSUS_COLUMNS = (*DECISION_COLUMNS, "decided_by")
JUDGEMENT_COLUMNS = ("decided_at", "record_id", "other_id", "same", "note")
ADJUSTMENT_COLUMNS = ("kind", "records", "n", "outcome", "reason", "why")
SAME_WORDS = {True: "yes", False: "no", None: "withdrawn"}
VERDICTS = {verdict.value: verdict for verdict in Verdict}
RETRIEVAL_COLUMNS = ("recorded_at", "record_id", "status", "where", "note")


def append_decision(review: Review, decision: Decision) -> None:
    """The decision is the last line of its reviewer's file, and on disk."""
    append_decisions(review, [decision])


def append_decisions(review: Review, decisions: Sequence[Decision]) -> None:
    """The decisions (of one reviewer in one phase) end that file: all of them or none."""
    first = decisions[0]
    path = review.decisions(first.phase, first.decided_by)
    append_rows(path, DECISION_COLUMNS, [_decision_row(decision) for decision in decisions])


def append_consensus(review: Review, decisions: Sequence[Decision]) -> None:
    """The adjudicators' decisions (of one phase) end consensus.csv: all of them or none."""
    path = review.decisions(decisions[0].phase, CONSENSUS)
    rows = [[*_decision_row(decision), decision.decided_by] for decision in decisions]
    append_rows(path, CONSENSUS_COLUMNS, rows)


def _decision_row(decision: Decision) -> Row:
    return [
        stamp(decision.decided_at),
        decision.record_id,
        decision.verdict,
        decision.reason,
        ";".join(decision.labels),
        decision.note,
        decision.criteria,
    ]


def append_judgement(review: Review, judgement: DuplicateJudgement) -> None:
    """The word on two records is the last line of its reviewer's file, and on disk."""
    row = [
        stamp(judgement.decided_at),
        judgement.record_id,
        judgement.other_id,
        SAME_WORDS[judgement.same],
        judgement.note,
    ]
    append_rows(review.judgements(judgement.reviewer), JUDGEMENT_COLUMNS, [row])


def append_retrievals(review: Review, retrievals: Sequence[Retrieval]) -> None:
    """The steps end data/screened/retrieval.csv: all of them or none."""
    rows = [
        [stamp(step.recorded_at), step.record_id, step.status, step.where, step.note]
        for step in retrievals
    ]
    append_rows(review.path(RETRIEVAL), RETRIEVAL_COLUMNS, rows)


def reviewers_on_file(review: Review, phase: Phase) -> list[str]:
    """Whose decisions stand on file for the phase, in order of name."""
    folder = review.path(SCREENED) / phase
    return sorted(path.stem for path in folder.glob("*.csv") if path.stem != CONSENSUS)


def read_decisions(review: Review, phase: Phase) -> list[Decision]:
    """Everybody's decisions of the phase, in order of time; the adjudicators' are not here.

    Raises CombinedError naming every line that is no decision.
    """
    problems: list[ReviewError] = []
    decisions: list[Decision] = []
    for reviewer in reviewers_on_file(review, phase):
        name = review.relative(review.decisions(phase, reviewer))
        decisions += read_values(
            review,
            name,
            DECISION_COLUMNS,
            partial(_decision, phase=phase, reviewer=reviewer),
            problems,
        )
    raise_problems(problems)
    return sorted(decisions, key=lambda decision: decision.decided_at)


def read_consensus(review: Review, phase: Phase) -> list[Decision]:
    """The adjudicators' decisions of the phase, in order of time."""
    path = review.decisions(phase, CONSENSUS)
    if not path.is_file():
        return []
    problems: list[ReviewError] = []
    decisions = read_values(
        review,
        review.relative(path),
        CONSENSUS_COLUMNS,
        lambda row: _decision(row, phase, row[7]),
        problems,
    )
    raise_problems(problems)
    return sorted(decisions, key=lambda decision: decision.decided_at)


def _decision(row: Row, phase: Phase, reviewer: str) -> Decision:
    return Decision(
        decided_at=moment(row[0]),
        record_id=row[1],
        phase=phase,
        verdict=VERDICTS.get(row[2]) or word(Verdict, "verdict", row[2]),
        decided_by=reviewer,
        reason=row[3],
        labels=tuple(filter(None, row[4].split(";"))) if row[4] else (),
        note=row[5],
        criteria=row[6],
    )


def read_judgements(review: Review) -> list[DuplicateJudgement]:
    """Everybody's word on pairs of records, in order of time."""
    problems: list[ReviewError] = []
    judgements: list[DuplicateJudgement] = []
    for path in sorted(review.path(JUDGEMENTS).glob("*.csv")):
        judgements += read_values(
            review,
            review.relative(path),
            JUDGEMENT_COLUMNS,
            partial(_judgement, reviewer=path.stem),
            problems,
        )
    raise_problems(problems)
    return sorted(judgements, key=lambda judgement: judgement.decided_at)


def _judgement(row: Row, reviewer: str) -> DuplicateJudgement:
    meant = {text: same for same, text in SAME_WORDS.items()}
    if row[3] not in meant:
        raise ReviewError(f'"same" is yes, no or withdrawn, not "{row[3]}"')
    return DuplicateJudgement(moment(row[0]), row[1], row[2], meant[row[3]], reviewer, row[4])


def read_retrievals(review: Review) -> list[Retrieval]:
    """Every step in getting hold of reports, in order of time."""
    if not review.path(RETRIEVAL).is_file():
        return []
    problems: list[ReviewError] = []
    steps = read_values(
        review,
        RETRIEVAL,
        RETRIEVAL_COLUMNS,
        lambda row: Retrieval(
            moment(row[0]), row[1], word(RetrievalStatus, "status", row[2]), row[3], row[4]
        ),
        problems,
    )
    raise_problems(problems)
    return sorted(steps, key=lambda step: step.recorded_at)


def read_adjustments(review: Review) -> list[Adjustment]:
    """The declared exceptions to the arithmetic, in the order of the file; none without it.

    Raises CombinedError naming every line that is no adjustment.
    """
    if not review.path(ADJUSTMENTS).is_file():
        return []
    problems: list[ReviewError] = []
    adjustments = read_values(review, ADJUSTMENTS, ADJUSTMENT_COLUMNS, _adjustment, problems)
    raise_problems(problems)
    return adjustments


def _adjustment(row: Row) -> Adjustment:
    kind, records, n, outcome, reason, why = (cell.strip() for cell in row)
    if n and not n.isdecimal():
        raise ReviewError(f'"n" is a whole number, not "{n}"')
    return Adjustment(
        kind=word(AdjustmentKind, "kind", kind),
        why=why,
        records=tuple(filter(None, (record_id.strip() for record_id in records.split(";")))),
        n=int(n or 1),
        outcome=outcome,
        reason=reason,
    )
