"""`screen` and `conflicts`: what people decide, at a full screen, at a prompt or from a script."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scopingreview import config, store
from scopingreview.cli.console import HERE, AsJson, Console, Quiet, ReviewFolder, now, open_review
from scopingreview.cli.options import As, PhaseWord, phase_named, word_named
from scopingreview.errors import UsageError, raise_problems
from scopingreview.model import Decision, Phase, Protocol, Record, Verdict
from scopingreview.paths import CONSENSUS, Review
from scopingreview.review.blinding import votes_shown
from scopingreview.review.state import ReviewState, load_state
from scopingreview.screening import in_order, order_seed
from scopingreview.screening.check import check_person
from scopingreview.store.filled_sheet import values_from_sheet
from scopingreview.work.pace import Sitting, summary
from scopingreview.work.session import Session, adjudication_desk, screening_desk

RecordId = Annotated[str, typer.Option("--record", metavar="ID", help="Decide on this record.")]
VerdictWord = Annotated[
    str, typer.Option("--verdict", help="include, exclude, maybe, or withdrawn to take it back.")
]
ReasonKey = Annotated[
    str, typer.Option("--reason", help="Why it is excluded: a key of the protocol's reasons.")
]
NoteText = Annotated[str, typer.Option("--note", help="A comment kept with it.")]
Sheet = Annotated[
    Path | None,
    typer.Option(
        "--from", metavar="FILE", help="Take every row of a CSV file: all of them or none."
    ),
]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain", help="Ask line by line: for a screen reader, a slow line, or a dumb terminal."
    ),
]
Keys = Annotated[
    str,
    typer.Option(
        "--keys",
        metavar="PRESET",
        help="usual, rayyan, asreview, vi or ymn, instead of the one in your keys.toml.",
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="End after so many decisions.")]
Minutes = Annotated[
    int | None,
    typer.Option("--minutes", min=1, help="End with the first decision after so long."),
]


@dataclass(frozen=True, slots=True)
class Scripted:
    """Decisions given on the command line instead of at the prompt."""

    record_id: str = ""
    verdict: str = ""
    reason: str = ""
    note: str = ""
    sheet: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.record_id or self.verdict or self.sheet)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a person wants to work: with which keys, for how long, at a plain prompt or not."""

    keys: str = ""
    limit: int | None = None
    minutes: int | None = None
    plain: bool = False


def screen(
    phase: PhaseWord,
    reviewer: As,
    record: RecordId = "",
    verdict: VerdictWord = "",
    reason: ReasonKey = "",
    note: NoteText = "",
    sheet: Sheet = None,
    limit: Limit = None,
    minutes: Minutes = None,
    keys: Keys = "",
    plain: Plain = False,
    folder: ReviewFolder = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Decide on records, one by one or from a script or a sheet.

    Shows the records that wait for you, full screen on a terminal and at a prompt elsewhere; one
    key decides, and each decision is a line of data/screened/PHASE/NAME.csv before the next record
    shows. A sheet has the columns record_id,verdict,reason,note.

    Example: scopingreview screen title-abstract --as ab --minutes 30
    Example: scopingreview screen ta --as ab --record pubmed:123 --verdict exclude --reason topic
    """
    console = Console(quiet=quiet, as_json=as_json)
    review = open_review(folder)
    which = phase_named(phase)
    protocol = config.load_protocol(review)
    raise_problems(check_person(reviewer, protocol.reviewers, "reviewer"))
    scripted = Scripted(record, verdict, reason, note, sheet)
    with store.hold_lock(review, reviewer, task=which, now=now()):
        state = _load(review, protocol)
        queue = _in_order(state, which, reviewer, state.owed(which, reviewer))
        desk = screening_desk(state, which)
        session = Session(review, state, desk=desk, person=reviewer, queue=queue)
        if scripted:
            _take_scripted(session, scripted, console)
        else:
            if not queue:
                console.note(f"Nothing waits for {reviewer} in {which} screening now.")
            beside = partial(_place_of_full_text, state, which)
            _work(session, Manner(keys, limit, minutes, plain), console, beside=beside)
    if session.left:
        console.next_step(f"scopingreview screen {which} --as {reviewer} ({session.left:,} left)")
    else:
        console.next_step("scopingreview status")


def conflicts(
    phase: PhaseWord,
    adjudicator: As,
    record: RecordId = "",
    verdict: VerdictWord = "",
    reason: ReasonKey = "",
    note: NoteText = "",
    sheet: Sheet = None,
    limit: Limit = None,
    minutes: Minutes = None,
    keys: Keys = "",
    plain: Plain = False,
    folder: ReviewFolder = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Settle what the reviewers disagree on.

    Shows each record in conflict with the verdicts it has, but not whose they are. The settled
    verdict is a line of data/screened/PHASE/consensus.csv and stands beside the votes, never
    over them.

    Example: scopingreview conflicts full-text --as ef
    """
    console = Console(quiet=quiet, as_json=as_json)
    review = open_review(folder)
    which = phase_named(phase)
    protocol = config.load_protocol(review)
    raise_problems(check_person(adjudicator, protocol.adjudicators, "adjudicator"))
    scripted = Scripted(record, verdict, reason, note, sheet)
    with store.hold_lock(review, adjudicator, task=f"{which}-{CONSENSUS}", now=now()):
        state = _load(review, protocol)
        desk = adjudication_desk(state, which)
        waiting = [key for key in desk.open_ids if key not in desk.votes]
        queue = _in_order(state, which, adjudicator, waiting)
        session = Session(review, state, desk=desk, person=adjudicator, queue=queue)
        if scripted:
            _take_scripted(session, scripted, console)
        else:
            beside = partial(_votes_on, state, which)
            _work(session, Manner(keys, limit, minutes, plain), console, beside=beside)
    console.next_step("scopingreview status")


def _load(review: Review, protocol: Protocol) -> ReviewState:
    """The state of the review, its records on disk.

    All that is made here stays until the end: looking through it for garbage again and again
    would take a fifth of the time to the first record.
    """
    gc.disable()
    try:
        return load_state(review, protocol, records=store.RecordFile(review))
    finally:
        gc.freeze()
        gc.enable()


def _in_order(state: ReviewState, phase: Phase, person: str, queue: list[str]) -> list[str]:
    return in_order(
        queue,
        state.protocol.phases[phase].order,
        seed=order_seed(state.protocol.seed, phase, person),
        year_of=lambda unique_id: state.records[unique_id].year,
    )


def _work(
    session: Session,
    manner: Manner,
    console: Console,
    *,
    beside: Callable[[Record], list[str]],
) -> None:
    """The person works through the queue; what the sitting came to is told at the end."""
    from platformdirs import user_config_path

    from scopingreview.work.keymap import load_keymap
    from scopingreview.work.task import Work

    keys = load_keymap(user_config_path("scopingreview") / "keys.toml", manner.keys)
    sitting = Sitting(begun=now(), limit=manner.limit, minutes=manner.minutes)
    work = Work(session, sitting, keys, now, beside)
    if _takes_full_screen(manner):
        from scopingreview.workbench.app import work_full_screen

        work_full_screen(work)
    else:
        from scopingreview.cli.line_mode import LineMode

        LineMode(work).run()
    for line in summary(session, sitting, now()):
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


def _place_of_full_text(state: ReviewState, phase: Phase, record: Record) -> list[str]:
    step = state.retrievals.get(record.record_id)
    if phase is not Phase.FULL_TEXT or step is None:
        return []
    return [f"Full text: {step.where or 'retrieved'}"]


def _votes_on(state: ReviewState, phase: Phase, record: Record) -> list[str]:
    """What was said of the record and how often; by whom, only where that was unblinded."""
    shown = votes_shown(state, phase, record.record_id)
    said = Counter(" ".join(filter(None, [vote.verdict, vote.reason, vote.by])) for vote in shown)
    kind = ""
    if len({vote.verdict for vote in shown}) == 1:
        kind = " (the same verdict, for different reasons)"
    return [
        "",
        "Verdicts: " + ", ".join(f"{n} x {what}" for what, n in said.items()) + kind,
        *(f"Comment: {vote.note}" for vote in shown if vote.note),
    ]
