"""Long repetitive texts, and how the time of whatever reads them grows with their length.

Time is that of the processor, so that a busy machine does not count, and without collecting the
garbage of what ran before. A text is measured at four times its length only when it takes long
enough to be told from nothing.
"""

from __future__ import annotations

import gc
import inspect
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats.chunk import Chunk
from scopingreview.formats.decoding import decode, encoding_of
from scopingreview.formats.format import Format
from scopingreview.formats.oddities import Oddities
from scopingreview.formats.registry import FORMATS
from scopingreview.formats.values import abstracts, identifiers, markup, mathematics, names, numbers
from scopingreview.normalise import author_name, identifier_spelling, printed_place, spelling

EXPORTS = Path(__file__).parents[1] / "exports"
NOTICED = 0.02  # seconds: a text that takes less is read fast enough, however it grows
# What a value may begin with, before something goes on for ever.
STARTS = ("", "10.1234/", "Smith, ", "e1", "12-", "(", "<b>", "$")
PIECES = (
    *"a1 \t\n.,;-–'\"([<&{}\\$~=@|:/\u0301İ中\u202e",
    *("\n\n", "\n ", "<a ", "</", "&amp;", "a ", "A.", "A. ", "A, B; ", "and ", "10.1234/", "10."),
    *("10.1234.", "http://", "http://a", "http://a ", "1-", "1/", "ii ", "a1", "1a", "pp ", "Jr "),
    *("\\documentclass ", "PMID: 1", "(c) ", "--", "''", '""', "Copyright "),
)
# Beginnings of records and of lines, for readers and recognisers only.
LINES = tuple(
    f"{line}\n"
    for line in (
        *("TY  - JOUR", "ER  - ", "PMID- 1", "%0 Book", "%A A, B", "<1>", "<1. >", "PT J", "RT J"),
        *("<record>", "</record>", "<xml>", "<records>", "@article{a,", "a = {b},", "1. a", '"a'),
        *("Record #1 of 2", "Document 1 of 2", "AU  - A", "A,B", "\nA", "TITLE"),
    )
)
Functions = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Growth:
    """What took long on which text: seconds at full length, and the power of it they grow with.

    1 is linear, 2 quadratic.
    """

    what: str
    piece: str
    seconds: float
    power: float


def functions() -> Iterator[tuple[str, Functions]]:
    """Every public function of `normalise` and of the values that takes one text."""
    modules: Sequence[ModuleType] = (
        *(spelling, identifier_spelling, author_name, printed_place),
        *(abstracts, identifiers, markup, mathematics, names, numbers),
    )
    for module in modules:
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                needed = [
                    each
                    for each in inspect.signature(function).parameters.values()
                    if each.default is each.empty
                ]
                takes_text = len(needed) == 1 and needed[0].annotation == "str"
                if takes_text and not name.startswith("_"):
                    yield f"{module.__name__.removeprefix('scopingreview.')}.{name}", function


def repeated(start: str, piece: str, length: int) -> str:
    """The start, then the piece over and over, then something else, so that nothing ends well."""
    return (start + piece * (length // len(piece) + 1))[:length] + "!x"


def grown(
    what: str, piece: str, do: Functions, make: Callable[[int], str], length: int
) -> Growth | None:
    """How its time grows up to that length; None when it is not worth to be told."""
    seconds = _seconds(do, make(length))
    if seconds < NOTICED:
        return None
    # The first may have loaded a library, and any of them may have been held up.
    seconds = min(seconds, *(_seconds(do, make(length)) for _ in range(2)))
    quarter = min(_seconds(do, make(length // 4)) for _ in range(3))
    power = math.log(seconds / max(quarter, 1e-6), 4)
    return Growth(what, piece, seconds, power)


def _seconds(do: Functions, text: str) -> float:
    collects = gc.isenabled()
    gc.disable()
    begun = time.process_time()
    try:
        with suppress(ReviewError):  # refused is read, as far as time is asked for
            do(text)
        return time.process_time() - begun
    finally:
        if collects:
            gc.enable()


def growth_of_functions(pieces: Sequence[str], length: int) -> Iterator[Growth]:
    """Of every function on every piece after every start."""
    for name, function in functions():
        for piece in pieces:
            for start in STARTS:

                def make(size: int, start: str = start, piece: str = piece) -> str:
                    return repeated(start, piece, size)

                if found := grown(name, start + piece, function, make, length):
                    yield found


def growth_of_recognisers(pieces: Sequence[str], length: int) -> Iterator[Growth]:
    """Of every recogniser of a text on every piece."""
    for format_ in FORMATS:
        if not format_.binary:
            for piece in pieces:

                def recognise(text: str, format_: Format = format_) -> object:
                    return format_.recognise(Chunk(head=text))

                def make(size: int, piece: str = piece) -> str:
                    return repeated("", piece, size)

                if found := grown(f"recognise {format_.name}", piece, recognise, make, length):
                    yield found


def samples() -> dict[str, Path]:
    """An export of each format that is a text, by the format's name."""
    found: dict[str, Path] = {}
    for path in sorted(EXPORTS.glob("*/*")):
        if path.suffix != ".json":
            format_ = formats.recognise(path).format
            if not format_.binary:
                found.setdefault(format_.name, path)
    return found


def growth_of_readers(pieces: Sequence[str], length: int) -> Iterator[Growth]:
    """Of every reader and its count: on a piece in the middle of an export, and on each line of
    it over and over."""
    for name, path in samples().items():
        format_ = formats.format_named(name)
        data = path.read_bytes()
        text = decode(data, encoding_of(data), Oddities())
        middle = text.rfind(" ", 0, len(text) * 2 // 3)
        lines = dict.fromkeys(text.splitlines(keepends=True)[:40])

        def read(text: str, format_: Format = format_) -> None:
            chunk = Chunk(text=text, head=text[: 64 << 10])
            for _ in format_.read(chunk, Oddities()):
                pass
            format_.begun(chunk)

        for piece, place in ((p, middle) for p in pieces):

            def within(size: int, piece: str = piece, place: int = place, text: str = text) -> str:
                return text[:place] + repeated("", piece, size) + text[place:]

            if found := grown(f"read {name}", piece, read, within, length):
                yield found
        for line in lines:

            def after(size: int, line: str = line, text: str = text) -> str:
                return text.replace(line, line * (size // len(line) + 1), 1)

            if found := grown(f"read {name}", line, read, after, length):
                yield found
