"""`import`: every registered export into one table of records, and what was odd about it."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting
from scopingreview.report.markdown import they, things
from scopingreview.stages.importing import FileReport, ImportReport, run_import


def import_exports(
    accept_loss: Annotated[
        str,
        typer.Option(
            "--accept-loss",
            metavar="NOTE",
            help="Go on although records are missing; the note on why is kept in searches.toml.",
        ),
    ] = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Read every registered export into one table of records.

    Reads config/ and data/raw/, writes data/derived/records.csv. Shows per file what was
    recognised, how many records begin in it and how many were read, which fields they have, and
    what was odd, with the first lines. Stops, and writes nothing, when the hits of a search
    differ from its records or when a record may have been lost.

    Example: scopingreview import
    """

    console = setting.console()
    with console.working() as tell:
        report = run_import(setting.review(), accept_loss, tell)
    console.document(report)
    _show(report, console)
    if report.searches:
        console.next_step("scopingreview dedupe")
    else:
        console.next_step("scopingreview add EXPORT --source NAME --hits N")


def _show(report: ImportReport, console: Console) -> None:
    for search in report.searches:
        hits = "no hits given" if search.hits is None else things(search.hits, "hit")
        console.say(f"{search.search} ({search.source}): {hits}, {things(search.read, 'record')}")
        for file in search.files:
            _show_file(file, console)
        if search.accepted_loss:
            console.say(f"    {search.missing:,} missing, accepted: {search.accepted_loss.note}")
    console.say(f"{things(report.records, 'record')} in data/derived/records.csv")
    for file_name in report.unregistered:
        console.note(f"{file_name} belongs to no search and was not read:")
        console.note(f"    scopingreview add {file_name} --source NAME")


def _show_file(file: FileReport, console: Console) -> None:
    databases = ", ".join(f"{name} ({n:,})" for name, n in file.layouts.items())
    console.say(f"  {file.file}: {file.format}, by {file.evidence}")
    begun = f"{things(file.begun, 'record')} {they(file.begun, 'begin')}"
    console.say(f"    {begun}, {file.read:,} read; {databases}")
    if file.read:
        shares = (f"{name} {100 * n // file.read} %" for name, n in file.present.items())
        console.say(f"    {', '.join(shares)}")
    for oddity in file.oddities:
        lines = ", ".join(f"{line:,}" for line in oddity.lines)
        more = " …" if oddity.times > len(oddity.lines) else ""
        console.say(f"    odd: {oddity.what}, {oddity.times:,} × (line {lines}{more})")
        console.say(f"         {oddity.then}")
