"""data/derived/record_index.json: where each record begins in records.csv, and its search.

What commands ask of every record stands here, so that they need not read 100,000 abstracts to
count the records. It is written with records.csv, counts only for the very bytes it was made of
(it says their sha256), and may be deleted: it is made again by whoever counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate, groupby, repeat
from typing import NamedTuple

from scopingreview.errors import NotWrittenError
from scopingreview.paths import RECORD_INDEX, RECORDS, Review
from scopingreview.store.digests import Digests
from scopingreview.store.files import write_text

FORM = 1  # of the file: another one is not read


class IndexedLines(NamedTuple):
    """The lines of records.csv of some records of a search, and what the index says of them."""

    record_ids: Sequence[str]
    search: str
    lines: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """The records in the order of import: their ids, and how many bytes each of their rows has.

    `begin` is where the first begins; `read_from` says how many each search has.
    """

    begin: int
    ids: list[str]
    sizes: list[int]
    read_from: Mapping[str, int]

    @property
    def end(self) -> int:
        """Where the last record ends, and the file does."""
        return self.begin + sum(self.sizes)

    def bounds(self) -> list[int]:
        """Where each row begins, and where the last one ends."""
        return list(accumulate(self.sizes, initial=self.begin))


@dataclass(slots=True)
class Indexing:
    """The index of records.csv, made while it is written.

    `ids`, `sizes` and `searches` have an entry for each record.
    """

    begin: int
    ids: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    digest: str = ""

    def pieces(self, header: bytes, batches: Iterable[IndexedLines]) -> Iterator[bytes]:
        """The bytes of the file; when they are through, the index is known."""
        hashed = sha256(header)
        yield header
        for record_ids, search, lines in batches:
            self.ids += record_ids
            self.sizes += map(len, lines)
            self.searches += repeat(search, len(lines))
            piece = b"".join(lines)
            hashed.update(piece)
            yield piece
        self.digest = hashed.hexdigest()

    def write(self, review: Review) -> None:
        """The index is on disk; a disk that refuses only costs the time to do without."""
        document = {
            "form": FORM,
            "sha256": self.digest,
            "begin": self.begin,
            "read_from": [(name, len(list(same))) for name, same in groupby(self.searches)],
            "ids": self.ids,
            "sizes": self.sizes,
        }
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        try:
            write_text(review.path(RECORD_INDEX), text)
        except NotWrittenError:
            return


def ids_as_written(review: Review) -> Sequence[str]:
    """The ids that the index has, whatever has become of records.csv since; none without one."""
    try:
        found: Sequence[str] = json.loads(review.path(RECORD_INDEX).read_bytes())["ids"]
    except (OSError, ValueError, LookupError, TypeError):
        return ()
    return found


def read_index(review: Review) -> RecordIndex | None:
    """The index of records.csv as it is now; None when there is none, or it is of other bytes."""
    try:
        found = json.loads(review.path(RECORD_INDEX).read_bytes())
        if found["form"] != FORM or found["sha256"] != Digests(review).of(RECORDS):
            return None
        read_from: Counter[str] = Counter()
        for name, records in found["read_from"]:
            read_from[name] += records
        return RecordIndex(found["begin"], found["ids"], found["sizes"], read_from)
    except (OSError, ValueError, LookupError, TypeError):
        return None
