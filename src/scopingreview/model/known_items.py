"""Papers that the team knows must be found, and what became of each: config/known-items.csv."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A paper known before the search, as the team wrote it: by DOI, PMID or title, or several."""

    doi: str = ""
    pmid: str = ""
    title: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """What people would call it by."""
        return self.title or self.doi or f"PMID {self.pmid}"


class Step(StrEnum):
    """Where on its way a known item was lost; `NOWHERE` when it is included or still undecided."""

    NOWHERE = ""
    SEARCH = "search"
    LIMITS = "limits"
    TITLE_ABSTRACT = "title-abstract"
    RETRIEVAL = "retrieval"
    FULL_TEXT = "full-text"


@dataclass(frozen=True, slots=True)
class Recalled:
    """What became of a known item.

    `record_ids` are all the records of its report, the unique one first; none when no search found
    it. `found_by` are the labels of the sources that have one. `lost_at` is the step that lost it,
    `stands` says in words where it is now, from what is settled and nothing else.
    """

    item: KnownItem
    record_ids: tuple[str, ...]
    found_by: tuple[str, ...]
    lost_at: Step
    stands: str
