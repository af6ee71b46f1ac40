"""`init` and `add`: a new review, and the exports that go into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, AsJson, Console, Quiet, WritingSetting, today
from scopingreview.errors import UsageError

if TYPE_CHECKING:
    from scopingreview.stages.adding import SearchDetails


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new review.")],
    title: Annotated[str, typer.Option(help="The title of the review.")],
    source: Annotated[
        list[str],
        typer.Option(help="A source that will be searched (repeatable), the most trusted first."),
    ],
    reviewer: Annotated[
        list[str], typer.Option(help="The initials of someone who will screen (repeatable).")
    ],
    adjudicator: Annotated[
        list[str] | None,
        typer.Option(help="The initials of someone who settles conflicts (repeatable)."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Begin a review: a folder with all it needs, and no records yet.

    Writes config/ (with comments that explain each key), the data folders, a Makefile, files for
    git and a CI workflow. Refuses a folder that already holds a review.

    Example: scopingreview init stress --title "Stress in nurses" --source pubmed --source embase
    --reviewer ab --reviewer cd --adjudicator ef
    """
    from scopingreview.config import suggested_name
    from scopingreview.stages.new_review import Plan, found_review, source_name

    console = Console(quiet=quiet, as_json=as_json)
    plan = Plan(title, source, reviewer, adjudicator or [])
    made = found_review(folder, plan)
    console.document({"review": str(folder), "files": made})
    for name in made:
        console.say(str(folder / name))
    console.note("Read config/review.toml: the question, the criteria and the reasons are yours.")
    for name in (*reviewer, *(adjudicator or ())):
        if (short := suggested_name(name)) != name:
            console.note(f"{name} is {short} here, the name of a file: --as {short}")
    first = source_name(source[0])
    console.next_step(f"cd {folder} && scopingreview add EXPORT --source {first} --hits N")


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

    def details(self, source: str) -> SearchDetails:
        """The same as values. Raises UsageError for a day that is none."""
        from scopingreview.stages.adding import SearchDetails

        return SearchDetails(
            source=source,
            run_on=_day(self.run_on),
            hits=self.hits,
            strategy=self.strategy,
            platform=self.platform,
            name=self.search,
        )


def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="The exports, as the database wrote them.")
    ],
    source: Annotated[str, typer.Option(help="The source they come from, as in review.toml.")],
    words: SearchWords,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Take exports into the review untouched and register their search.

    Recognises each format by its content, copies the files to data/raw/SOURCE/ and writes the
    search with their sha256 to config/searches.toml. Several files of one search are added at
    once or one after another.

    Example: scopingreview add savedrecs.txt "savedrecs (1).txt" --source wos --run-on 2025-03-14
    --hits 731 --strategy wos.txt
    """
    from scopingreview.stages.adding import add_exports

    console = setting.console()
    review = setting.review()
    details = words.details(source)
    registered, added = add_exports(review, files, details)
    console.document({"search": registered, "added": added})
    for export in added:
        console.say(f"{export.file}  {export.format}")
    if not words.run_on:
        console.note(f"Search date: {details.run_on} (today). Another day? Use --run-on.")
    if registered.hits is None:
        console.note("How many hits did the database report? Without --hits nothing checks them.")
    console.next_step("scopingreview import")


def _day(text: str) -> date:
    if not text:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--run-on "{text}" is no date such as 2025-03-14') from None
