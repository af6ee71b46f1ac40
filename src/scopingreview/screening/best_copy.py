"""What people read of a report: each field from the best of the copies that databases gave it.

The unique record is the copy trusted most, and it speaks wherever it says anything whole. What
it leaves out, or breaks off, its duplicates may say: the first that does in order of trust. What
a person corrected goes before all of them. No record is changed, and none of this counts: a limit
looks at the unique record alone.

The rule of each field:

- **title, authors, journal, abstract**: the first that is whole. A value that breaks off (an
  ellipsis, "et al", "TRUNCATED AT 250 WORDS", an abstract that stops in mid-sentence where
  another goes on) or holds a character that was lost in some file stands behind every whole one;
  a notice that there is none ("[Abstract not available]") stands behind both. The longest is not
  the best: it has the publisher's licence or a second language at its end.
- **year, volume, issue, pages** say together where a report stands, and two copies may tell of
  its appearance online and in print. They come from the first copy that names a volume, else from
  the unique record; what that one leaves out comes from the copies of the same volume, then from
  the others. A first page gives way to the whole range that begins with it.
- **doi**: the first that is one.
- **keywords**: those of all copies, each once, whatever its case and its mark of a main heading.
- **type, pmid, issn, language, url**: the first there is.
- **record_id, source, search, file, ordinal, accession** say where the unique record came from,
  and are never another's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from scopingreview.model import BestCopy, Correction, Duplicate, Record

TEXTS = ("title", "authors", "journal", "abstract")
PLACE = ("year", "volume", "issue", "pages")
FIRST = ("type", "doi", "pmid", "issn", "language", "url")
FIELDS = (*TEXTS[:3], *PLACE, "abstract", "keywords", *FIRST)

KEPT = 64  # best copies in memory: a person goes back and forth, nobody needs all of them at once
NOTHING: Mapping[str, Correction] = {}

WHOLE, BROKEN, NOTICE = range(3)  # how good a value is, the best first
BREAKS_OFF = re.compile(
    r"(?:\.\.\.|…|\bet al\.?|\bTRUNCATED(?: AT \d+ WORDS)?)[\s\])]*$", re.IGNORECASE
)
NO_ABSTRACT = re.compile(
    r"[\[(]?(?:an |the )?(?:no )?(?:publisher: )?abstract (?:is )?(?:not )?available"
    r"(?: from the publisher)?[\])]?\.?|[\[(]?no abstract[\])]?\.?",
    re.IGNORECASE,
)
LOST_CHARACTER = "\ufffd"
SENTENCE_ENDS = (".", "!", "?", ")", "]", '"', "”")
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


def best_copy(copies: Sequence[Record], corrected: Mapping[str, Correction] = NOTHING) -> BestCopy:
    """The best of a group's copies, which come in order of trust, the unique record first.

    `corrected` are the corrections that stand of the unique record, by field; it has them already.
    """
    unique = copies[0]
    if len(copies) == 1:
        return BestCopy(unique, corrected=corrected)
    chosen: dict[str, Record] = {}
    for field in (*TEXTS, *FIRST):
        chosen |= _first(field, copies, copies)
    for field in PLACE:
        chosen |= _first(field, _by_place(copies), copies)
    values = {field: getattr(copy, field) for field, copy in chosen.items()}
    taken: dict[str, tuple[str, ...]] = {
        field: (copy.record_id,)
        for field, copy in chosen.items()
        if values[field] != getattr(unique, field)
    }
    values["keywords"], others = _all_keywords(copies)
    if others:
        taken["keywords"] = others
    for field in corrected:
        if own := getattr(unique, field):
            values[field] = own
            taken.pop(field, None)
    return BestCopy(replace(unique, **values), taken, corrected)


def _first(
    field: str, in_order: Sequence[Record], copies: Sequence[Record]
) -> Mapping[str, Record]:
    """The copy that has the best value of the field, the first of equals; {} if none has any."""
    holding = [copy for copy in in_order if getattr(copy, field)]
    if not holding:
        return {}
    best = min(holding, key=lambda copy: _flaw(field, getattr(copy, field), copies))
    if field == "pages":
        best = _with_last_page(best, holding)
    return {field: best}


def _flaw(field: str, value: Any, copies: Sequence[Record]) -> int:
    """How much is wrong with the value: WHOLE, BROKEN or NOTICE."""
    if field == "doi":
        return WHOLE if DOI.fullmatch(value) else BROKEN
    if field not in TEXTS:
        return WHOLE
    text = "; ".join(value) if field == "authors" else str(value)
    if field == "abstract" and NO_ABSTRACT.fullmatch(text.strip()):
        return NOTICE
    if LOST_CHARACTER in text or BREAKS_OFF.search(text):
        return BROKEN
    if field == "abstract" and _stops_early(text, copies):
        return BROKEN
    return WHOLE


def _stops_early(abstract: str, copies: Sequence[Record]) -> bool:
    """Whether the abstract ends in mid-sentence where that of another copy goes on."""
    begun = _in_one_line(abstract)
    if begun.endswith(SENTENCE_ENDS):
        return False
    others = (_in_one_line(copy.abstract) for copy in copies)
    return any(len(other) > len(begun) and other.startswith(begun) for other in others)


def _in_one_line(text: str) -> str:
    return " ".join(text.casefold().split())


def _by_place(copies: Sequence[Record]) -> list[Record]:
    """The copies as they say where the report stands: one that names a volume, then its like."""
    first = next((copy for copy in copies if copy.volume), copies[0])
    return sorted(
        copies,
        key=lambda copy: (copy is not first, not copy.volume or copy.volume != first.volume),
    )


def _with_last_page(first: Record, holding: Iterable[Record]) -> Record:
    begins = f"{first.pages}-"
    return next((copy for copy in holding if copy.pages.startswith(begins)), first)


def _all_keywords(copies: Sequence[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keywords of all copies, and the records besides the first that any of them is from."""
    words: dict[str, str] = {}
    others: list[str] = []
    for copy in copies:
        known = len(words)
        for word in copy.keywords:
            words.setdefault(word.casefold().replace("*", "").strip(), word)
        if copy is not copies[0] and len(words) > known:
            others.append(copy.record_id)
    own = copies[0].keywords
    added = (word for word in words.values() if word not in own)
    return (*own, *added), tuple(others)


class BestCopies(Mapping[str, BestCopy]):
    """The best copy of every unique record, by its id, in the order of import.

    Worked out when it is asked for, from the records of its group and no others.
    """

    def __init__(
        self,
        records: Mapping[str, Record],
        duplicates: Iterable[Duplicate],
        trust: Sequence[str],
        corrected: Mapping[str, Mapping[str, Correction]],
    ) -> None:
        """`trust` is what the ids of each source begin with, the most trusted first.

        `corrected` are the corrections that stand of each unique record; `records` has them.
        """
        self._records = records
        self._corrected = corrected
        self._linked: dict[str, str] = {}
        members: dict[str, list[str]] = defaultdict(list)
        for link in duplicates:
            if link.record_id in records:
                self._linked[link.record_id] = link.duplicate_of
                members[link.duplicate_of].append(link.record_id)
        rank = {source: place for place, source in enumerate(trust)}

        def by_trust(record_id: str) -> tuple[int, str]:
            """The source's name begins the id: nothing needs to be read to know the order."""
            return (rank.get(record_id.partition(":")[0], len(rank)), record_id)

        self._others = {key: sorted(found, key=by_trust) for key, found in members.items()}
        self._best = lru_cache(maxsize=KEPT)(self._work_out)

    def __getitem__(self, unique_id: str) -> BestCopy:
        if unique_id in self._linked:
            raise KeyError(unique_id)
        return self._best(unique_id)

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._records if key not in self._linked)

    def __len__(self) -> int:
        return len(self._records) - len(self._linked)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._records and record_id not in self._linked

    def copies(self, unique_id: str) -> list[str]:
        """The ids of its group in order of trust, the unique record first."""
        return [unique_id, *self._others.get(unique_id, ())]

    def _work_out(self, unique_id: str) -> BestCopy:
        copies = [self._records[key] for key in self.copies(unique_id)]
        return best_copy(copies, self._corrected.get(unique_id, NOTHING))
