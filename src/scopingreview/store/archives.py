"""What holds files and is none of them: folders and archives, told apart before they are read."""

from __future__ import annotations

import zipfile
from pathlib import Path

from scopingreview.errors import ReviewError

WORKBOOK = b"PK\x03\x04"  # a zip archive, too
NAMED = 3  # of the files inside
# What only the parts of a workbook are called.
PARTS = ("[Content_Types].xml", "xl/workbook.xml")


def refuse_archive(path: Path) -> None:
    """The path is a file to read. Raises ReviewError, naming files inside, for one that holds some.

    Raises ReviewError, too, when there is no such file; a workbook is a file like any other.
    """
    if path.is_dir():
        names = sorted(each.name for each in path.iterdir() if not each.name.startswith("."))
        raise _archive("a folder", path, names, "Name the file in it.")
    if not path.is_file():
        raise ReviewError("there is no such file", where=str(path))
    if is_archive(path):
        names = _names_in(path)
        raise _archive("a zip archive", path, names, "Unpack it and name the file inside.")


def is_archive(path: Path) -> bool:
    """Whether the file is a zip archive; a workbook is none."""
    return path.is_file() and zipfile.is_zipfile(path) and not set(PARTS) & set(_names_in(path))


def _names_in(path: Path) -> list[str]:
    """The files in the archive; none in a damaged one, which its reader tells of."""
    try:
        with zipfile.ZipFile(path) as archive:
            return [name for name in archive.namelist() if not name.endswith("/")]
    except zipfile.BadZipFile:
        return []


def _archive(what: str, path: Path, names: list[str], advice: str) -> ReviewError:
    more = " …" if len(names) > NAMED else ""
    holds = f" It holds {', '.join(names[:NAMED])}{more}." if names else " It holds nothing."
    return ReviewError(
        f"this is {what}, where one file is needed", where=str(path), hint=advice + holds
    )
