"""The id of a record: the same every time the same export is imported.

`source:accession` where the export carries an accession number, else `source:` and ten hex
digits of what else tells the record apart. Never a row number: decisions hang on these ids.
The normalisation here is frozen for that reason; the one for finding duplicates
(`normalise`) may improve, this one may not.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from scopingreview.model import Content, Record

HASH_DIGITS = 10
REPEAT_MARK = "~"
UNSAFE = re.compile(r"[^\w.:/+()-]+")


def id_of(record: Record | Content, source: str) -> str:
    """The id by which the record is known, before repeats inside its source are numbered."""
    accession = record.accession or record.pmid
    if UNSAFE.search(accession):
        accession = UNSAFE.sub("-", accession)
    if accession := accession.strip("-"):
        return f"{source}:{accession}"
    return f"{source}:{_digest(record.doi or _description(record))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def _description(record: Record | Content) -> str:
    """Title, year and first author's family name, as plain words."""
    author = record.authors[0].partition(",")[0] if record.authors else ""
    return f"{_words(record.title)}|{record.year or ''}|{_words(author)}"


def _words(text: str) -> str:
    """The words of a text; frozen: decisions hang on ids made of them.

    Alike `normalise.words` on purpose, and never to be replaced by it.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(
        re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    )


class Numbering:
    """Gives repeats of an id their number: the second `pubmed:1` is `pubmed:1~2`."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    def numbered(self, record_ids: Sequence[str]) -> list[str]:
        """The next ids in their order: each itself the first time, then with `~2`, `~3` …"""
        news = dict.fromkeys(record_ids, 1)
        if len(news) == len(record_ids) and self._times.keys().isdisjoint(news):
            self._times |= news
            return list(record_ids)
        return list(map(self._unique, record_ids))

    def _unique(self, record_id: str) -> str:
        times = self._times.get(record_id, 0) + 1
        self._times[record_id] = times
        return record_id if times == 1 else f"{record_id}{REPEAT_MARK}{times}"
