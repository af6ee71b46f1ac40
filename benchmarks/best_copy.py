"""What people read that the unique record alone does not say, on a real search in five sources.

    python benchmarks/best_copy.py [--shared DIR]

Imports and links 645 records of five files in DIR/exports, with PubMed trusted most and again
with the order of trust turned round. Of each field it prints how many unique records have it, how
many best copies have it, in how many it is from another copy, and in how many of those the unique
record said something else; then how long the best copies of all groups take, read from disk.

Exit status 1 when a best copy lacks what one of its copies has, or data are missing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from scopingreview import store
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.screening.best_copy import FIELDS
from scopingreview.screening.review_state import ReviewState
from support.harness import SCOPINGREVIEW, existing, machine, options
from team_on_a_real_search import SOURCES


def found_review(folder: Path, exports: Path, trust: Sequence[str]) -> Review:
    """The search imported and linked, its sources trusted in that order."""
    sources = [word for name in trust for word in ("--source", name)]
    _run("init", folder, "--title", "Gambling", *sources, "--reviewer", "ab")
    for source in trust:
        file, hits = SOURCES[source]
        _run("add", exports / file, "--source", source, "--hits", hits, "-C", folder)
    _run("run", "--until", "dedupe", "-C", folder)
    return Review(folder)


def _run(*words: object) -> None:
    subprocess.run([*SCOPINGREVIEW, *map(str, words)], check=True, capture_output=True)


def measure(state: ReviewState) -> bool:
    """A line of the table for each field; whether no best copy lacks what a copy has."""
    lacking = 0
    print("  field      unique    best  from others  in place of another")
    for field in FIELDS:
        own = best = taken = replaced = 0
        for unique_id, copy in state.best_copies.items():
            has = bool(getattr(state.records[unique_id], field))
            own += has
            best += bool(getattr(copy.record, field))
            taken += field in copy.taken
            replaced += has and field in copy.taken
            copies = (state.records[key] for key in state.best_copies.copies(unique_id))
            lacking += any(getattr(each, field) for each in copies) and not getattr(
                copy.record, field
            )
        print(f"  {field:10}{own:7,} {best:7,} {taken:12,} {replaced:20,}")
    return lacking == 0


def seconds_of_all(review: Review) -> float:
    """How long it takes to read every best copy once, after the records are found on disk."""
    state = load_state(review, records=store.RecordFile(review))
    begun = time.perf_counter()
    for unique_id in state.best_copies:
        state.as_read(unique_id)
    return time.perf_counter() - begun


def main() -> int:
    """Both tables on standard output."""
    parser = options(__doc__, shared=True)
    chosen = parser.parse_args()
    exports = chosen.shared.resolve() / "exports"
    for file, _ in SOURCES.values():
        existing(exports / file, "a real export")
    print(machine())
    nothing_lost = True
    for trust in (list(SOURCES), list(reversed(SOURCES))):
        with tempfile.TemporaryDirectory() as folder:
            review = found_review(Path(folder) / "review", exports, trust)
            state = load_state(review)
            print(f"\n{', '.join(trust)}: {len(state.best_copies):,} reports")
            nothing_lost &= measure(state)
            print(f"  all of them read in {seconds_of_all(review):.2f} s")
    return 0 if nothing_lost else 1


if __name__ == "__main__":
    sys.exit(main())
