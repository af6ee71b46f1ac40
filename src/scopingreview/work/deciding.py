"""Include, exclude, maybe, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from scopingreview.errors import ReviewError
from scopingreview.model import PhaseRules, Verdict
from scopingreview.work.decision_words import decision_in_words
from scopingreview.work.front_end import FrontEnd
from scopingreview.work.task import Task


def decide(
    task: Task,
    front: FrontEnd,
    verdict: Verdict,
    reason: str = "",
    also: Sequence[str] = (),
) -> None:
    """The decision is on disk, and the next record is shown or the sitting is over."""
    session, now = task.session, task.now()
    seconds = task.pace.seconds_on_table(now)
    decision = session.decide(verdict, reason=reason, also=also, now=now, seconds=seconds)
    task.pace.decided(now)
    words = decision_in_words(decision, session.rules)
    front.say(f"{words} · {decision.record_id} · {task.keys.key('undo')} takes it back")
    front.turn()
    if task.is_over:
        front.leave()


def exclude(task: Task, front: FrontEnd) -> None:
    """The record is excluded, for the reasons that are asked for where the protocol has any."""
    rules = task.session.rules
    if rules.exclusion_reasons:
        front.ask_reasons(rules, lambda keys: _exclude_for(task, front, keys))
    else:
        decide(task, front, Verdict.EXCLUDE)


def exclude_by_number(task: Task, front: FrontEnd, number: int) -> None:
    """The record is excluded for the reason of that number; ReviewError when there is none."""
    task.record()
    reason = reason_of_number(task.session.rules, number)
    if not reason:
        raise ReviewError(f"there is no reason {number}")
    decide(task, front, Verdict.EXCLUDE, reason)


def reason_of_number(rules: PhaseRules, number: int) -> str:
    """The key of the reason with that number, from 1; 0 is the tenth key's. "" for none."""
    place = number - 1 if number else 9
    keys = list(rules.exclusion_reasons)
    return keys[place] if place < len(keys) else ""


def undo(task: Task, front: FrontEnd) -> None:
    """What the person did last is taken back, and its record is shown."""
    taken_back = task.session.undo(now=task.now())
    if taken_back is not None:
        task.pace.moved(task.now())
        front.say(_after_taking_back(task, taken_back.record_id))
        front.turn()


def _after_taking_back(task: Task, record_id: str) -> str:
    session = task.session
    before = session.standing(session.state.canonical[record_id])
    if before is None:
        return f"Taken back. {record_id} is undecided again."
    return f"Taken back. {record_id} is {decision_in_words(before, session.rules)} again."


def _exclude_for(task: Task, front: FrontEnd, keys: Sequence[str]) -> None:
    reason, also = (keys[0], keys[1:]) if keys else ("", ())
    decide(task, front, Verdict.EXCLUDE, reason, also)
