"""What every workbook of ours is made with: cells that stay text, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from scopingreview.exchange.formula_guard import GUARD, guarded

# A zip file keeps when each part was written: the same cells are the same bytes.
WRITTEN = (1980, 1, 1, 0, 0, 0)
TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def without_times(book: io.BytesIO) -> bytes:
    """The workbook with one time for all of its parts, whenever it was written."""
    content = io.BytesIO()
    with zipfile.ZipFile(book) as read, zipfile.ZipFile(content, "w") as written:
        for part in read.infolist():
            fixed = zipfile.ZipInfo(part.filename, WRITTEN)
            text = TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", read.read(part))
            written.writestr(fixed, text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def text_cell(sheet: Any, text: str) -> Any:
    """A cell for a sheet that is only written, and text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    # Typed as text a formula is safe as it is; only what looks guarded must not lose its guard.
    shown = guarded(text) if text.startswith(GUARD) else text
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub(" ", shown))
    if text:
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell
