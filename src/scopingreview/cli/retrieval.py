"""`retrieve`: which full texts were sought, got hold of, and not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, WritingSetting, now
from scopingreview.cli.options import NoteText, RecordId, Sheet, word_named
from scopingreview.errors import UsageError
from scopingreview.model import Record, Retrieval, RetrievalStatus
from scopingreview.review.progress import to_retrieve
from scopingreview.review.state import load_state
from scopingreview.screening.review_state import ReviewState
from scopingreview.store.filled_sheet import values_from_sheet
from scopingreview.work.retrieval import check_retrieval, record_retrievals


def retrieve(
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
    record_id,status,where,note.

    Example: scopingreview retrieve --record pubmed:123 --status retrieved --where smith2019.pdf
    """
    console = setting.console()
    review = setting.review()
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
            console.say(_wanted(state.as_read(unique_id)))
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
