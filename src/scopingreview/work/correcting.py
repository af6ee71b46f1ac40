"""Mending a field of a record: a line with who, when and why; the record itself stays.

A correction of what the record says already is no correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from scopingreview import store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import CORRECTABLE, Correction, Record
from scopingreview.paths import Review
from scopingreview.screening.check import check_person
from scopingreview.screening.corrected import standing_corrections, text_of
from scopingreview.screening.review_state import ReviewState
from scopingreview.visible import visible
from scopingreview.work.best_copy_words import field_in_words
from scopingreview.work.front_end import Choice, ChoiceQuestion, FrontEnd, LineQuestion
from scopingreview.work.task import Task

SHORT = 60  # characters of a value in a list
TAKE_BACK = "take back "


def new_corrections(
    state: ReviewState,
    record_id: str,
    values: Mapping[str, str],
    *,
    why: str,
    by: str,
    now: datetime,
) -> list[Correction]:
    """The lines that make the fields of the record say so; those that do already are left out.

    `values` are the texts by field, "" empties one. Nothing is written. Raises CombinedError
    naming everything that is wrong.
    """
    from scopingreview.formats.typed_fields import spelled  # the formats wait until a text comes

    problems = [*_unknown_person(state, by), *_unknown_record(state, record_id)]
    spellings: dict[str, str] = {}
    for field, text in values.items():
        try:
            spellings[field] = spelled(field, text)
        except ReviewError as error:
            problems.append(error)
    if not why.strip():
        problems.append(ReviewError("a correction says why", hint="Say it with --why TEXT."))
    raise_problems(problems)
    record = state.records[record_id]
    return [
        Correction(_moment(state, record_id, field, now), record_id, field, text, by, why)
        for field, text in spellings.items()
        if text != text_of(record, field)
    ]


def corrections_taken_back(
    state: ReviewState,
    record_id: str,
    fields: Iterable[str],
    *,
    why: str = "",
    by: str,
    now: datetime,
) -> list[Correction]:
    """The lines that take the standing corrections of the fields back, also of an unknown id.

    Nothing is written. Raises CombinedError naming every field that nobody corrected.
    """
    standing = standing_corrections(state.corrections).get(record_id, {})
    wanted = list(dict.fromkeys(fields))
    missing = [
        ReviewError(f"{field} of {record_id} is not corrected", hint=nearest(field, standing))
        for field in wanted
        if field not in standing
    ]
    raise_problems([*_unknown_person(state, by), *missing])
    return [
        Correction(_moment(state, record_id, field, now), record_id, field, None, by, why)
        for field in wanted
    ]


def _unknown_person(state: ReviewState, by: str) -> list[ReviewError]:
    return check_person(by, (*state.protocol.reviewers, *state.protocol.adjudicators), "reviewer")


def _unknown_record(state: ReviewState, record_id: str) -> list[ReviewError]:
    if record_id in state.records:
        return []
    return [ReviewError(f'unknown record "{record_id}"', hint=nearest(record_id, state.records))]


def _moment(state: ReviewState, record_id: str, field: str, now: datetime) -> datetime:
    """Now, or the second after the last word on the field, where a clock was set back."""
    last = [
        each.recorded_at + timedelta(seconds=1)
        for each in state.corrections
        if (each.record_id, each.field) == (record_id, field)
    ]
    return max([now, *last])


def keep_corrections(review: Review, corrections: Sequence[Correction]) -> None:
    """The corrections are on disk, all or none."""
    if corrections:
        store.append_corrections(review, corrections)


# ── at a record ──────────────────────────────────────────────────────────────────────────────


def correct_record(task: Task, front: FrontEnd) -> None:
    """A field of the record says what the person types, and the record shows it at once."""
    record = task.record()
    front.ask_choice(
        ChoiceQuestion(
            "Which field is wrong?",
            lambda typed: _fields_with(task, record, typed),
            hint="Type to find it. What the database gave is kept, and trace shows it.",
        ),
        lambda key: _correct_field(task, front, record, key),
    )


def _fields_with(task: Task, record: Record, typed: str) -> list[Choice]:
    """What can be taken back, then the fields and what they say."""
    session = task.session
    choices = [
        Choice(f"{TAKE_BACK}{field}", f"{TAKE_BACK}{field_in_words(field)} ({each.by}: {each.why})")
        for field, each in session.state.corrected.get(record.record_id, {}).items()
    ]
    hidden = {"authors"} if session.rules.blind_to_authors else set[str]()
    if session.by_titles_alone:
        hidden |= {"abstract", "keywords"}  # nobody corrects what is not shown
    choices += [
        Choice(field, f"{field_in_words(field)}: {text_of(record, field)[:SHORT] or '-'}")
        for field in CORRECTABLE
        if field not in hidden
    ]
    return [each for each in choices if typed.casefold() in each.text.casefold()]


def _correct_field(task: Task, front: FrontEnd, record: Record, key: str) -> None:
    if key.startswith(TAKE_BACK):
        _take_back(task, front, record, key.removeprefix(TAKE_BACK))
        return
    from scopingreview.formats.typed_fields import LISTS, spelled

    before = visible(text_of(record, key))
    hint = "Several with ; between them." if key in LISTS else ""

    def ask_why(text: str) -> None:
        if text == before:
            front.say("Nothing changed.")
            return
        value = spelled(key, text)
        front.ask_line(
            LineQuestion("Why? Where does it say so?", hint="It is kept with the correction."),
            lambda why: _keep_value(task, front, record, {key: value}, why),
        )

    front.ask_line(LineQuestion(f"What should {field_in_words(key)} say?", before, hint), ask_why)


def _keep_value(
    task: Task, front: FrontEnd, record: Record, values: Mapping[str, str], why: str
) -> None:
    session = task.session
    _keep(
        task,
        front,
        new_corrections(
            session.state, record.record_id, values, why=why, by=session.person, now=task.now()
        ),
    )


def _take_back(task: Task, front: FrontEnd, record: Record, field: str) -> None:
    """The correction may be of another copy of the report: it is taken back there."""
    session = task.session
    standing = session.state.corrected[record.record_id][field]
    _keep(
        task,
        front,
        corrections_taken_back(
            session.state, standing.record_id, [field], by=session.person, now=task.now()
        ),
    )


def _keep(task: Task, front: FrontEnd, corrections: Sequence[Correction]) -> None:
    session = task.session
    keep_corrections(session.review, corrections)
    for each in corrections:
        session.state = session.state.with_correction(each)
    done = ", ".join(
        f"{field_in_words(each.field)} {'taken back' if each.value is None else 'corrected'}"
        for each in corrections
    )
    front.say(f"{done[:1].upper()}{done[1:]}." if done else "The record says so already.")
    front.turn()
