"""Write the bundled review: protocol, searches, exports, decisions and what was charted.

All of it is invented.

    python examples/make_review.py [DIR]

DIR is the root of the review, by default this repository. The same bytes every time; prints the
name of each file. The truth that the files were made from is `all_reports()`; tests compare the
program's results with it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from invented.drafts import all_drafts
from invented.protocol import config_files, raw_files
from invented.publishing import publish
from invented.searches import searches
from invented.tables import charted_files, screened_files
from invented.values import Report

ROOT = Path(__file__).resolve().parent.parent


def all_reports() -> list[Report]:
    """Every report of the review with its fate, in the order of the word lists."""
    return [publish(draft) for draft in all_drafts()]


def all_files(reports: list[Report]) -> dict[str, bytes]:
    """The content of every file by its path in the review."""
    found = searches(reports)
    peoples = screened_files(reports) | charted_files(reports)
    return config_files(found) | raw_files(found) | peoples


def write_review(root: Path) -> list[str]:
    """The bundled review stands in the folder; returns the names of what was written."""
    files = all_files(all_reports())
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(files)


def main() -> None:
    """Write the review into the folder that the command names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT, metavar="DIR")
    for written in write_review(parser.parse_args().folder):
        print(written)


if __name__ == "__main__":
    main()
