"""The pairs of tests/duplicates.toml: records that must or must not be linked, and why."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scopingreview.dedupe import link
from scopingreview.dedupe.matches import PUBLICATIONS
from scopingreview.model import DedupePolicy, Record

FILE = Path(__file__).parent.parent / "duplicates.toml"


@dataclass(frozen=True)
class Pair:
    """Two records, the answer on them, and the other records of their review."""

    kind: str
    answer: str
    because: str
    records: tuple[Record, ...]

    def outcome(self, policy: DedupePolicy = PUBLICATIONS) -> str:
        """Whether the first two records are linked, possible or apart."""
        one, other, *_ = self.records
        return link(self.records, policy=policy).outcome_of(one.record_id, other.record_id)


def read_pairs() -> list[Pair]:
    tables = tomllib.loads(FILE.read_text("utf-8"))["pair"]
    assert tables
    return [
        Pair(table["kind"], table["answer"], table["because"], tuple(_records(table)))
        for table in tables
    ]


def _records(table: dict[str, Any]) -> list[Record]:
    """The records of a pair's table; authors are joined by "; "."""
    records = []
    for name, record_id in (("one", "a:1"), ("other", "b:1"), ("third", "c:1")):
        if name in table:
            authors = tuple(filter(None, table[name].get("authors", "").split("; ")))
            records.append(Record(record_id=record_id, **{**table[name], "authors": authors}))
    return records
