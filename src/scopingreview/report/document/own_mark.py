"""Whether a document is still as it was written: people write in documents, and must not lose it.

Each carries the digest of what it says. A program that saves it anew changes the one and not the
other.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator

DIGITS = 16
LINE = re.compile(r'^made-digest: "([0-9a-f]*)"\n', re.MULTILINE)
HEAD_ENDS = "\n---\n"
TEXT_PART, PROPERTIES_PART = "word/document.xml", "docProps/core.xml"
IDENTIFIER = re.compile(r"<dc:identifier>([0-9a-f]*)</dc:identifier>")
PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
STYLE_OR_TEXT = re.compile(r'<w:pStyle w:val="([^"]*)"/>|<w:t[^>]*>([^<]*)</w:t>| descr="([^"]*)"')


def digest_of(content: bytes) -> str:
    """The beginning of its sha256."""
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def marked_text(text: str) -> str:
    """The Markdown with the digest of itself in its head."""
    return text.replace(HEAD_ENDS, f'\nmade-digest: "{digest_of(text.encode())}"{HEAD_ENDS}', 1)


def is_as_written(content: bytes) -> bool:
    """Whether nobody has changed the document, DOCX or Markdown, since a program of ours wrote it.

    Two versions that git has joined are nobody's: each left its mark.
    """
    if content.startswith(b"PK"):
        text, properties = _parts(content)
        mark = IDENTIFIER.search(properties.decode(errors="replace"))
        return mark is not None and mark[1] == digest_of(text)
    said = content.decode(errors="replace")
    marks = LINE.findall(said)
    return len(marks) > 1 or marks == [digest_of(LINE.sub("", said).encode())]


def docx_lines(content: bytes) -> str:
    """What a DOCX says, a line a paragraph, its style before it; for people who compare."""
    text, _ = _parts(content)
    return "".join(f"{line}\n" for line in _lines(text.decode(errors="replace")))


def _lines(xml: str) -> Iterator[str]:
    for paragraph in PARAGRAPH.findall(xml):
        yield "".join(
            f"[{style}] " if style else text or described
            for style, text, described in STYLE_OR_TEXT.findall(paragraph)
        )


def same_text(one: bytes, other: bytes) -> bool:
    """Whether two DOCX say and look the same; pictures may be packed another way."""
    return _parts(one)[0] == _parts(other)[0] != b""


def _parts(content: bytes) -> tuple[bytes, bytes]:
    """The text and the properties of a DOCX; nothing of a file that is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return opened.read(TEXT_PART), opened.read(PROPERTIES_PART)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return b"", b""
