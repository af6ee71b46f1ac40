"""How the report names those who screened and charted: as the protocol says it may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scopingreview.model import Person, Protocol
from scopingreview.model.result_rules import PeopleShown
from scopingreview.report.methods import listed
from scopingreview.screening.pseudonyms import pseudonyms


@dataclass(frozen=True, slots=True)
class ToldPeople:
    """What each person is called: `short` in tables, `full` in sentences, both by name.

    `authors` are the full names of the reviewers and adjudicators, none unless names are shown.
    """

    short: Mapping[str, str]
    full: Mapping[str, str]
    authors: tuple[str, ...] = ()

    def in_tables(self, names: Iterable[str]) -> tuple[str, ...]:
        """The people as a table calls them; whoever is not known keeps the name."""
        return tuple(self.short.get(name, name) for name in names)


def told_people(protocol: Protocol, shown: PeopleShown, others: Iterable[str] = ()) -> ToldPeople:
    """How everyone is named; `others` are people whom files name and the protocol does not."""
    instead = pseudonyms(protocol, others)
    if shown is PeopleShown.HIDDEN:
        spoken = {name: other.replace("-", " ") for name, other in instead.items()}
        return ToldPeople(spoken, spoken)
    short = {name: name for name in instead}
    if shown is PeopleShown.INITIALS:
        return ToldPeople(short, short)
    named = (*protocol.reviewers, *protocol.adjudicators)
    return ToldPeople(
        short,
        short | {p.name: _full(p) for p in _everybody(protocol)},
        tuple(dict.fromkeys(p.full_name for p in named if p.full_name)),
    )


def _everybody(protocol: Protocol) -> Iterator[Person]:
    yield from protocol.adjudicators
    yield from protocol.reviewers


def _full(person: Person) -> str:
    return f"{person.full_name} ({person.name})" if person.full_name else person.name


def who_sentence(
    people: ToldPeople, what: str, screened: Iterable[str], settled: Iterable[str]
) -> Iterator[str]:
    """Who did `what` (`Titles and abstracts were screened`), and who settled differences."""
    done = [people.full.get(name, name) for name in screened]
    if not done:
        return
    yield f"{what} by {listed(done, 'and')}."
    if by := [people.full.get(name, name) for name in settled]:
        yield f"Differences were settled by {listed(by, 'and')}."
