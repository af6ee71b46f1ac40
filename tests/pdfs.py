"""Small PDFs to test with: some lines of text, a title, and ways of being broken."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path


def pdf(*pages: str, title: str = "", packed: bytes | None = None) -> bytes:
    """A PDF with those pages; `packed` stands in place of the text of the first one, deflated."""
    contents = [_drawn(page) for page in pages]
    streams = [_stream(content) for content in contents]
    if packed is not None:
        streams[0] = _stream(packed, packed=True)
    numbers = [4 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in zip(numbers, streams, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream)
    objects.append(f"<< /Title ({_escaped(title)}) >>".encode("latin-1"))
    return _file(objects)


def _drawn(text: str) -> bytes:
    lines = "".join(f"({_escaped(line)}) Tj T* " for line in text.split("\n"))
    return f"BT /F1 10 Tf 12 TL 40 760 Td {lines}ET".encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _stream(content: bytes, *, packed: bool = False) -> bytes:
    packing = b" /Filter /FlateDecode" if packed else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), packing, content)


def _file(objects: Sequence[bytes]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>" % (size, len(objects))
    begin = len(written)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s%s\nstartxref\n%d\n%%%%EOF\n" % (
        *(size, table, trailer, begin),
    )


def pdf_file(folder: Path, name: str, *pages: str, title: str = "") -> Path:
    """The PDF under that name in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(pdf(*(pages or ("",)), title=title))
    return path


def bomb(megabytes: int) -> bytes:
    """A PDF whose one page unpacks to so much."""
    packer = zlib.compressobj(9)
    block = b"(rest) Tj " * (1 << 17)
    packed = b"".join(packer.compress(block) for _ in range(megabytes * (1 << 20) // len(block)))
    return pdf("", packed=packed + packer.flush())
