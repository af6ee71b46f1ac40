"""Where a record can be read in full, and opening it there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path

from scopingreview.model import Record, Retrieval
from scopingreview.paths import FULL_TEXTS, Review
from scopingreview.report.web_address import addresses_of, web_address
from scopingreview.review.text_places import is_document


def addresses(review: Review, record: Record, retrieval: Retrieval | None) -> list[str]:
    """Where the record can be read, the best first: the file, what retrieval says, the web.

    A file is named under `where` of the retrieval, from the review's folder or from
    data/fulltexts; without that, data/fulltexts holds one named after the record. What is neither
    an address of the web nor a document inside the review is left out.
    """
    where = retrieval.where if retrieval else ""
    found = [str(path) for path in _files(review, record, where) if is_document(review, path)]
    found += web_address(where)
    found += addresses_of(record)
    return list(dict.fromkeys(found))


def full_text_name(record_id: str) -> str:
    """The file in data/fulltexts that holds a record's text: `pubmed-123.pdf` for pubmed:123."""
    return re.sub(r"[^\w.-]+", "-", record_id) + ".pdf"


def _files(review: Review, record: Record, where: str) -> list[Path]:
    folder = review.path(FULL_TEXTS)
    named = [review.path(where), folder / where] if where and "://" not in where else []
    return [*named, folder / full_text_name(record.record_id)]


def open_address(review: Review, address: str) -> bool:
    """Whether the address was handed to a window of its own; on a bare terminal none opens.

    Nothing is handed on but an address of the web, or a document inside the review.
    """
    if web_address(address) == [address]:
        return open_in_browser(address)
    if not has_windows() or not is_document(review, Path(address)):
        return False
    if sys.platform == "win32":
        os.startfile(address)
        return True
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


def open_in_browser(address: str) -> bool:
    """Whether the address of the web was handed to a browser with a window of its own."""
    return has_windows() and web_address(address) == [address] and webbrowser.open(address)


def has_windows() -> bool:
    """Whether a browser can open here, and not in place of the workbench in its terminal."""
    if sys.platform in ("darwin", "win32"):
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
