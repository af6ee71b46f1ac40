"""What a workbook may unpack to: more is refused before any of it is read.

A workbook is a zip archive, and a megabyte of one may hold a gigabyte of the same. The archive
says how much it unpacks to, and no more than it says is ever unpacked; nothing in it holds the
cells to the size of a sheet, which the library that reads them would fill up with empty ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TypeVar
from zipfile import ZipFile

from scopingreview.errors import ReviewError

UNPACKED = 1 << 27  # bytes: 90,000 records with abstracts, half a minute and a gigabyte to read
ROWS = 1 << 20  # as many as a sheet of a spreadsheet program has
CELLS = 1 << 24  # in all rows, the empty ones before the last of each row included
BLOCK = 1 << 20
# A cell to the right of column XFD, the last that a sheet has; `xmlns:r="http:…` is none.
BEYOND = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{4,}\d""")
HINT = "Save the sheet of records as .csv and add that, in several files if it must be."

Cell = TypeVar("Cell")


def check_unpacked(data: bytes) -> None:
    """Nothing, when the workbook (.xlsx) unpacks to a size that can be read.

    Raises ReviewError when it is larger, BadZipFile and its like when it is damaged.
    """
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > UNPACKED:
            raise ReviewError(
                f"a workbook of {len(data):,} bytes that unpacks to {size:,}, where "
                f"{UNPACKED:,} can be read",
                hint=HINT,
            )
        for part in parts:
            if "sheet" in part.filename:
                before = b""
                with archive.open(part) as file:
                    for block in iter(lambda: file.read(BLOCK), b""):
                        if BEYOND.search(before[-40:] + block):
                            raise _too_large()
                        before = block


def bounded(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows. Raises ReviewError at the one with which there are more than can be read."""
    cells = 0
    for number, row in enumerate(rows, 1):
        cells += len(row)
        if cells > CELLS or number > ROWS:
            raise _too_large()
        yield row


def _too_large() -> ReviewError:
    return ReviewError("a sheet with cells beyond what can be read, most of them empty", hint=HINT)
