"""data/derived/record_index.json: where each record begins in records.csv, and its search.

What commands ask of every record stands here, so that they need not read 100,000 abstracts to
count the records. It is written with records.csv, counts only for the very bytes it was made of
(it says their sha256), and may be deleted: it is made again by whoever counts.

Ids and places are one text each, since a JSON list of 100,000 takes longer to read than all else:
the ids with a mark between them, the places as numbers of eight bytes, the least first, in Base64.
"""

from __future__ import annotations

import json
import sys
from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate, groupby, repeat
from typing import Any, NamedTuple

from scopingreview.errors import NotWrittenError
from scopingreview.paths import RECORD_INDEX, RECORDS, Review
from scopingreview.store.digests import Digests
from scopingreview.store.files import write_text

FORM = 2  # of the file: another one is not read
BETWEEN = ";"  # no record id holds one; where one does there is no index


class IndexedLines(NamedTuple):
    """The lines of records.csv of some records of a search, and what the index says of them.

    `sizes` are the bytes of each line.
    """

    record_ids: Sequence[str]
    search: str
    lines: bytes
    sizes: Sequence[int]


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """The ids of the records in the order of import, and where the row of each begins.

    `bounds` has one place more: where the last record ends, and the file does. `read_from` says
    how many records each search has.
    """

    ids: Sequence[str]
    bounds: Sequence[int]
    read_from: Mapping[str, int]


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
        for record_ids, search, lines, sizes in batches:
            self.ids += record_ids
            self.sizes += sizes
            self.searches += repeat(search, len(sizes))
            hashed.update(lines)
            yield lines
        self.digest = hashed.hexdigest()

    def write(self, review: Review) -> None:
        """The index is on disk; a disk that refuses only costs the time to do without.

        Records of which two have one id have no index.
        """
        ids = BETWEEN.join(self.ids)
        if ids.count(BETWEEN) != max(0, len(self.ids) - 1) or len(set(self.ids)) != len(self.ids):
            return
        document = {
            "form": FORM,
            "sha256": self.digest,
            "records": len(self.ids),
            "read_from": [(name, len(list(same))) for name, same in groupby(self.searches)],
            "ids": ids,
            "bounds": _as_text(accumulate(self.sizes, initial=self.begin)),
        }
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        try:
            write_text(review.path(RECORD_INDEX), text)
        except NotWrittenError:
            return


def _as_text(places: Iterable[int]) -> str:
    numbers = array("q", places)
    if sys.byteorder == "big":
        numbers.byteswap()
    return b64encode(numbers.tobytes()).decode("ascii")


def _as_numbers(text: str) -> Sequence[int]:
    numbers = array("q", b64decode(text, validate=True))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def ids_as_written(review: Review) -> Sequence[str]:
    """The ids that the index has, whatever has become of records.csv since; none without one."""
    try:
        return _ids_in(json.loads(review.path(RECORD_INDEX).read_bytes()))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ()


def _ids_in(found: Mapping[str, Any]) -> Sequence[str]:
    ids: list[str] = found["ids"].split(BETWEEN)
    return ids if found["records"] else ()


def read_index(review: Review) -> RecordIndex | None:
    """The index of records.csv as it is now; None when there is none, or it is of other bytes."""
    try:
        found = json.loads(review.path(RECORD_INDEX).read_bytes())
        if found["form"] != FORM or found["sha256"] != Digests(review).of(RECORDS):
            return None
        read_from: Counter[str] = Counter()
        for name, records in found["read_from"]:
            read_from[name] += records
        return RecordIndex(_ids_in(found), _as_numbers(found["bounds"]), read_from)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
