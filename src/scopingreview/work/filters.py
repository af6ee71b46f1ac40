"""Listing some of the records: `maybe`, `label:later year:2015-2020`, `burnout nurses`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scopingreview.errors import UsageError, nearest
from scopingreview.model import Record, Standing, Verdict
from scopingreview.store import RecordFile
from scopingreview.work.session import Session

VERDICTS = {verdict.value: verdict for verdict in (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE)}
STANDINGS = ("undecided", "mine", "conflict", *VERDICTS)
FIELDS = ("label", "reason", "year", "source", "text")
YEARS = re.compile(r"(\d{4})?(-)?(\d{4})?")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a record must be to be listed; everything asked for must hold. Empty lists all."""

    standings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filter()


def parse_filter(text: str) -> Filter:
    """The filter in a person's words. Raises UsageError naming the nearest known word."""
    values: dict[str, list[str]] = {"standing": [], **{name: [] for name in FIELDS}}
    for word in text.split():
        name, colon, value = word.partition(":")
        if word.casefold() in STANDINGS:
            values["standing"].append(word.casefold())
        elif colon and name.casefold() in FIELDS:
            values[name.casefold()].append(value)
        elif colon and name.isalpha():
            raise UsageError(f'unknown filter "{name}:"', hint=nearest(name, FIELDS))
        else:
            values["text"].append(word)
    return Filter(
        standings=tuple(values["standing"]),
        labels=tuple(values["label"]),
        reasons=tuple(values["reason"]),
        years=_years(values["year"]),
        sources=tuple(values["source"]),
        words=tuple(values["text"]),
    )


def _years(given: list[str]) -> tuple[int, int] | None:
    if not given:
        return None
    match = YEARS.fullmatch(given[-1])
    if match is None or not given[-1] or given[-1] == "-":
        raise UsageError(f'"{given[-1]}" is no year', hint="Write 2019, 2015-2020, 2015- or -2020.")
    first, dash, last = match.groups()
    if not dash:
        return int(first), int(first)
    return int(first or 0), int(last or 9999)


def candidates(session: Session, wanted: Filter) -> list[str]:
    """The records this person can reach whose decisions are as asked for, in their order."""
    return [key for key in session.reachable() if _decided_so(session, key, wanted)]


def among(session: Session, wanted: Filter, ids: list[str]) -> Iterator[str]:
    """Those of the records whose own fields are as asked for; the records are read one by one."""
    if not (wanted.words or wanted.years or wanted.sources):
        yield from ids
        return
    authors = not session.rules.blind_to_authors
    for record in _that_may_hold(session, wanted.words, ids):
        if (
            (not wanted.sources or record.source in wanted.sources)
            and (wanted.years is None or _within(record.year, wanted.years))
            and holds(session.shown(record), wanted.words, authors=authors)
        ):
            yield record.record_id


def _that_may_hold(session: Session, words: Sequence[str], ids: list[str]) -> Iterator[Record]:
    """Each record as people read it, without those that a look at the rows rules out."""
    state, file = session.state, session.state.originals

    def may_hold(unique_id: str) -> bool:
        if not isinstance(file, RecordFile) or unique_id in state.corrected:
            return True
        return file.may_hold(words, state.best_copies.copies(unique_id))

    return (state.as_read(unique_id) for unique_id in filter(may_hold, ids))


def holds(record: Record, words: Iterable[str], *, authors: bool) -> bool:
    """Whether title, abstract, keywords, journal (and authors, if shown) hold all the words."""
    parts = [record.title, record.abstract, record.journal, *record.keywords]
    if authors:
        parts += record.authors
    text = "\n".join(parts).casefold()
    return all(word.casefold() in text for word in words)


def _decided_so(session: Session, unique_id: str, wanted: Filter) -> bool:
    decision = session.standing(unique_id)
    labels = session.history.labels(unique_id)
    return (
        all(_stands_so(session, unique_id, standing) for standing in wanted.standings)
        and all(label in labels for label in wanted.labels)
        and all(decision is not None and decision.reason == key for key in wanted.reasons)
    )


def _stands_so(session: Session, unique_id: str, standing: str) -> bool:
    decision = session.standing(unique_id)
    if standing == "conflict":
        outcome = session.state.outcomes[session.desk.phase].get(unique_id)
        in_conflict = outcome is not None and outcome.standing is Standing.IN_CONFLICT
        return decision is not None and in_conflict
    if standing == "undecided":
        return decision is None
    if standing == "mine":
        return decision is not None
    return decision is not None and decision.verdict is VERDICTS[standing]


def _within(year: int | None, years: tuple[int, int]) -> bool:
    return year is not None and years[0] <= year <= years[1]
