"""`screen` and `conflicts`: what people decide, at a full screen, at a prompt or from a script."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Annotated

import typer

from scopingreview.cli.console import Console, WritingSetting, now
from scopingreview.cli.options import (
    As,
    NoteText,
    PhaseWord,
    RecordId,
    Sheet,
    phase_named,
    word_named,
)
from scopingreview.errors import UsageError
from scopingreview.model import Decision, Phase, Record, Verdict
from scopingreview.review.blinding import votes_shown
from scopingreview.screening.review_state import ReviewState
from scopingreview.store.filled_sheet import values_from_sheet
from scopingreview.store.rehearsal import rehearsal
from scopingreview.work.best_copy_words import ON_SCREEN, taken_in_words
from scopingreview.work.open_session import adjudication_session, screening_session
from scopingreview.work.session import Session


@dataclass(frozen=True, slots=True)
class Scripted:
    """Decisions given on the command line instead of at the prompt."""

    record_id: RecordId = ""
    verdict: Annotated[
        str,
        typer.Option("--verdict", help="include, exclude, maybe, or withdrawn to take it back."),
    ] = ""
    reason: Annotated[
        str, typer.Option("--reason", help="Why it is excluded: a key of the protocol's reasons.")
    ] = ""
    note: NoteText = ""
    sheet: Sheet = None

    def __bool__(self) -> bool:
        return bool(self.record_id or self.verdict or self.sheet)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a person wants to work: for how long, with which keys, at a plain prompt or not."""

    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="End after so many decisions.")
    ] = None
    minutes: Annotated[
        int | None,
        typer.Option("--minutes", min=1, help="End with the first decision after so long."),
    ] = None
    preset: Annotated[
        str,
        typer.Option(
            "--keys",
            metavar="PRESET",
            help="usual, rayyan, asreview, vi or ymn, instead of the one in your keys.toml.",
        ),
    ] = ""
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Ask line by line: for a screen reader, a slow line, or a dumb terminal.",
        ),
    ] = False


def screen(
    phase: PhaseWord, reviewer: As, scripted: Scripted, manner: Manner, setting: WritingSetting
) -> None:
    """Decide on records, one by one or from a script or a sheet.

    Shows the records that wait for you, full screen on a terminal and at a prompt elsewhere; one
    key decides, and each decision is a line of data/screened/PHASE/NAME.csv before the next record
    shows. A sheet has the columns record_id,verdict,reason,note.

    Example: scopingreview screen title-abstract --as ab --minutes 30

    Example: scopingreview screen ta --as ab --record pubmed:123 --verdict exclude --reason topic
    """
    console, which = setting.console(), phase_named(phase)
    with screening_session(setting.review(), which, reviewer, now=now()) as session:
        if not (scripted or session.list.queue or console.as_json):
            console.note(f"Nothing waits for {reviewer} in {which} screening now.")
        _work(session, scripted, manner, console, beside=_place_of_full_text)
    if session.left:
        console.next_step(f"scopingreview screen {which} --as {reviewer} ({session.left:,} left)")
    else:
        console.next_step("scopingreview status")


def conflicts(
    phase: PhaseWord, adjudicator: As, scripted: Scripted, manner: Manner, setting: WritingSetting
) -> None:
    """Settle what the reviewers disagree on.

    Shows each record in conflict with the verdicts it has, but not whose they are. The settled
    verdict is a line of data/screened/PHASE/consensus.csv and stands beside the votes, never
    over them.

    Example: scopingreview conflicts full-text --as ef
    """
    console, which = setting.console(), phase_named(phase)
    with adjudication_session(setting.review(), which, adjudicator, now=now()) as session:
        _work(session, scripted, manner, console, beside=_votes_on)
    console.next_step("scopingreview status")


Beside = Callable[[ReviewState, Phase, Record], Sequence[str]]


def _work(
    session: Session, scripted: Scripted, manner: Manner, console: Console, *, beside: Beside
) -> None:
    """The decisions of the script are taken, or the person works through the queue.

    As JSON nobody is asked anything: it says what waits for the person.
    """
    if scripted:
        _take_scripted(session, scripted, console)
    elif console.as_json:
        console.document({"phase": session.desk.phase, "waiting": session.list.queue})
    elif rehearsal():
        raise UsageError(
            "--dry-run is for decisions given with --record and --verdict, or with --from"
        )
    else:
        shown_beside = partial(_beside, beside, session.state, session.desk.phase)
        _work_through(session, manner, console, shown_beside)


def _work_through(
    session: Session, manner: Manner, console: Console, beside: Callable[[Record], Sequence[str]]
) -> None:
    """The person works through the queue; what the sitting came to is told at the end."""
    from platformdirs import user_config_path

    from scopingreview.work.acts import USUAL_KEYS
    from scopingreview.work.keymap import load_keymap
    from scopingreview.work.pace import Pace
    from scopingreview.work.task import Task

    keys_file = user_config_path("scopingreview") / "keys.toml"
    keys = load_keymap(keys_file, USUAL_KEYS, manner.preset)
    pace = Pace(begun=now(), limit=manner.limit, minutes=manner.minutes)
    task = Task(session, pace, keys, now, beside)
    if _takes_full_screen(manner):
        from scopingreview.workbench.app import work_full_screen

        work_full_screen(task)
    else:
        from scopingreview.cli.line_mode import LineMode

        LineMode(task).run()
    for line in task.summary():
        console.note(line)


def _takes_full_screen(manner: Manner) -> bool:
    """Whether there is a screen to fill: a terminal that can move its cursor, and no --plain."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return terminal and not manner.plain and os.environ.get("TERM", "dumb") != "dumb"


def _take_scripted(session: Session, scripted: Scripted, console: Console) -> None:
    decisions = _scripted_decisions(session, scripted)
    written = session.decide_all(decisions)
    console.document({"written": written, "stood_already": len(decisions) - len(written)})
    console.say(f"{len(written)} written, {len(decisions) - len(written)} stood already")


def _scripted_decisions(session: Session, scripted: Scripted) -> list[Decision]:
    moment = now()

    def decision(row: Mapping[str, str]) -> Decision:
        return Decision(
            decided_at=moment,
            record_id=row["record_id"],
            phase=session.desk.phase,
            verdict=word_named(Verdict, "verdict", row["verdict"]),
            decided_by=session.person,
            reason=row["reason"],
            note=row["note"],
        )

    if scripted.sheet:
        columns = (("record_id", "verdict"), ("reason", "note"))
        return values_from_sheet(
            scripted.sheet, columns=columns, make=decision, check=session.check
        )
    if not (scripted.record_id and scripted.verdict):
        raise UsageError("--record and --verdict go together")
    return [decision(asdict(scripted))]


def _beside(others: Beside, state: ReviewState, phase: Phase, record: Record) -> list[str]:
    """Which fields another copy of the report filled in, and what else stands with the record."""
    labels = {source.id_prefix: source.label for source in state.protocol.sources}
    taken = taken_in_words(state.best_copies[record.record_id], labels, ON_SCREEN)
    return [*([f"From other copies: {taken}"] if taken else ()), *others(state, phase, record)]


def _place_of_full_text(state: ReviewState, phase: Phase, record: Record) -> list[str]:
    step = state.retrievals.get(record.record_id)
    if phase is not Phase.FULL_TEXT or step is None:
        return []
    return [f"Full text: {step.where or 'retrieved'}"]


def _votes_on(state: ReviewState, phase: Phase, record: Record) -> list[str]:
    """What was said of the record and how often; by whom, only where that was unblinded."""
    shown = votes_shown(state, phase, record.record_id)
    votes = Counter(" ".join(filter(None, [vote.verdict, vote.reason, vote.by])) for vote in shown)
    kind = ""
    if len({vote.verdict for vote in shown}) == 1:
        kind = " (the same verdict, for different reasons)"
    return [
        "",
        "Verdicts: " + ", ".join(f"{n} x {vote}" for vote, n in votes.items()) + kind,
        *(f"Comment: {vote.note}" for vote in shown if vote.note),
    ]
