"""The program: its list of commands, and the one place that turns errors into words and an
exit status."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from scopingreview.cli.code_page import take_any_letter
from scopingreview.cli.commands import COMMANDS, EXIT_STATUS, SECTIONS, LazyCommands, settings
from scopingreview.cli.completion import join_at_colons
from scopingreview.cli.console import give_up_output, print_error, show_warnings
from scopingreview.cli.text_column import columns_of, wrapped
from scopingreview.errors import ReviewError, UsageError

# What typer says of a wrong command line; of these errors it names only this kind of its own.
WRONG_USAGE: Any = typer.BadParameter.__bases__[0]


class Group(TyperGroup):
    """The commands in the order of a review, loaded one at a time."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = LazyCommands()  # type: ignore[assignment]  # typer only looks things up

    def make_context(self, *words: Any, **values: Any) -> Any:
        """The command line as it was typed, with help as wide as the screen is now."""
        self.context_settings = settings()
        with _usage_wrapped():
            return super().make_context(*words, **values)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what was wrong on its command line is told in as many columns."""
        with _usage_wrapped():
            return super().invoke(ctx)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The names of the commands and what each does, without loading one."""
        self.commands = {
            each.name: TyperCommand(each.name, help=each.says) for each in COMMANDS.values()
        }
        return super().shell_complete(ctx, incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # typer's name
        """Write the sections of the list of commands."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(command.name, command.says) for command in commands])


@contextmanager
def _usage_wrapped() -> Iterator[None]:
    """Usage errors of the library are told broken between words, as our own are."""
    try:
        yield
    except Exception as error:
        told_as_usual = isinstance(error, WRONG_USAGE) and type(error).show is WRONG_USAGE.show
        if not told_as_usual:  # no words at all are answered with the help
            raise
        said: Any = error
        told = f"Error: {_wrong_in_words(said)}"
        if said.ctx:
            hint = f"Try '{said.ctx.command_path} -h' for help."
            told = f"{said.ctx.get_usage()}\n{hint}\n\n{told}"
        print(wrapped(told, columns_of(sys.stderr)), file=sys.stderr)
        raise typer.Exit(2) from error


def _wrong_in_words(said: Any) -> str:
    """What the library says is wrong; of a word that is missing, also what the help says of it."""
    told: str = said.format_message()
    missing = getattr(said, "param", None) if not said.message else None
    says = getattr(missing, "help", "")
    return f"{told.removesuffix('.')}: {says}" if says else told


app = typer.Typer(
    name="scopingreview",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=EXIT_STATUS,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("scopingreview"))
        raise typer.Exit


@app.callback()
def scopingreview(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option("-C", "--folder", metavar="DIR", help="The review, as after the command."),
    ] = None,
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
    if folder is None:
        return
    if context.invoked_subcommand == "init":
        raise UsageError("init makes a new folder", hint="Write: scopingreview init DIR …")
    context.default_map = {name: {"folder": folder} for name in COMMANDS}


def run_command_line() -> None:
    """Run the command line and leave with its exit status."""
    show_warnings()
    join_at_colons()
    take_any_letter(sys.stdout)
    try:
        try:
            app(standalone_mode=True)
        finally:
            sys.stdout.flush()
    except ReviewError as error:
        sys.exit(print_error(error))
    except OSError as error:
        sys.exit(_refused(error))


def _refused(error: OSError) -> int:
    """What the system refused is told in a sentence; nothing, when nobody listens any more."""
    if error.errno == errno.EPIPE:
        give_up_output()
        return 1
    from scopingreview.store import not_read

    if error.filename is None:
        give_up_output()
    return print_error(not_read(error))
