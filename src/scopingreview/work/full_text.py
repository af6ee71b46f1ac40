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


def addresses(review: Review, record: Record, retrieval: Retrieval | None) -> list[str]:
    """Where the record can be read, the best first: the file, what retrieval says, the web.

    A file is named under `where` of the retrieval, from the review's folder or from
    data/fulltexts; without that, data/fulltexts holds one named after the record.
    """
    where = retrieval.where if retrieval else ""
    found = [str(path) for path in _files(review, record, where) if path.is_file()]
    if where.startswith(("http://", "https://")):
        found.append(where)
    if record.doi:
        found.append(f"https://doi.org/{record.doi}")
    if record.url.startswith(("http://", "https://")):
        found.append(record.url)
    if record.pmid:
        found.append(f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/")
    return list(dict.fromkeys(found))


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
    if address.startswith(("http://", "https://")):
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
