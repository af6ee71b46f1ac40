"""The program: its list of commands, and the one place that turns errors into words and an
exit status."""

from __future__ import annotations

import gc
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from scopingreview.cli.commands import SECTIONS, SETTINGS, LazyCommands
from scopingreview.cli.console import print_error
from scopingreview.errors import ReviewError


class Group(TyperGroup):
    """The commands in the order of a review, loaded one at a time."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = LazyCommands()  # type: ignore[assignment]  # typer only looks things up

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # typer's name
        """Write the sections of the list of commands."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(command.name, command.says) for command in commands])


app = typer.Typer(
    name="scopingreview",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=SETTINGS,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("scopingreview"))
        raise typer.Exit


@app.callback()
def scopingreview(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """A scoping review from raw exports to the PRISMA diagram, in plain files that live in git.

    Every command has help with an example: scopingreview screen -h
    """


# Records and decisions are no garbage, and looking through a review of 100,000 records for some
# every 700 objects takes a tenth of the time of a command.
OBJECTS_BEFORE_A_LOOK = 200_000


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
    try:
        app(standalone_mode=True)
    except ReviewError as error:
        sys.exit(print_error(error))
