"""Where a record can be read in full, and opening it there.

An address is a database's word or a colleague's, and opening one hands it to another program: so
it is an address of the web, encoded as such, or a document inside the review, and nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path
from urllib.parse import quote, urlsplit

from scopingreview.model import Record, Retrieval
from scopingreview.paths import FULL_TEXTS, Review

WEB = ("http", "https")
# What a system opens to be read; what it might run stays shut.
DOCUMENTS = {
    *(".pdf", ".epub", ".djvu", ".txt", ".md", ".rtf", ".odt", ".docx", ".html", ".htm"),
}
OF_ADDRESSES = "/:?#[]@!$&'()*+,;=~%"  # what has a meaning in one, or is encoded already
OF_DOIS = OF_ADDRESSES.replace("?", "").replace("#", "")
LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def addresses(review: Review, record: Record, retrieval: Retrieval | None) -> list[str]:
    """Where the record can be read, the best first: the file, what retrieval says, the web.

    A file is named under `where` of the retrieval, from the review's folder or from
    data/fulltexts; without that, data/fulltexts holds one named after the record. What is neither
    an address of the web nor a document inside the review is left out.
    """
    where = retrieval.where if retrieval else ""
    found = [str(path) for path in _files(review, record, where) if _is_document(review, path)]
    found += web_address(where)
    if record.doi:
        found += web_address(f"https://doi.org/{quote(record.doi, safe=OF_DOIS)}")
    found += web_address(record.url)
    if record.pmid:
        found += web_address(f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/")
    return list(dict.fromkeys(found))


def web_address(text: str) -> list[str]:
    """The text as an address of the web, every odd character percent-encoded; [] if it is none.

    >>> web_address("https://example.org/a b\u202e"), web_address("file:///etc/passwd")
    (['https://example.org/a%20b%E2%80%AE'], [])
    """
    wanted = LONE_PERCENT.sub("%25", text.strip())
    try:
        address = quote(wanted, safe=OF_ADDRESSES)
        parts = urlsplit(address)
    except ValueError:  # half a surrogate pair, or half an IPv6 address
        return []
    return [address] if parts.scheme in WEB and parts.netloc else []


def _is_document(review: Review, path: Path) -> bool:
    """Whether the path is a document that lies inside the review, and no link out of it."""
    try:
        place = path.resolve()
        inside = place.is_relative_to(review.root.resolve())
        return inside and place.suffix.lower() in DOCUMENTS and place.is_file()
    except (OSError, ValueError):  # no disk takes such a name
        return False


def full_text_name(record_id: str) -> str:
    """The file in data/fulltexts that holds a record's text: `pubmed-123.pdf` for pubmed:123."""
    return re.sub(r"[^\w.-]+", "-", record_id) + ".pdf"


def _files(review: Review, record: Record, where: str) -> list[Path]:
    folder = review.path(FULL_TEXTS)
    named = [review.path(where), folder / where] if where and "://" not in where else []
    return [*named, folder / full_text_name(record.record_id)]


def open_address(address: str) -> bool:
    """Whether the address was handed to a window of its own; on a bare terminal none opens."""
    if not has_windows():
        return False
    if urlsplit(address).scheme in WEB:
        return webbrowser.open(address)
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    subprocess.Popen(
        [opener, address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True


def has_windows() -> bool:
    """Whether a browser can open here, and not in place of the workbench in its terminal."""
    if sys.platform == "darwin":
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
