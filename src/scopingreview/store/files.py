"""The files in config/: read as text, written whole."""

from __future__ import annotations

from scopingreview.errors import ReviewError
from scopingreview.paths import Review


def read_text(review: Review, name: str) -> str:
    """The text of the file. Raises ReviewError when it is not UTF-8."""
    try:
        return review.path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReviewError("this file is not UTF-8", where=name, hint=str(error)) from error


def write_config(review: Review, name: str, text: str) -> None:
    """The file holds the text, written whole and then renamed into place."""
    path = review.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)
