"""`retrieve`: which full texts were sought, got hold of, and not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now
from scopingreview.cli.cut_cells import CutCells
from scopingreview.cli.options import NoteText, RecordId, Sheet, word_named
from scopingreview.cli.prompt import is_confirmed
from scopingreview.cli.text_column import shortened
from scopingreview.cli.transfer import format_of, write_out
from scopingreview.errors import UsageError
from scopingreview.exchange import OutFormat
from scopingreview.model import Record, Retrieval, RetrievalStatus
from scopingreview.paths import Review
from scopingreview.report.markdown import things
from scopingreview.review.progress import to_retrieve
from scopingreview.review.state import load_state
from scopingreview.screening.review_state import ReviewState
from scopingreview.store.filled_sheet import values_from_sheet
from scopingreview.work.full_text_matching import Proposal, keep_matches, propose
from scopingreview.work.library_desk import library_list
from scopingreview.work.retrieval import check_retrieval, record_retrievals

MOST_OF_TITLE = 50  # characters in a table


@dataclass(frozen=True, slots=True)
class PdfMatch:
    """PDFs to match, and whether the matches are kept without asking."""

    match: Annotated[
        Path | None,
        typer.Option("--match", metavar="FOLDER", help="Match the PDFs in it to the reports."),
    ] = None
    yes: Annotated[bool, typer.Option("--yes", help="Keep the matches without asking.")] = False


@dataclass(frozen=True, slots=True)
class DeskList:
    """The list for a library desk, and over what it is written."""

    list_: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="FILE", help="Write what is missing as .csv, .xlsx or .ris."
        ),
    ] = None
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write the list over a file that is there.")
    ] = False


def retrieve(
    pdfs: PdfMatch,
    desk_list: DeskList,
    record: RecordId = "",
    status: Annotated[
        str, typer.Option("--status", help="sought, retrieved or not-retrieved.")
    ] = "",
    where: Annotated[str, typer.Option("--where", help="The file or address of the text.")] = "",
    note: NoteText = "",
    sheet: Sheet = None,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Record which full texts were got hold of, or list the missing.

    Each step is a line of data/screened/retrieval.csv. A sheet has the columns
    record_id,status,where,note; a file that does not lie in the review is refused.

    --match FOLDER reads the names and first pages of its PDFs, shows which report each is of, why
    and how sure that is, and asks before it copies them to data/fulltexts. What is unclear is
    listed and left to you. --list writes what is missing with all that a library needs to order it.

    Example: scopingreview retrieve --record pubmed:123 --status retrieved --where smith2019.pdf

    Example: scopingreview retrieve --match ~/Downloads/papers

    Example: scopingreview retrieve --list desk.ris
    """
    console, review = setting.console(), setting.review()
    state = load_state(review)
    if sum(map(bool, (record or status, sheet, pdfs.match, desk_list.list_))) > 1:
        raise UsageError("--record, --from, --match and --list exclude each other")
    if pdfs.match:
        _match(review, state, pdfs, console)
    elif desk_list.list_:
        _write_list(state, desk_list.list_, console, overwrite=desk_list.overwrite)
    elif record or status or sheet:
        if not sheet and not (record and status):
            raise UsageError("--record and --status go together")
        single = Retrieval(now(), record, _status(status or "sought"), where, note)
        steps = _retrievals(review, state, sheet, single)
        written = record_retrievals(review, state, steps)
        console.document({"written": written, "stood_already": len(steps) - len(written)})
        console.say(f"{len(written)} written, {len(steps) - len(written)} stood already")
    else:
        _show_missing(state, console)
    _show_next(to_retrieve(load_state(review)), console)


def _show_missing(state: ReviewState, console: Console) -> None:
    missing = to_retrieve(state)
    console.document({"to_retrieve": missing})
    for unique_id in missing:
        console.say(_wanted(state.as_read(unique_id)))


def _show_next(missing: list[str], console: Console) -> None:
    if missing:
        console.next_step(
            f"scopingreview retrieve --record {missing[0]} --status retrieved "
            f"({len(missing):,} to get hold of)"
        )
    else:
        console.next_step("scopingreview status")


def _match(review: Review, state: ReviewState, pdfs: PdfMatch, console: Console) -> None:
    """The matches are shown, and kept when the person says so."""
    assert pdfs.match is not None
    with console.working() as tell:
        proposal = propose(state, pdfs.match, tell)
    _show_proposal(state, proposal, console)
    written: list[Retrieval] = []
    if proposal.matches and (pdfs.yes or _is_confirmed(len(proposal.matches), console)):
        written = keep_matches(review, state, proposal, now=now())
        console.say(f"{len(written):,} written")
    elif proposal.matches:
        console.note("Nothing was written. --yes keeps these matches without asking.")
    console.document({"proposal": proposal, "written": written})


def _show_proposal(state: ReviewState, proposal: Proposal, console: Console) -> None:
    console.say(
        f"{proposal.files:,} PDFs: {len(proposal.matches):,} matched, "
        f"{len(proposal.unclear):,} left to you, {len(proposal.stands_already):,} there already; "
        f"{len(proposal.missing):,} reports still without one"
    )
    if proposal.matches:
        console.say()
        console.table(
            ("file", "record", "title", "sure", "why"),
            [
                (
                    match.file.name,
                    match.record_id,
                    shortened(state.as_read(match.record_id).title, MOST_OF_TITLE),
                    "yes" if match.sure else "likely",
                    ", ".join(match.why),
                )
                for match in proposal.matches
            ],
        )
    if proposal.unclear:
        console.say("\nLeft to you:")
        for each in proposal.unclear:
            console.say(f"  {each.file.name}: {each.why}")
        console.say("  (scopingreview retrieve --record ID --status retrieved --where FILE)")


def _is_confirmed(number: int, console: Console) -> bool:
    these = "this match" if number == 1 else f"these {number:,}"
    return is_confirmed(f"Keep {these}? [y/N] ", console)


def _write_list(state: ReviewState, file: Path, console: Console, *, overwrite: bool) -> None:
    missing = to_retrieve(state)
    kind = format_of(file)
    if kind not in (OutFormat.CSV, OutFormat.XLSX, OutFormat.RIS):
        raise UsageError(f"a list for a library is .csv, .xlsx or .ris, not {kind}")
    cut = CutCells()
    write_out(file, [library_list(state, missing, kind, cut.append)], overwrite=overwrite)
    console.document({"file": str(file), "format": kind, "records": len(missing)})
    console.say(f"{file}: {things(len(missing), 'report')}")
    cut.show(console)


def _wanted(record: Record) -> str:
    """A report to get hold of, with the best address there is."""
    link = f"https://doi.org/{record.doi}" if record.doi else record.url
    return f"{record.record_id}  {record.title}  {link}".rstrip()


def _retrievals(
    review: Review, state: ReviewState, sheet: Path | None, single: Retrieval
) -> list[Retrieval]:
    if sheet is None:
        return [single]
    return values_from_sheet(
        sheet,
        columns=(("record_id", "status"), ("where", "note")),
        make=lambda row: Retrieval(
            single.recorded_at, row["record_id"], _status(row["status"]), row["where"], row["note"]
        ),
        check=lambda step: check_retrieval(review, state, step),
    )


def _status(text: str) -> RetrievalStatus:
    return word_named(RetrievalStatus, "status", text)
