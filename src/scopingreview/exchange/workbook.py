"""What every workbook of ours is made with: cells that stay text, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any, Literal

from scopingreview.exchange.formula_guard import GUARD, guarded

LAST_ROW = 1_048_576  # of a sheet, in Excel
LONGEST_CELL = 32_767  # characters, in Excel: UTF-16 units, of which an emoji has two
CUT = " [cut here: a cell of Excel holds no more; a .csv has all of it]"
# A zip file keeps when each part was written.
WRITTEN = datetime(1980, 1, 1)
OF_ITS_OWNER = 0o600 << 16  # who may read a part, as a zip file keeps it
BLOCK = 1 << 20  # bytes


def book_in_pieces(book: Any) -> Iterator[bytes]:
    """The bytes of a workbook of openpyxl, in pieces: the same for the same cells, whenever.

    In memory is what they come to compressed, and nothing else of them.
    """
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.modified = WRITTEN
    content = io.BytesIO()
    with _Undated(content, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    content.seek(0)
    yield from iter(lambda: content.read(BLOCK), b"")


class _Undated(zipfile.ZipFile):
    """A zip file whose parts were all written at one time, by one machine."""

    def open(
        self,
        name: str | zipfile.ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        if isinstance(name, zipfile.ZipInfo):
            name.date_time, name.external_attr = WRITTEN.timetuple()[:6], OF_ITS_OWNER
        return super().open(name, mode, pwd, force_zip64=force_zip64)


TellCut = Callable[[str, str], None]
"""Is told of each cell that was cut: the id of its record, and its column."""


def fits_a_cell(text: str) -> bool:
    """Whether a cell of Excel holds all of the text."""
    # Most texts are so short that nobody needs to count their units.
    return len(text) <= LONGEST_CELL // 2 or len(_units(text)) <= 2 * LONGEST_CELL


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _fitting(text: str) -> str:
    """The text as a cell holds it. A workbook with a longer one is taken for damaged."""
    if fits_a_cell(text):
        return text
    kept = _units(text)[: 2 * (LONGEST_CELL - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


def text_cell(sheet: Any, text: str) -> Any:
    """A cell for a sheet that is only written, and text whatever it begins with.

    What a cell cannot hold is cut, and ends with `CUT`.
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    # Typed as text a formula is safe as it is; only what looks guarded must not lose its guard.
    shown = guarded(text) if text.startswith(GUARD) else text
    cell = WriteOnlyCell(sheet, value=_fitting(ILLEGAL_CHARACTERS_RE.sub(" ", shown)))
    if text:
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell
