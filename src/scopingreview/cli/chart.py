"""`chart`: what is taken down of the included studies, at a full screen, a prompt, or in sheets."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import Console, WritingSetting, now
from scopingreview.cli.options import As
from scopingreview.cli.status_line import draws_screens
from scopingreview.errors import UsageError
from scopingreview.report.markdown import things
from scopingreview.store.rehearsal import rehearsal

if TYPE_CHECKING:
    from scopingreview.work.charting_session import ChartingSession, Entry


@dataclass(frozen=True, slots=True)
class Values:
    """Values given on the command line instead of in the form."""

    study: Annotated[
        str, typer.Option("--study", metavar="ID", help="The study: its name, or a record id.")
    ] = ""
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field", metavar="KEY=VALUE", help="A field and its value; may be given often."
        ),
    ] = None
    row: Annotated[str, typer.Option("--row", help="Of a group: which row, 1 or 2 or …")] = ""
    page: Annotated[str | None, typer.Option("--page", help="Where it stands.")] = None
    quote: Annotated[str | None, typer.Option("--quote", help="The words that say so.")] = None

    def __bool__(self) -> bool:
        return bool(self.study or self.field)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheet that is written, or taken back."""

    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE", help="Write a sheet to fill in: .xlsx or .csv."),
    ] = None
    evidence: Annotated[
        bool, typer.Option("--evidence", help="With columns for page and quote in it.")
    ] = False
    filled: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take a filled-in sheet: all or nothing."),
    ] = None
    clear: Annotated[
        bool, typer.Option("--clear", help="What the sheet leaves blank is taken back.")
    ] = False
    old_form: Annotated[
        bool, typer.Option("--old-form", help="Take a sheet that was made for another form.")
    ] = False


def chart(
    person: As,
    values: Values,
    sheets: Sheets,
    setting: WritingSetting,
    settles: Annotated[
        bool, typer.Option("--consensus", help="Settle what the charters differ in.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Ask line by line: for a screen reader, a slow line.")
    ] = False,
) -> None:
    """Chart the included studies in the form of the protocol.

    Shows the form for each study that waits for you, full screen on a terminal and at a prompt
    elsewhere; each value is a line of data/charted/NAME.csv before the next is asked for. Or fill
    in a sheet: --sheet writes one, --from takes it back. With --consensus an adjudicator settles
    what the charters of a study differ in, without their names, in data/charted/consensus.csv.

    Example: scopingreview chart --as ab

    Example: scopingreview chart --as ab --study pubmed:123 --field level=Team --page 4

    Example: scopingreview chart --as ab --sheet charting.xlsx
    """
    from scopingreview.work.open_charting import charting_session

    console = setting.console()
    _refuse_mixed(values, sheets, settles=settles)
    with charting_session(setting.review(), person, settles=settles, now=now()) as session:
        if sheets.sheet:
            _write_sheet(session, sheets.sheet, console, evidence=sheets.evidence)
        elif values or sheets.filled:
            _take(session, values, sheets, console)
        else:
            _sit_down(session, console, plain=plain)
        left = len(session.waiting())
    what = " --consensus" if settles else ""
    if sheets.sheet:
        console.next_step(f"scopingreview chart --as {person} --from {sheets.sheet}")
    elif left:
        console.next_step(f"scopingreview chart --as {person}{what} ({left:,} left)")
    else:
        console.next_step("scopingreview status")


def _refuse_mixed(values: Values, sheets: Sheets, *, settles: bool) -> None:
    if sum(map(bool, (values, sheets.sheet, sheets.filled))) > 1:
        raise UsageError("one of --study, --sheet and --from at a time")
    if bool(values.study) != bool(values.field):
        raise UsageError("--study and --field go together", hint="--field level=Team")
    if settles and (sheets.sheet or sheets.filled):
        raise UsageError("consensus is settled in the form, not in a sheet")


# ── sheets ───────────────────────────────────────────────────────────────────────────────────


def _write_sheet(session: ChartingSession, path: Path, console: Console, *, evidence: bool) -> None:
    from scopingreview import store
    from scopingreview.work.charting_by_sheet import charting_sheet

    content = charting_sheet(session, path, evidence=evidence)
    store.write_bytes(path, content)
    console.document({"sheet": path, "studies": len(session.studies)})
    console.say(f"{path}: {len(session.studies):,} studies to chart")


def _take(session: ChartingSession, values: Values, sheets: Sheets, console: Console) -> None:
    moment = now()
    if sheets.filled:
        from scopingreview.work.charting_by_sheet import entries_of_sheet, still_blank

        entries = entries_of_sheet(
            session,
            sheets.filled,
            sheets.filled.read_bytes(),
            clear=sheets.clear,
            old_form=sheets.old_form,
            now=moment,
        )
        written = session.chart_all(entries, now=moment)
        for line in still_blank(session):
            console.note(line)
    else:
        entries = list(_entries(session, values))
        written = session.chart_all(entries, now=moment)
    stood = len(entries) - len(written)
    console.document({"written": written, "stood_already": stood})
    console.say(f"{len(written):,} written, {stood:,} stood already")


def _entries(session: ChartingSession, values: Values) -> Iterator[Entry]:
    from scopingreview.charting.cell_check import slot_named
    from scopingreview.work.charting_session import Entry

    for given in values.field or ():
        name, equals, text = given.partition("=")
        if not equals:
            raise UsageError(f'"{given}" names no value', hint="Write --field level=Team")
        slot = slot_named(session.charting.form, name.strip(), values.row)
        yield Entry(values.study, slot, text, page=values.page, quote=values.quote)


# ── a person at work ─────────────────────────────────────────────────────────────────────────


def _sit_down(session: ChartingSession, console: Console, *, plain: bool) -> None:
    """The person goes through the form; as JSON nobody is asked, it says what waits for them."""
    if console.as_json:
        missing = {key: session.missing(key) for key in session.waiting()}
        waiting = [{"study": key, "missing": slots} for key, slots in missing.items()]
        console.document({"form": session.version, "waiting": waiting})
        return
    if rehearsal():
        raise UsageError("--dry-run is for values given with --field, and for --from and --sheet")
    if not session.waiting():
        console.note(f"Nothing waits for {session.person} now.")
        if not session.studies:
            return
    if _takes_full_screen(plain=plain):
        from scopingreview.workbench.chart_app import chart_full_screen

        chart_full_screen(session, now)
    else:
        from scopingreview.cli.chart_lines import ChartLines

        ChartLines(session, now).run()
    console.note(f"{things(session.written, 'value')} charted in this sitting")


def _takes_full_screen(*, plain: bool) -> bool:
    """Whether there is a screen to fill: a terminal that can move its cursor, and no --plain."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return terminal and not plain and draws_screens()
