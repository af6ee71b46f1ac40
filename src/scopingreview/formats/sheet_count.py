"""How many rows a sheet of a workbook has, counted without openpyxl and without column names.

The rows begin below the first one that is about as full as the fullest. Of .xlsx the XML of the
sheet is searched; of .xls the cells are those that xlrd gives the reader too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZipFile

Cells = tuple[str, ...]

SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?\bid=\"([^\"]+)\"")
RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*?>")
ATTRIBUTE = re.compile(r"\b(Id|Target|Type)=\"([^\"]*)\"")
ROW = re.compile(r"<(?:\w+:)?row\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
VALUE = re.compile(r"<(?:\w+:)?(?:v|t)\b[^>]*>(.*?)</(?:\w+:)?(?:v|t)>", re.DOTALL)
SHARED = re.compile(r"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
# A header fills this share of the cells of the fullest row, and three where there are three.
AS_FULL = 0.6
FEWEST = 3


def rows_in_xlsx(data: bytes, sheet: int) -> int:
    """Rows below the header of that sheet that hold something."""
    with ZipFile(BytesIO(data)) as archive:
        names = _worksheets(archive)
        if sheet >= len(names):
            return 0
        shared = _texts(archive, "xl/sharedStrings.xml", SHARED)
        xml = archive.read(names[sheet]).decode("utf-8", "replace")
    return rows_below_header([tuple(_values(row[1] or "", shared)) for row in ROW.finditer(xml)])


def rows_below_header(rows: Sequence[Cells]) -> int:
    """How many rows that hold something stand below the header; the header again is none.

    `rows` are the values of their cells, empty ones left out.
    """
    filled = [row for row in rows if row]
    fullest = max(map(len, filled), default=0)
    needed = max(AS_FULL * fullest, min(fullest, FEWEST))
    header = next((n for n, row in enumerate(filled) if len(row) >= needed), 0)
    return sum(1 for row in filled[header + 1 :] if row != filled[header])


def _worksheets(archive: ZipFile) -> list[str]:
    """The files of the worksheets in the order of the workbook."""
    relations = {}
    for relation in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode()):
        parts = dict(ATTRIBUTE.findall(relation))
        if parts.get("Type", "").endswith("/worksheet"):
            target = parts["Target"]
            relations[parts["Id"]] = target[1:] if target.startswith("/") else f"xl/{target}"
    ids = SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace"))
    return [relations[each] for each in ids if each in relations]


def _texts(archive: ZipFile, name: str, pattern: re.Pattern[str]) -> list[str]:
    if name not in archive.namelist():
        return []
    xml = archive.read(name).decode("utf-8", "replace")
    return ["".join(VALUE.findall(match[1] or "")) for match in pattern.finditer(xml)]


def _values(row: str, shared: Sequence[str]) -> Iterator[str]:
    for attributes, content in CELL.findall(row):
        text = "".join(VALUE.findall(content))
        if 't="s"' in attributes and text.isdecimal():
            text = shared[int(text)] if int(text) < len(shared) else ""
        if html.unescape(text).replace("_x000D_", "").strip():
            yield text
