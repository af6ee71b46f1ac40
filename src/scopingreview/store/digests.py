"""The sha256 of a review's files, each worked out once for as long as the file stays the same.

A file is the same while its size, its times and its place on the disk are: the system moves the
time of change with every write, and no program can set it back. What was worked out stands in
data/derived/digests.json, as git keeps its index; without it everything is worked out again.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from scopingreview.errors import NotWrittenError
from scopingreview.paths import DIGESTS, Review
from scopingreview.store.files import write_text
from scopingreview.store.raw import sha256

# A file that was written in the same moment as what is kept about it may be written again in
# that moment, with the same size and the same times.
ONE_MOMENT = 20_000_000  # nanoseconds: longer than the clock of any file system stands still

Looks = list[int]  # size, time of writing, time of change, place: as json gives them back


class Digests:
    """The digests of one review, by the names of its files."""

    def __init__(self, review: Review) -> None:
        """Begin with what was kept; spoiled or from elsewhere, it is worked out again."""
        self._review = review
        self._kept: dict[str, tuple[Looks, str]] = {}
        self._has_learned = False
        path = review.path(DIGESTS)
        with suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
            kept = json.loads(path.read_text(encoding="utf-8"))
            settled = path.stat().st_mtime_ns - ONE_MOMENT
            for name, (looks, digest) in kept.items():
                if max(looks[1], looks[2]) < settled:
                    self._kept[name] = (looks, digest)

    def of(self, name: str) -> str:
        """The sha256 of the file as it is now; "" when there is none."""
        path = self._review.path(name)
        if not path.is_file():
            return ""
        looks = _looks_of(path)
        before = self._kept.get(name)
        if before is None or before[0] != looks:
            self._kept[name] = (looks, sha256(path))
            self._has_learned = True
        return self._kept[name][1]

    def learn(self, name: str, digest: str, written: os.stat_result | None) -> None:
        """The file has that digest, if it is still the one that was written (`write_pieces`)."""
        path = self._review.path(name)
        if written is None or not path.is_file():
            return
        looks = _looks_of(path)
        size, written_at, _, place = looks
        if (size, written_at, place) == (written.st_size, written.st_mtime_ns, written.st_ino):
            self._kept[name] = (looks, digest)
            self._has_learned = True

    def save(self) -> None:
        """Keep what was worked out; a disk that refuses only costs the time to do it again."""
        if self._has_learned:
            kept = dict(sorted(self._kept.items()))
            with suppress(NotWrittenError):
                write_text(self._review.path(DIGESTS), json.dumps(kept, indent=0) + "\n")


def _looks_of(path: Path) -> Looks:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
