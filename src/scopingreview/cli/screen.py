"""`screen`, `conflicts` and `retrieve`: what people decide, at a prompt or from a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from scopingreview.cli.console import HERE, AsJson, Console, Quiet, ReviewFolder, now, open_review
from scopingreview.cli.line_mode import work
from scopingreview.cli.sheet import values_from_sheet
from scopingreview.cli.words import As, PhaseWord, phase_named, word_named
from scopingreview.errors import UsageError
from scopingreview.model import Decision, Phase, Record, Retrieval, RetrievalStatus, Verdict
from scopingreview.stages.retrieving import check_retrieval, record_retrievals, to_retrieve
from scopingreview.stages.session import Session, adjudication_desk, screening_desk
from scopingreview.stages.state import ReviewState, load_state

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


def screen(
    phase: PhaseWord,
    reviewer: As,
    record: RecordId = "",
    verdict: VerdictWord = "",
    reason: ReasonKey = "",
    note: NoteText = "",
    sheet: Sheet = None,
    folder: ReviewFolder = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Decide on records one by one, or take decisions from a script or a sheet.

    Shows the records that wait for you; one key decides, and each decision is a line of
    data/screened/PHASE/NAME.csv before the next record shows. A sheet has the columns
    record_id,verdict,reason,note.

    Example: scopingreview screen title-abstract --as ab
    Example: scopingreview screen ta --as ab --record pubmed:123 --verdict exclude --reason topic
    """
    console = Console(quiet=quiet, as_json=as_json)
    review = open_review(folder)
    state = load_state(review)
    which = phase_named(phase)
    queue = state.owed(which, reviewer)
    desk = screening_desk(state, which)
    session = Session(review, state, desk=desk, person=reviewer, queue=queue)
    scripted = Scripted(record, verdict, reason, note, sheet)
    if scripted:
        _take_scripted(session, scripted, console)
    else:
        work(session, console, beside=_place_of_full_text(state, which))
        console.note(f"{session.decided} decided in this sitting.")
    left = len(load_state(review).owed(which, reviewer))
    if left:
        console.next_step(f"scopingreview screen {which} --as {reviewer} ({left:,} left)")
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
    state = load_state(review)
    which = phase_named(phase)
    desk = adjudication_desk(state, which)
    waiting = [key for key in desk.open_ids if key not in desk.votes]
    session = Session(review, state, desk=desk, person=adjudicator, queue=waiting)
    scripted = Scripted(record, verdict, reason, note, sheet)
    if scripted:
        _take_scripted(session, scripted, console)
    else:
        work(session, console, beside=lambda record: _votes_on(state, which, record))
        console.note(f"{session.decided} settled in this sitting.")
    console.next_step("scopingreview status")


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


def _place_of_full_text(state: ReviewState, phase: Phase) -> Callable[[Record], list[str]]:
    def beside(record: Record) -> list[str]:
        step = state.retrievals.get(record.record_id)
        return [f"Full text: {step.where}"] if phase is Phase.FULL_TEXT and step else []

    return beside


def _votes_on(state: ReviewState, phase: Phase, record: Record) -> list[str]:
    """What was said of the record and how often, but not by whom."""
    votes = state.votes[phase].get(record.record_id, {})
    said = Counter(
        f"{vote.verdict} ({vote.reason})" if vote.reason else str(vote.verdict)
        for vote in votes.values()
    )
    notes = sorted(vote.note for vote in votes.values() if vote.note)
    return ["", "Verdicts: " + ", ".join(f"{n} x {what}" for what, n in sorted(said.items()))] + [
        f"Comment: {note}" for note in notes
    ]


def retrieve(
    record: RecordId = "",
    status: Annotated[
        str, typer.Option("--status", help="sought, retrieved or not-retrieved.")
    ] = "",
    where: Annotated[str, typer.Option("--where", help="The file or address of the text.")] = "",
    note: NoteText = "",
    sheet: Sheet = None,
    folder: ReviewFolder = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Record which full texts were got hold of; without options, list those that are missing.

    Each step is a line of data/screened/retrieval.csv. A sheet has the columns
    record_id,status,where,note.

    Example: scopingreview retrieve --record pubmed:123 --status retrieved --where smith2019.pdf
    """
    console = Console(quiet=quiet, as_json=as_json)
    review = open_review(folder)
    state = load_state(review)
    if record or status or sheet:
        if not sheet and not (record and status):
            raise UsageError("--record and --status go together")
        single = Retrieval(now(), record, _status(status or "sought"), where, note)
        steps = _retrievals(state, sheet, single)
        written = record_retrievals(review, state, steps)
        console.document({"written": written, "stood_already": len(steps) - len(written)})
        console.say(f"{len(written)} written, {len(steps) - len(written)} stood already")
        missing = to_retrieve(load_state(review))
    else:
        missing = to_retrieve(state)
        console.document({"to_retrieve": missing})
        for unique_id in missing:
            console.say(_wanted(state.records[unique_id]))
    if missing:
        console.next_step(
            f"scopingreview retrieve --record {missing[0]} --status retrieved "
            f"({len(missing):,} to get hold of)"
        )
    else:
        console.next_step("scopingreview status")


def _wanted(record: Record) -> str:
    """A report to get hold of, with the best address there is."""
    link = f"https://doi.org/{record.doi}" if record.doi else record.url
    return f"{record.record_id}  {record.title}  {link}".rstrip()


def _retrievals(state: ReviewState, sheet: Path | None, single: Retrieval) -> list[Retrieval]:
    if sheet is None:
        return [single]
    return values_from_sheet(
        sheet,
        columns=(("record_id", "status"), ("where", "note")),
        make=lambda row: Retrieval(
            single.recorded_at, row["record_id"], _status(row["status"]), row["where"], row["note"]
        ),
        check=lambda step: check_retrieval(state, step),
    )


def _status(text: str) -> RetrievalStatus:
    return word_named(RetrievalStatus, "status", text)
