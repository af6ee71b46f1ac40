"""Where a full text may be: an address of the web, or a document inside the review.

An address is a database's word or a colleague's, and opening one hands it to another program: so
it is an address of the web, encoded as such, or a document inside the review, and nothing else.
"""

from __future__ import annotations

from pathlib import Path

from scopingreview.model import Retrieval
from scopingreview.paths import FULL_TEXTS, Review, real
from scopingreview.report.web_address import web_address

# What a system opens to be read; what it might run stays shut.
DOCUMENTS = {
    *(".pdf", ".epub", ".djvu", ".txt", ".md", ".rtf", ".odt", ".docx", ".html", ".htm"),
}


def lost_file(review: Review, step: Retrieval | None) -> str:
    """The file that retrieval names and that is no document in the review; "" when there is none.

    Whatever is no address of the web is taken for the name of a file.
    """
    where = step.where if step else ""
    if not where or web_address(where):
        return ""
    places = (review.path(where), review.path(FULL_TEXTS) / where)
    return "" if any(is_document(review, place) for place in places) else where


def is_document(review: Review, path: Path) -> bool:
    """Whether the path is a document that lies inside the review, and no link out of it."""
    try:
        place = real(path)
        inside = place.is_relative_to(real(review.root))
        return inside and place.suffix.lower() in DOCUMENTS and place.is_file()
    except (OSError, ValueError):  # no disk takes such a name
        return False
