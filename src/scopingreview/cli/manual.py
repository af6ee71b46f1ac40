"""The page that `man scopingreview` shows, made of the help of every command.

`python -m scopingreview.cli.manual` prints it; `make man` keeps it in docs/scopingreview.1, from
where it is installed with the program.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import typer

from scopingreview import __version__
from scopingreview.cli.app import app
from scopingreview.cli.commands import COMMANDS, EXIT_STATUS, SECTIONS, LazyCommands
from scopingreview.cli.console import Console

NAME = "scopingreview"
ABOUT = "a scoping review from raw exports to the PRISMA diagram, in plain files that live in git"
VARIABLES = {
    "SCOPINGREVIEW_REVIEWER": "Who decides, where a command is not told with --as.",
    "COLUMNS": "How wide lines are; else as wide as the screen is.",
    "PYTHONIOENCODING": "The code page of the output; else that of the terminal.",
}
FILES = {
    "config/review.toml": "The protocol: sources, people, criteria, reasons.",
    "config/searches.toml": "The searches and their exports.",
    "data/raw/": "Exports as the databases wrote them.",
    "data/screened/, data/charted/": "What people decided and charted, a line each.",
    "results/": "Counts, figures, tables and the page of the report; all can be made again.",
}


def manual_page() -> str:
    """The page in the language of man, the same for the same program."""
    lines = [
        f'.TH {NAME.upper()} 1 "" "{NAME} {__version__}" "User Commands"',
        *_section("NAME", [rf"{NAME} \- {_text(ABOUT)}"]),
        *_section("SYNOPSIS", [rf".B {NAME}", r"[\-C DIR] COMMAND [ARGUMENTS]"]),
        *_section("DESCRIPTION", _paragraphs(_help_of_all())),
    ]
    for title, commands in SECTIONS.items():
        lines += _section(title.upper(), [])
        for command in commands:
            lines += _command(command.name)
    lines += _section("EXIT STATUS", _paragraphs(EXIT_STATUS.removeprefix("Exit status: ")))
    lines += _section("ENVIRONMENT", _entries(VARIABLES))
    lines += _section("FILES", _entries(FILES))
    return "\n".join([*lines, ""])


def _help_of_all() -> str:
    return inspect.cleandoc(typer.main.get_command(app).help or "")


def _command(name: str) -> Iterator[str]:
    """The command with its usage, what it does, and each of its options."""
    command: Any = LazyCommands()[name]
    with command.make_context(name, [], resilient_parsing=True) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        records = [param.get_help_record(context) for param in command.get_params(context)]
    yield f".SS {_text(f'{NAME} {name} {usage}')}"
    yield from _paragraphs(inspect.cleandoc(command.help or COMMANDS[name].says))
    yield from _entries(dict(filter(None, records)))


def _section(title: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f".SH {_text(title)}"
    yield from lines


def _paragraphs(text: str) -> Iterator[str]:
    """Each paragraph begins a new one; an example stands by itself."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.replace("\b", "").strip())):
        if number:
            yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _entries(entries: dict[str, str]) -> Iterator[str]:
    for words, told in entries.items():
        yield from (".TP", rf"\fB{_text(words)}\fR", _text(" ".join(told.split())))


def _text(text: str) -> str:
    """The text with nothing in it that man takes for a request."""
    plain = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{plain}" if plain.startswith((".", "'")) else plain


if __name__ == "__main__":
    Console().say_whole(manual_page().rstrip("\n"))
