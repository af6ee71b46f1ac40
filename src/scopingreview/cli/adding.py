"""`add`: the exports that go into a review, and records that come by no file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, today
from scopingreview.cli.options import word_named
from scopingreview.errors import UsageError
from scopingreview.model import Direction, Search

if TYPE_CHECKING:
    from scopingreview.paths import Review
    from scopingreview.stages.adding import AddedExport, SearchDetails

STDIN = Path("-")
END_OF_TEXT = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What is said of the search that the exports come from."""

    run_on: Annotated[
        str,
        typer.Option(metavar="DATE", help="The day of the search (2025-03-14). Default: today."),
    ] = ""
    hits: Annotated[
        int | None,
        typer.Option(min=0, help="How many records the database said the whole search found."),
    ] = None
    strategy: Annotated[
        Path | None, typer.Option(help="A text file with the search as it was run.")
    ] = None
    platform: Annotated[
        str,
        typer.Option(help="Where it was searched (Ovid, EBSCOhost …), if not as in review.toml."),
    ] = ""
    search: Annotated[
        str, typer.Option(metavar="NAME", help="The search's own name. Default: source and date.")
    ] = ""
    chased_from: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="The record whose citations were chased (repeatable)."),
    ] = None
    direction: Annotated[
        str,
        typer.Option(help="backward (what it cites) or forward (what cites it)."),
    ] = ""

    def details(self, source: str, columns: Iterable[str]) -> SearchDetails:
        """The same as values. Raises UsageError for a day or a word that is none."""
        from scopingreview.stages.adding import SearchDetails

        direction = self.direction
        return SearchDetails(
            source=source,
            run_on=_day(self.run_on),
            hits=self.hits,
            strategy=self.strategy,
            platform=self.platform,
            name=self.search,
            columns=dict(_named_text("--column", each) for each in columns),
            chased_from=tuple(self.chased_from or ()),
            direction=word_named(Direction, "direction", direction) if direction else None,
        )


@dataclass(frozen=True, slots=True)
class RecordWords:
    """A record typed by hand, and what the columns of a table are."""

    record: Annotated[
        bool, typer.Option("--record", help="Add one record by hand: its fields, no file.")
    ] = False
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--field", metavar="FIELD=TEXT", help="What a field of --record says (repeatable)."
        ),
    ] = None
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=HEADING",
            help="Which column of a table is which field (repeatable).",
        ),
    ] = None


def add(
    source: Annotated[str, typer.Option(help="The source they come from, as in review.toml.")],
    words: SearchWords,
    typed: RecordWords,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE…",
            help="The exports as the database wrote them, folders and zip archives of exports; "
            "- is stdin.",
        ),
    ] = None,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Take exports into the review untouched and register their search.

    Recognises each format by its content, copies the files to data/raw/SOURCE/ and writes the
    search with their sha256 to config/searches.toml. Several files of one search are added at
    once or one after another. Tells how many records begin in each, and warns of a file that is
    another database's. A record that somebody has at hand comes by --record and its fields, or
    pasted in any known format. Lists of cited or citing reports say what they were chased from.

    Example: scopingreview add savedrecs.txt "savedrecs (1).txt" --source wos --run-on 2025-03-14
    --hits 731 --strategy wos.txt

    Example: scopingreview add list.csv --source web --column title=Beitrag --column year=Wann

    Example: scopingreview add --record --source experts --field title="On rest" --field year=1999

    Example: scopingreview add cited.ris --source "citation searching" --chased-from pubmed:123
    --direction backward
    """
    console, review = setting.console(), setting.review()
    details = words.details(source, typed.columns or ())
    registered, added = _added(review, files or [], details, typed, console)
    console.document({"search": registered, "added": added})
    for export in added:
        console.say(f"{export.file}  {export.format}, {_records(export.records)}")
    _warn(registered, added, console)
    if not words.run_on:
        console.note(f"Search date: {details.run_on} (today). Another day? Use --run-on.")
    if registered.hits is None and not (typed.record or details.direction):
        console.note("How many hits did the database report? Without --hits nothing checks them.")
    console.next_step("scopingreview import")


def _added(
    review: Review,
    files: list[Path],
    details: SearchDetails,
    typed: RecordWords,
    console: Console,
) -> tuple[Search, list[AddedExport]]:
    from scopingreview.stages.adding import add_exports, add_pasted, add_record

    if typed.record or typed.fields:
        if files:
            raise UsageError("--record and --field are for a record without a file")
        values = dict(_named_text("--field", each) for each in typed.fields or ())
        return add_record(review, values, details)
    if not files:
        raise UsageError("name the exports, or add a record with --record --field title=…")
    if STDIN in files:
        if len(files) > 1:
            raise UsageError("- is stdin, and comes alone")
        if sys.stdin.isatty():
            console.note(f"Paste the references, then press {END_OF_TEXT} on a line of its own.")
        return add_pasted(review, sys.stdin.buffer.read(), details)
    with console.working() as tell:
        return add_exports(review, files, details, tell)


def _records(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"


def _warn(registered: Search, added: list[AddedExport], console: Console) -> None:
    """What does not fit: a file of another database, a sum that is not the hits."""
    for export in added:
        if export.foreign:
            console.note(
                f"{export.told}: this is {export.foreign}, but it was added to the source "
                f"{registered.source}. If that is wrong, take it out of config/searches.toml and "
                "data/raw, and add it to its own."
            )
    seen = sum(export.records for export in added)
    is_all = len(added) == len(registered.exports)
    if registered.hits is not None and is_all and seen != registered.hits:
        console.note(_unlike_the_hits(registered.hits, seen))


def _unlike_the_hits(hits: int, seen: int) -> str:
    if seen < hits:
        return (
            f"{hits:,} hits, and {_records(seen)} so far: add the other files of the search, or "
            "export it again."
        )
    return (
        f"{hits:,} hits, but {_records(seen)}: look whether `hits` in config/searches.toml is "
        "right, and whether the file is of this search."
    )


def _named_text(option: str, said: str) -> tuple[str, str]:
    name, equals, text = said.partition("=")
    if not equals:
        raise UsageError(f'{option} "{said}" is not of the form NAME=TEXT')
    return name.strip().casefold(), text.strip()


def _day(text: str) -> date:
    if not text:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--run-on "{text}" is no date such as 2025-03-14') from None
