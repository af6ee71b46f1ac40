"""The program: its commands in the order of a review, and the one place that turns errors
into words and an exit status."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from scopingreview.cli import (
    agreement,
    deduping,
    exchange,
    flow,
    importing,
    retrieve,
    screen,
    setup,
    status,
    team,
)
from scopingreview.cli.console import print_error
from scopingreview.errors import ReviewError

app = typer.Typer(
    name="scopingreview",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
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

    In the order of a review: init, add, import, dedupe, screen, conflicts, retrieve, count, draw.
    At any time: run, status, check. For the team: pilot, criteria,
    unblind, agreement, export, import-decisions.
    """


app.command("init")(setup.init)
app.command("add")(setup.add)
app.command("import")(importing.import_exports)
app.command("dedupe")(deduping.dedupe)
app.command("screen")(screen.screen)
app.command("conflicts")(screen.conflicts)
app.command("retrieve")(retrieve.retrieve)
app.command("pilot")(team.pilot)
app.command("criteria")(team.criteria)
app.command("unblind")(team.unblind_)
app.command("export")(exchange.export)
app.command("import-decisions")(exchange.import_decisions)
app.command("agreement")(agreement.agreement)
app.command("count")(flow.count)
app.command("draw")(flow.draw)
app.command("run")(status.run)
app.command("status")(status.status)
app.command("check")(status.check)


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        app(standalone_mode=True)
    except ReviewError as error:
        sys.exit(print_error(error))
