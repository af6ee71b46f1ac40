"""Write the bundled review: protocol, searches, exports and decisions, all of it invented.

    python examples/make_review.py [DIR]

DIR is the root of the review, by default this repository. The same bytes every time. The truth
that the files were made from is `all_reports()`; tests compare the program's results with it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from invented.drafts import all_drafts
from invented.publishing import publish
from invented.searches import search_files
from invented.tables import decision_files, retrievals
from invented.values import Report

ROOT = Path(__file__).resolve().parent.parent


def all_reports() -> list[Report]:
    """Every report of the review with its fate, in the order of the word lists."""
    return [publish(draft) for draft in all_drafts()]


def all_files(reports: list[Report]) -> dict[str, bytes]:
    """The content of every file by its path in the review."""
    texts = decision_files(reports) | {"data/screened/retrieval.csv": retrievals(reports)}
    return search_files(reports) | {path: text.encode() for path, text in texts.items()}


def write_review(root: Path) -> list[Path]:
    """The bundled review stands in the folder; returns what was written."""
    written = []
    for name, content in all_files(all_reports()).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for file in write_review(folder):
        print(file.relative_to(folder).as_posix())
