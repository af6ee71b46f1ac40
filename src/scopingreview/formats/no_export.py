"""Files that people take for an export, and what to do instead.

Asked only when no format recognised the file.
"""

from __future__ import annotations

import re

from scopingreview.formats.chunk import Chunk

BEST = "Export as RIS, PubMed (.nbib) or CSV with a header row, abstracts included."
# How the bytes begin, what the file is, what to do.
BEGINNINGS = (
    (rb"%PDF-", "a PDF, not an export", BEST),
    (rb"PK\x03\x04", "a zip archive", "Unpack it and add the files inside."),
    (rb"\x1f\x8b", "a compressed file", "Unpack it and add the file inside."),
    (rb"Rar!|7z\xbc\xaf", "a compressed archive", "Unpack it and add the files inside."),
    (
        rb"\s*<(?:!doctype html|html)",
        "a web page, not an export",
        "The session at the database may have ended: log in and export again.",
    ),
    (rb"\s*[\[{]", "JSON, which no format here uses", BEST),
    (rb"\s*<\?xml|\s*<", "XML of an unknown kind", BEST),
    (
        rb"(?s).{0,60000}?[,;\t|]\"\s*TY  - ",
        "RIS inside the cells of a table whose columns are not known",
        "Export as RIS, or name the columns with `columns` in config/searches.toml.",
    ),
    (rb"\{\\rtf", "formatted text (RTF)", BEST),
)


def no_export(chunk: Chunk) -> tuple[str, str]:
    """What the file seems to be, and what to do instead."""
    data = chunk.data.removeprefix(b"\xef\xbb\xbf")
    for beginning, what, advice in BEGINNINGS:
        if re.match(beginning, data, re.IGNORECASE):
            return f"no known export format: {what}", advice
    return "no known export format", BEST
