"""One person at work on one phase: what is next, deciding, taking back.

The session knows no terminal: the line mode and the workbench both drive it. What it writes is
on disk before it moves on; when that fails, it has not moved. Which records are listed, and
which of them is on the table, is the half of it that `record_list` keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scopingreview import store
from scopingreview.decision_rows import by_person
from scopingreview.errors import CombinedError, ReviewError, raise_problems
from scopingreview.model import (
    Decision,
    DuplicateJudgement,
    LabelChange,
    Phase,
    ReadingTime,
    Record,
    StudyLink,
    Verdict,
)
from scopingreview.paths import Review
from scopingreview.screening.check import check_decision, check_person
from scopingreview.screening.labels import further_reasons, joined_labels
from scopingreview.screening.outcomes import current_studies
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.studies import check_study
from scopingreview.screening.team import check_present
from scopingreview.screening.title_round import by_title
from scopingreview.work.desk import Desk, adjudication_desk, screening_desk
from scopingreview.work.history import History, Step, differs
from scopingreview.work.record_list import RecordList

if TYPE_CHECKING:
    from scopingreview.work.relevance import Relevance

__all__ = ["Desk", "Session", "adjudication_desk", "screening_desk"]


class Session:
    """One person's decisions at one desk, the list they work through and the way back.

    `taken` are the decisions of this sitting that still stand, by unique record.
    """

    def __init__(
        self,
        review: Review,
        state: ReviewState,
        *,
        desk: Desk,
        person: str,
        queue: Sequence[str],
        relevance: Relevance | None = None,
    ) -> None:
        """Sit down at the first record of the queue, which `relevance` puts into its order.

        Raises ReviewError when the protocol does not know the person, or they have left.
        """
        raise_problems(check_person(person, desk.people, desk.role))
        raise_problems(check_present(desk.away, person))
        self.review = review
        self.state = state
        self.desk = desk
        self.person = person
        self.rules = state.protocol.phases[desk.phase]
        self.taken: dict[str, Decision] = {}
        self.history = History(by_person(desk.decisions, person), state.canonical)
        self._first_row = self.history.rows  # of this sitting
        # Judgements of this sitting, each with the record that was decided on last before it.
        self._judged: list[tuple[DuplicateJudgement, str]] = []
        self.relevance = relevance
        if relevance is not None:
            queue = relevance.begin(self.history)
        self.list = RecordList(
            queue,
            is_decided=self.history.is_decided,
            decided=self.history.decided_among(queue),
        )

    @property
    def current(self) -> Record | None:
        """The record on the table; None when the list is worked through."""
        unique_id = self.list.current
        return None if unique_id is None else self.shown(self.state.as_read(unique_id))

    @property
    def by_titles_alone(self) -> bool:
        """Whether abstracts wait for a later round."""
        return self.state.by_titles_alone(self.desk.phase)

    @property
    def without_abstract(self) -> str:
        """What stands in place of an abstract that is not shown, or is not there."""
        return "[by title alone in this round]" if self.by_titles_alone else "[no abstract]"

    def shown(self, record: Record) -> Record:
        """What of the record people read in this round."""
        return by_title(record) if self.by_titles_alone else record

    @property
    def left(self) -> int:
        """How many records of the queue this person has not decided on."""
        return self.list.left

    @property
    def decided(self) -> int:
        """How many records this person decided on in this sitting."""
        return len(self.taken)

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._judged) or next(self.history.decisions(), None) is not None

    def standing(self, unique_id: str) -> Decision | None:
        """The person's decision on the record as it stands now."""
        return self.history.standing(unique_id)

    def reachable(self) -> list[str]:
        """The records of the queue, then the others this person has decided on."""
        others = (self.state.canonical[row.record_id] for row in self.history.decisions())
        return list(dict.fromkeys((*self.list.queue, *others)))

    def decide(
        self,
        verdict: Verdict,
        *,
        reason: str = "",
        also: Iterable[str] = (),
        note: str | None = None,
        now: datetime,
        seconds: int | None = None,
    ) -> Decision:
        """The decision on the current record is on disk and the next record is on the table.

        `also` are the reasons it fails besides *the* reason. The note and the labels that stand
        on the record stay unless a note is given; `seconds` is how long it was read, kept when
        the protocol asks. Raises ReviewError when the decision may not be taken; then nothing
        is written.
        """
        record = self._on_the_table()
        unique_id = record.record_id
        decision = self._row(
            unique_id,
            verdict,
            now=now,
            reason=reason,
            note=self.history.note(unique_id) if note is None else note,
            labels=joined_labels(self.history.labels(unique_id), also),
        )
        is_first = self.standing(unique_id) is None
        self._append([decision])
        if self.relevance is not None:
            self.relevance.keep_rank(self.review, decision)
            self.relevance.bring_order(self.list)
        self.list.advance(to_undecided=is_first)
        self._go_on_learning()
        if seconds is not None and self.rules.reading_time:
            time = ReadingTime(
                decision.decided_at, self.desk.phase, unique_id, self.person, seconds
            )
            store.append_reading_time(self.review, time)
        return decision

    def annotate(
        self, *, note: str | None = None, labels: Sequence[str] | None = None, now: datetime
    ) -> None:
        """The note or the labels of the current record are on disk; its verdict is as it was.

        `labels` are the person's own: the further reasons stay beside the verdict. On an
        undecided record both stand in a `withdrawn` row until a verdict takes them along.
        """
        unique_id = self._on_the_table().record_id
        standing = self.standing(unique_id)
        before = self.history.labels(unique_id)
        row = self._row(
            unique_id,
            standing.verdict if standing else Verdict.WITHDRAWN,
            now=now,
            reason=standing.reason if standing else "",
            note=self.history.note(unique_id) if note is None else note,
            labels=before if labels is None else joined_labels(labels, further_reasons(before)),
        )
        self._append([row])

    def relabel(self, label: str, becomes: str, *, now: datetime) -> LabelChange:
        """The person's word is on disk that the label is called otherwise, or dropped if "".

        It counts for all of their decisions, in the other phase too.
        """
        change = LabelChange(self._moment(now), label, becomes, by=self.person)
        store.append_label_change(self.review, change)
        self.history.relabel(change)
        return change

    def undo(self, *, now: datetime) -> Decision | DuplicateJudgement | None:
        """What the person did last is taken back and its record is on the table.

        What they had said of it before stands again, or nothing does. Goes on back through
        earlier sittings; None when no decision of theirs stands. The note and the labels stay.
        Returns what was taken back.
        """
        last = next(self.history.decisions(), None)
        if self._judged and self._judged[-1][1] == (last.record_id if last else ""):
            return self._take_back_judgement(now)
        if last is None:
            return None
        unique_id = self.state.canonical[last.record_id]
        before = self.history.step_before(unique_id)
        self._append([self._row_that_takes_back(last, unique_id, before, now)])
        if before is not None and before.row < self._first_row:
            self.taken.pop(unique_id, None)
        self.list.put_on_table(unique_id)
        self._go_on_learning()
        return last

    def _row_that_takes_back(
        self, last: Decision, unique_id: str, before: Step | None, now: datetime
    ) -> Decision:
        """What stood before, where it may still be said; else nothing does."""
        if before is not None:
            labels = joined_labels(last.labels, further_reasons(before.decision.labels))
            moment = self._moment(now)
            row = replace(before.decision, decided_at=moment, note=last.note, labels=labels)
            if not self.check(row):
                return row
        return self._row(unique_id, Verdict.WITHDRAWN, now=now, note=last.note, labels=last.labels)

    def _take_back_judgement(self, now: datetime) -> DuplicateJudgement:
        judged, _ = self._judged[-1]
        taken_back = replace(judged, same=None, decided_at=self._moment(now))
        store.append_judgement(self.review, taken_back)
        self._judged.pop()
        self.list.put_on_table(judged.record_id)
        return judged

    def judge_same(self, other_id: str, *, now: datetime) -> DuplicateJudgement:
        """The person's word that the current record and the other are one report is on disk.

        The record leaves this sitting; the next `dedupe` makes one of the two.
        """
        record = self._on_the_table()
        if other_id not in self.state.canonical:
            raise ReviewError(f'unknown record "{other_id}"')
        if self.state.canonical[other_id] == record.record_id:
            raise ReviewError(f"{other_id} is this record already")
        judgement = DuplicateJudgement(
            self._moment(now), record.record_id, other_id, same=True, reviewer=self.person
        )
        store.append_judgement(self.review, judgement)
        last = next(self.history.decisions(), None)
        self._judged.append((judgement, last.record_id if last else ""))
        self.list.take_off_table()
        return judgement

    def link_study(self, study: str, *, now: datetime) -> None:
        """The current report is one of that study's; "" takes the link back.

        Raises ReviewError for a report or a name that cannot be linked.
        """
        record = self._on_the_table()
        if self.desk.phase is not Phase.FULL_TEXT:
            raise ReviewError("reports are linked to their study at full text")
        name = " ".join(study.split())
        if name:
            known = current_studies(store.read_study_links(self.review), self.state.canonical)
            raise_problems(check_study(self.state, [record.record_id], name, known.values()))
        store.append_study_links(
            self.review, [StudyLink(now, record.record_id, name, by=self.person)]
        )

    def decide_all(self, decisions: Iterable[Decision]) -> list[Decision]:
        """The decisions are on disk, all or none; those that stand already are left out.

        Returns what was written. Raises CombinedError naming every decision that may not be taken.
        """
        wanted = list(decisions)
        problems = [problem for decision in wanted for problem in self.check(decision)]
        if problems:
            raise CombinedError(problems)
        new = [self._with_remarks(each) for each in wanted if not self._stands(each)]
        if new:
            self._append(new)
        return new

    def check(self, decision: Decision) -> list[ReviewError]:
        """What is wrong with taking this decision now; nothing when it may be taken."""
        return check_decision(
            decision,
            rules=self.rules,
            canonical=self.state.canonical,
            open_ids=self.desk.open_ids,
            closed=self.desk.closed,
        )

    def _go_on_learning(self) -> None:
        if self.relevance is not None:
            self.relevance.go_on(self.history, self.list)

    def _on_the_table(self) -> Record:
        record = self.current
        if record is None:
            raise ReviewError("no record is on the table")
        return record

    def _row(
        self,
        unique_id: str,
        verdict: Verdict,
        *,
        now: datetime,
        reason: str = "",
        note: str = "",
        labels: tuple[str, ...] = (),
    ) -> Decision:
        return Decision(
            decided_at=self._moment(now),
            record_id=unique_id,
            phase=self.desk.phase,
            verdict=verdict,
            decided_by=self.person,
            reason=reason,
            labels=labels,
            note=note,
            criteria=self.desk.criteria,
        )

    def _moment(self, now: datetime) -> datetime:
        """Now, or later where order would turn.

        Not before the last row, when the clock was set back; and after what was sent back.
        """
        sent = self.state.sent_back[self.desk.phase].values()
        return max(now, self.history.latest, *(moment + timedelta(seconds=1) for moment in sent))

    def _stands(self, decision: Decision) -> bool:
        unique_id = self.state.canonical[decision.record_id]
        before = self.standing(unique_id)
        if before is None:
            return decision.verdict is Verdict.WITHDRAWN
        wanted = self._with_remarks(decision)
        return wanted.note == before.note and not differs(wanted, before)

    def _with_remarks(self, decision: Decision) -> Decision:
        """The decision with the note and the labels that stand on its record, if it has none."""
        unique_id = self.state.canonical[decision.record_id]
        return replace(
            decision,
            note=decision.note or self.history.note(unique_id),
            labels=decision.labels or self.history.labels(unique_id),
            criteria=decision.criteria or self.desk.criteria,
            decided_at=self._moment(decision.decided_at),
        )

    def _append(self, decisions: Sequence[Decision]) -> None:
        raise_problems([problem for decision in decisions for problem in self.check(decision)])
        self.desk.append(self.review, decisions)
        for decision in decisions:
            unique_id = self.state.canonical[decision.record_id]
            before = self.standing(unique_id)
            self.history.keep(decision)
            if self.relevance is not None:
                self.relevance.learn(decision, unique_id)
            if decision.verdict is Verdict.WITHDRAWN:
                self.taken.pop(unique_id, None)
            elif before is None or unique_id in self.taken or differs(decision, before):
                self.taken[unique_id] = decision
            self.list.decided_on(unique_id)
