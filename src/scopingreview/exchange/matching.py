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
    """The unique records of a review, to be found by what another tool kept of them."""

    def __init__(self, records: Iterable[Record], canonical: Mapping[str, str]) -> None:
        """`records` with all the duplicates: any member of a group leads to its unique record."""
        self._canonical = canonical
        self._records: defaultdict[str, list[Record]] = defaultdict(list)
        self._by_doi: defaultdict[str, set[str]] = defaultdict(set)
        self._by_pmid: defaultdict[str, set[str]] = defaultdict(set)
        self._by_title: defaultdict[str, set[str]] = defaultdict(set)
        for record in records:
            unique_id = canonical[record.record_id]
            self._records[unique_id].append(record)
            self._by_doi[normalise.doi(record.doi)].add(unique_id)
            self._by_pmid[record.pmid].add(unique_id)
            self._by_title[normalise.title(record.title)].add(unique_id)
        for index in (self._by_doi, self._by_pmid, self._by_title):
            index.pop("", None)

    def find(self, said: Said) -> str:
        """The unique record that the row means.

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
        return any(_description(each) == _description(record) for each in self._records[unique_id])

    def _agrees(self, unique_id: str, record: Record, doi: str) -> bool:
        """Whether nothing else tells the row and the record apart."""
        group = self._records[unique_id]
        dois = {normalise.doi(each.doi) for each in group} - {""}
        years = {each.year for each in group if each.year}
        same_doi = not doi or not dois or doi in dois
        near = (
            not record.year
            or not years
            or any(abs(year - record.year) <= YEARS_APART for year in years)
        )
        return same_doi and near


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
