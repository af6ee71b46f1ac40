"""Which record of the review a row of another tool's file means: by id, DOI, PMID, else title.

Of several with the title, the one whose authors, year and place of publication are the row's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scopingreview import normalise
from scopingreview.errors import ReviewError
from scopingreview.exchange.foreign_decision import Said
from scopingreview.model import Record

YEARS_APART = 1  # online first and in print


class NoRecordError(ReviewError):
    """What was looked for is no record of the review."""


class Finder:
    """The unique records of a review, to be found by what another tool kept of them.

    It knows those that one of the rows may mean, and no others: a review has many more.
    """

    def __init__(
        self, records: Mapping[str, Record], canonical: Mapping[str, str], sought: Iterable[Said]
    ) -> None:
        """`records` with all the duplicates: any member of a group leads to its unique record.

        `sought` are the rows that will be looked for. Records are read only where a row names none.
        """
        self._records = records
        self._canonical = canonical
        nameless = [said.record for said in sought if canonical.keys().isdisjoint(said.record_ids)]
        self._by_doi = _sought(normalise.doi(each.doi) for each in nameless)
        self._by_pmid = _sought(each.pmid for each in nameless)
        self._by_title = _sought(normalise.title(each.title) for each in nameless)
        if self._by_doi or self._by_pmid or self._by_title:
            for record in records.values():
                self._keep(record)
        indexes = (self._by_doi, self._by_pmid, self._by_title)
        kept = set[str]().union(*(ids for index in indexes for ids in index.values()))
        self._copies: defaultdict[str, list[str]] = defaultdict(list)
        for record_id, unique_id in canonical.items():
            if unique_id in kept:
                self._copies[unique_id].append(record_id)

    def _keep(self, record: Record) -> None:
        """The record can be found by what a row says of it."""
        unique_id = self._canonical[record.record_id]
        for index, said in (
            (self._by_doi, normalise.doi(record.doi)),
            (self._by_pmid, record.pmid),
            (self._by_title, normalise.title(record.title)),
        ):
            if said in index:
                index[said].add(unique_id)

    def find(self, said: Said) -> str:
        """The unique record that the row means, one of those that are sought.

        Raises NoRecordError when it means none, ReviewError when several would do or when what
        has its title is told apart by the DOI or the year.
        """
        for record_id in said.record_ids:
            if record_id in self._canonical:
                return self._canonical[record_id]
        doi, title = normalise.doi(said.record.doi), normalise.title(said.record.title)
        alike = self._by_title.get(title, set())
        for found in (self._by_doi.get(doi), self._by_pmid.get(said.record.pmid)):
            if found:
                return _only(found & alike if len(found) > 1 else found, said)
        agreeing = {unique_id for unique_id in alike if self._agrees(unique_id, said.record, doi)}
        if alike and not agreeing:
            other = sorted(alike)[0]
            raise ReviewError(f"{_name(said)} has the title of {other}, but another DOI or year")
        same = {unique_id for unique_id in agreeing if self._describes(unique_id, said.record)}
        return _only(same if len(same) == 1 else agreeing, said)

    def _describes(self, unique_id: str, record: Record) -> bool:
        """Whether one of the copies says just what the row says, title and beyond."""
        return any(_description(each) == _description(record) for each in self._group(unique_id))

    def _group(self, unique_id: str) -> list[Record]:
        return [self._records[record_id] for record_id in self._copies[unique_id]]

    def _agrees(self, unique_id: str, record: Record, doi: str) -> bool:
        """Whether nothing else tells the row and the record apart."""
        group = self._group(unique_id)
        dois = {normalise.doi(each.doi) for each in group} - {""}
        years = {each.year for each in group if each.year}
        same_doi = not doi or not dois or doi in dois
        near = (
            not record.year
            or not years
            or any(abs(year - record.year) <= YEARS_APART for year in years)
        )
        return same_doi and near


def _sought(words: Iterable[str]) -> dict[str, set[str]]:
    """No unique record yet for each of the words; missing never matches missing."""
    return {word: set() for word in words if word}


def _description(record: Record) -> tuple[object, ...]:
    return (record.authors, record.year, record.journal, record.volume, record.issue, record.pages)


def _only(found: set[str], said: Said) -> str:
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = ", ".join(sorted(found))
        raise ReviewError(f"{_name(said)} may be any of {several}", hint="Name its record_id.")
    raise NoRecordError(f"{_name(said)} is no record of this review")


def _name(said: Said) -> str:
    """The row as a person would name it."""
    title = said.record.title
    if title:
        return f'"{title if len(title) <= 60 else title[:60] + "…"}"'
    return said.record.doi or ", ".join(said.record_ids) or "a row without id, DOI or title"
