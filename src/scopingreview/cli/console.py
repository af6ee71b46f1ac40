"""What every command shares: which review, how to speak, and how errors come out.

Results go to stdout, everything about them to stderr. Exit status: 0 fine, 1 something to put
right, 2 wrong usage, 130 interrupted with nothing lost.
"""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scopingreview import JSON_SCHEMA
from scopingreview.cli.code_page import holds_any_letter
from scopingreview.cli.status_line import status_line
from scopingreview.cli.text_column import columns_of, in_rows, wrapped, wrapped_command
from scopingreview.errors import CombinedError, ReviewError, ReviewWarning, UsageError
from scopingreview.progress_note import Tell
from scopingreview.visible import escaped, visible

if TYPE_CHECKING:
    from scopingreview.paths import Review
    from scopingreview.store.rehearsal import Rehearsal, Unwritten

ReviewFolder = Annotated[
    Path,
    typer.Option(
        "-C",
        "--folder",
        metavar="DIR",
        help="The review: this folder or the nearest one above it that holds config/review.toml.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
]
KEPT = ("digests.json", "record_index.json")  # what the program keeps for itself
HERE = Path()
BETWEEN = 2  # blanks between the columns of a table


@dataclass(frozen=True, slots=True)
class Setting:
    """What every command can be told: which review, and how to speak."""

    folder: ReviewFolder = HERE
    as_json: AsJson = False
    quiet: Quiet = False

    def console(self) -> Console:
        """The voice of the command."""
        return Console(quiet=self.quiet, as_json=self.as_json)

    def review(self) -> Review:
        """The review that the folder lies in. Raises ReviewError when it lies in none."""
        return open_review(self.folder)


USUAL = Setting()


def show(text: str = "") -> None:
    """The text is a line on stdout, as a terminal takes it: every line for people goes here."""
    print(wrapped(visible(text), columns_of(sys.stdout)))


@dataclass(frozen=True, slots=True)
class WritingSetting(Setting):
    """What a command that writes can be told besides: only to say what it would write."""

    dry_run: DryRun = False


USUAL_WRITING = WritingSetting()


@dataclass(frozen=True, slots=True)
class Console:
    """One command's voice: `quiet` keeps to errors, `as_json` prints one document and no text."""

    quiet: bool = False
    as_json: bool = False

    def say(self, text: str = "") -> None:
        """A line of the result, on stdout."""
        if not self.as_json and not self.quiet:
            show(text)

    def note(self, text: str) -> None:
        """A line about the result, on stderr."""
        if not self.quiet:
            print(wrapped(visible(text), columns_of(sys.stderr)), file=sys.stderr)

    def say_whole(self, text: str) -> None:
        """A text that a program reads, on stdout: no line of it is broken."""
        if not self.quiet:
            print(visible(text))

    def next_step(self, command: str) -> None:
        """The last line: what to run next; after a dry run nothing is."""
        if not (self.as_json or self.quiet or _rehearsal()):
            line = wrapped_command(visible(f"Next: {command}"), columns_of(sys.stderr))
            print(line, file=sys.stderr)

    def working(self) -> AbstractContextManager[Tell]:
        """Where long work tells how far it is: one line on a terminal, gone afterwards."""
        return status_line(wanted=not self.quiet)

    def document(self, value: Any) -> None:
        """The whole result as one JSON object, when it was asked for; with what a dry run left."""
        if not self.as_json:
            return
        document = {"schema": JSON_SCHEMA, **plain(value)}
        if running := _rehearsal():
            document |= {"dry_run": True, "would_write": plain(_kept(running))}
        in_ascii = not holds_any_letter(sys.stdout)
        print(escaped(json.dumps(document, ensure_ascii=in_ascii, indent=2)))

    def tell_dry_run(self, running: Rehearsal) -> None:
        """The files that would have been written, last."""
        from scopingreview.report.markdown import things

        self.say("Dry run: nothing was written.")
        for each in _kept(running):
            how = things(each.lines, "more line") if each.lines else f"{each.size:,} bytes"
            self.say(f"  would write {each.path}: {how}")

    def table(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table with aligned columns: numbers to the right, text to the left.

        Where the screen is too narrow for it, a line each row, with the name of each cell.
        """
        cells = [[_cell(value) for value in row] for row in rows]
        numeric = [all(_is_number(row[i]) for row in cells) for i in range(len(header))]
        widths = [max(len(text) for text in column) for column in zip(header, *cells, strict=True)]
        columns = columns_of(sys.stdout)
        if columns and sum(widths) + BETWEEN * (len(widths) - 1) > columns:
            for line in in_rows(header, cells):
                self.say(line)
            return
        for row in (list(header), *cells):
            aligned = (
                text.rjust(width) if right else text.ljust(width)
                for text, width, right in zip(row, widths, numeric, strict=True)
            )
            self.say((" " * BETWEEN).join(aligned).rstrip())


def _rehearsal() -> Rehearsal | None:
    """The dry run that is under way; the store, which keeps it, is loaded by commands only."""
    from scopingreview.store.rehearsal import rehearsal

    return rehearsal()


def _kept(running: Rehearsal) -> list[Unwritten]:
    """Without what the program keeps for itself: what a stage was made from, digests."""
    return [
        each
        for each in running.unwritten
        if each.path.parent.name != "made" and each.path.name not in KEPT
    ]


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _is_number(text: str) -> bool:
    return text.replace(",", "").isdigit() or text in ("–", "")


def plain(value: Any) -> Any:
    """The value in JSON's terms: dataclasses and errors as objects, tuples as lists, times as
    text.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date | Path):
        return str(value)
    if isinstance(value, ReviewError):
        return {name: getattr(value, name) for name in ("where", "line", "message", "hint")}
    return value


def open_review(folder: Path) -> Review:
    """The review that the folder lies in."""
    from scopingreview.paths import find_review

    return find_review(folder)


def now() -> datetime:
    """The time: the clock is read here and nowhere else."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """The day at the user's desk."""
    return date.today()


def print_error(error: ReviewError) -> int:
    """The error stands on stderr; the exit status it deserves."""
    for each in error.errors if isinstance(error, CombinedError) else (error,):
        print(wrapped(f"error: {each}", columns_of(sys.stderr)), file=sys.stderr)
    return 2 if isinstance(error, UsageError) else 1


def show_warnings() -> None:
    """What stops nothing is told on stderr, once each, from here on."""
    told: set[str] = set()

    def tell(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
        text = str(message)
        if text not in told:
            told.add(text)
            name = "warning" if category is ReviewWarning else category.__name__
            line = f"{name}: {visible(text)}"
            print(wrapped(line, columns_of(sys.stderr)), file=sys.stderr)

    warnings.simplefilter("always", ReviewWarning)
    warnings.showwarning = tell  # the one hook that Python offers for it


def give_up_output() -> None:
    """Nothing more is written to an output that takes nothing: Python would try at its end."""
    sys.stdout = io.StringIO()
