"""`screen` and `conflicts`: what people decide, at a full screen, at a prompt or from a script."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now
from scopingreview.cli.options import (
    As,
    NoteText,
    PhaseWord,
    Plain,
    RecordId,
    Sheet,
    phase_named,
    word_named,
)
from scopingreview.cli.window import has_full_screen, serve_this_command
from scopingreview.errors import UsageError
from scopingreview.model import Decision, Phase, Record, Verdict
from scopingreview.paths import Review
from scopingreview.progress_note import Tell
from scopingreview.review.blinding import votes_shown, votes_told
from scopingreview.store.rehearsal import rehearsal
from scopingreview.work.best_copy_words import ON_SCREEN, taken_in_words
from scopingreview.work.open_session import (
    adjudication_session,
    screening_session,
    training_session,
)
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
    browser: Annotated[
        bool,
        typer.Option("--browser", help="Work in a browser window on this machine."),
    ] = False
    plain: Plain = False


SeedRecords = Annotated[
    list[str] | None,
    typer.Option(
        "--seed-record",
        metavar="ID",
        help="A record known to be relevant, for the ranking to start from; may be repeated.",
    ),
]


def screen(
    phase: PhaseWord,
    reviewer: As,
    scripted: Scripted,
    manner: Manner,
    training: Annotated[
        bool, typer.Option("--training", help="Work on the training round: it counts for nothing.")
    ] = False,
    seeds: SeedRecords = None,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Decide on records, one by one or from a script or a sheet.

    Shows the records that wait for you, full screen on a terminal and at a prompt elsewhere; one
    key decides, and each decision is a line of data/screened/PHASE/NAME.csv before the next record
    shows. A sheet has the columns record_id,verdict,reason,note. Where the protocol says order =
    "relevance", a model that learns from your decisions brings likely records first.

    Example: scopingreview screen title-abstract --as ab --minutes 30

    Example: scopingreview screen ta --as ab --record pubmed:123 --verdict exclude --reason topic
    """
    console, which = setting.console(), phase_named(phase)
    if manner.browser:
        sit_down = training_session if training else screening_session
        with sit_down(setting.review(), which, reviewer, now=now()) as session:
            title = session.state.protocol.title
        _serve(title, scripted, console)
        return
    with (
        console.working() as tell,
        _sitting(
            setting.review(), which, reviewer, scripted, training=training, seeds=seeds, tell=tell
        ) as session,
    ):
        tell("")
        if not (scripted or session.list.queue or console.as_json):
            console.note(f"Nothing waits for {reviewer} in {which} screening now.")
        _work(session, scripted, manner, console, beside=beside_record)
    if session.left:
        words = f"{which} --as {reviewer}{' --training' if training else ''}"
        console.next_step(f"scopingreview screen {words} ({session.left:,} left)")
    else:
        console.next_step("scopingreview status")


def _sitting(
    review: Review,
    phase: Phase,
    reviewer: str,
    scripted: Scripted,
    *,
    training: bool,
    seeds: list[str] | None,
    tell: Tell,
) -> AbstractContextManager[Session]:
    """The training round, or the phase; whoever decides by a script needs no order."""
    if not training:
        return screening_session(
            review,
            phase,
            reviewer,
            now=now(),
            in_order=not scripted,
            seeds=seeds or (),
            tell=tell,
        )
    if seeds:
        raise UsageError("--seed-record is for a ranking, and a training round has none")
    return training_session(review, phase, reviewer, now=now())


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
    if manner.browser:
        with adjudication_session(setting.review(), which, adjudicator, now=now()) as session:
            title = session.state.protocol.title
        _serve(title, scripted, console)
        return
    with adjudication_session(setting.review(), which, adjudicator, now=now()) as session:
        _work(session, scripted, manner, console, beside=_votes_on)
    console.next_step("scopingreview status")


def _serve(title: str, scripted: Scripted, console: Console) -> None:
    """Whoever may sit down does so in a browser window; who may not was told so here."""
    if scripted or console.as_json or rehearsal():
        raise UsageError("--browser opens a window for a person: no script, --json or --dry-run")
    serve_this_command(title, console)


Beside = Callable[[Session, Record], Sequence[str]]


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
        _work_through(session, manner, console, partial(_beside, beside, session))


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
    own_terms = store.read_own_terms(session.review, session.person)
    task = Task(session, pace, keys, now, beside, own_terms=own_terms)
    if has_full_screen() and not manner.plain:
        from scopingreview.workbench.app import work_full_screen

        work_full_screen(task)
    else:
        from scopingreview.cli.line_mode import LineMode

        LineMode(task).run()
    for line in task.summary():
        console.note(line)


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
        from scopingreview.store.filled_sheet import values_from_sheet

        columns = (("record_id", "verdict"), ("reason", "note"))
        return values_from_sheet(
            scripted.sheet, columns=columns, make=decision, check=session.check
        )
    if not (scripted.record_id and scripted.verdict):
        raise UsageError("--record and --verdict go together")
    return [decision(asdict(scripted))]


def _beside(others: Beside, session: Session, record: Record) -> list[str]:
    """Which fields are another copy's or corrected, and what else stands with the record."""
    state = session.state
    labels = {source.id_prefix: source.label for source in state.protocol.sources}
    taken = taken_in_words(state.best_copies[record.record_id], labels, ON_SCREEN)
    told = [f"Taken from: {taken}"] if taken else []
    return [*told, *others(session, record)]


def beside_record(session: Session, record: Record) -> list[str]:
    """Where its full text is, and what is said of it in its thread, once the person may read it."""
    from scopingreview.work.discussing import may_discuss, thread_told

    state, phase = session.state, session.desk.phase
    lines = []
    step = state.retrievals.get(record.record_id)
    if phase is Phase.FULL_TEXT and step is not None:
        lines.append(f"Full text: {step.where or 'retrieved'}")
    if may_discuss(session, record.record_id):
        told = thread_told(session.review, state, phase, record.record_id, reader=session.person)
        lines += ["", *told]
    return lines


def _votes_on(session: Session, record: Record) -> list[str]:
    """What was said of the record and how often; by whom, only where that was unblinded."""
    from scopingreview.work.discussing import remark_told, remarks_on

    state, phase = session.state, session.desk.phase
    shown = votes_shown(state, phase, record.record_id)
    kind = ""
    if {vote.verdict for vote in shown} == {Verdict.EXCLUDE}:
        kind = " (the same verdict, for different reasons)"
    said = remarks_on(session.review, state, phase, record.record_id, reader=session.person)
    return [
        "",
        f"Verdicts: {votes_told(shown)}{kind}",
        *(remark_told(remark) for remark in said),
    ]
