"""Who is dealt which record, and how many decisions each record needs.

The draw follows from the protocol's seed, the phase and the record (weighted rendezvous hashing:
Thaler & Ravishankar 1998, doi:10.1109/90.663936), so every machine deals the same hand, and
when a reviewer joins or leaves only the records that must change hands do.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat

from scopingreview.model import Allocation, Phase, PhaseRules, Protocol

BITS = 52  # what a float holds of a number below 1, with room for the half that keeps it off 0
ROUNDS = 60  # of bringing the weights to the efforts: the shares come out to half a percent


@dataclass(frozen=True, slots=True)
class Team:
    """Those who screen a phase now.

    `weights[k]` are the weights of the draw when a record needs k people. Without weights
    nothing is dealt: a record waits for everyone until enough have decided.
    """

    seed: str
    phase: Phase
    people: tuple[str, ...]
    seniors: frozenset[str] = frozenset()
    weights: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    def waits_for(self, record_id: str, decided_by: Collection[str], needed: int) -> list[str]:
        """Who still owes a decision on the record; those who decided without owing one count."""
        missing = needed - len(decided_by)
        free = [name for name in self.people if name not in decided_by]
        if missing <= 0:
            return []
        if not self.weights or missing >= len(free):
            return free
        ranked = sorted(free, key=lambda name: self._place(record_id, name, needed))
        chosen = ranked[:missing]
        if needed > 1 and self.seniors.isdisjoint((*decided_by, *chosen)):
            chosen[-1:] = [name for name in ranked if name in self.seniors][:1] or chosen[-1:]
        return chosen

    def _place(self, record_id: str, name: str, needed: int) -> float:
        weights = self.weights[min(needed, len(self.people))]
        return -math.log(random_number(self.seed, self.phase, record_id, name)) / weights[name]


def team_of(protocol: Protocol, phase: Phase, away: Collection[str] = ()) -> Team:
    """Those who screen the phase by the protocol as it stands, without those who left it."""
    rules = protocol.phases[phase]
    allocation = rules.allocation
    active = [
        person.name for person in protocol.reviewers if person.active and person.name not in away
    ]
    if allocation is None:
        return Team(protocol.seed, phase, tuple(active))
    effort = {name: allocation.effort.get(name, 1.0) for name in active}
    effort = {name: weight for name, weight in effort.items() if weight > 0}
    many = min(rules.reviewers_needed, len(effort))
    return Team(
        seed=protocol.seed,
        phase=phase,
        people=tuple(effort),
        seniors=frozenset(allocation.seniors) & frozenset(effort),
        weights={k: draw_weights(effort, k) for k in {1, many} if effort},
    )


class _AsManyEach(Mapping[str, int]):
    """How many decisions each record needs where all need as many, in the order given."""

    def __init__(self, unique_ids: Iterable[str], number: int) -> None:
        self._ids = list(unique_ids)
        self.number = number

    @cached_property
    def _members(self) -> frozenset[str]:
        return frozenset(self._ids)

    def __getitem__(self, unique_id: str) -> int:
        if unique_id in self._members:
            return self.number
        raise KeyError(unique_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def values(self) -> ValuesView[int]:
        """The number, as often as there are records."""
        return _SameNumber(self)


class _SameNumber(ValuesView[int]):
    """The numbers of a million records, of which none is looked up."""

    def __init__(self, needed: _AsManyEach) -> None:
        super().__init__(needed)
        self._needed = needed

    def __iter__(self) -> Iterator[int]:
        return repeat(self._needed.number, len(self._needed))


def decisions_needed(
    unique_ids: Iterable[str], rules: PhaseRules, *, seed: str, shared: Collection[str] = ()
) -> Mapping[str, int]:
    """How many people must decide on each record, in the order given.

    The overlap is drawn record by record, so a new search changes no other record's number.
    `shared` records (a pilot's) are never left to one person.
    """
    many = rules.reviewers_needed
    overlap = (rules.allocation or Allocation()).overlap
    if overlap >= 1 or many == 1:
        return _AsManyEach(unique_ids, many)
    return {
        unique_id: many
        if unique_id in shared or random_number(seed, rules.phase, "overlap", unique_id) < overlap
        else 1
        for unique_id in unique_ids
    }


def random_number(*words: str) -> float:
    """A number between 0 and 1 (never either) that follows from these words, from others another.

    It is the same on every machine, whatever was drawn before it.
    """
    digest = hashlib.sha256("\x1f".join(words).encode()).digest()
    return ((int.from_bytes(digest[:8]) >> (64 - BITS)) + 0.5) / (1 << BITS)


def draw_weights(effort: Mapping[str, float], places: int) -> dict[str, float]:
    """The weights with which drawing `places` people gives each their share of the records.

    Drawing several at once flattens the differences between weights, so they are spread until
    the shares fit the efforts. Nobody can have more than every record; what is asked beyond
    that goes to the others.
    """
    names, wanted = list(effort), _shares_wanted(list(effort.values()), places)
    if places == 1 or len(set(wanted)) == 1:
        return dict(effort)
    weights = list(wanted)
    for _ in range(ROUNDS):
        shares = _shares_drawn(weights, places)
        weights = [w * want / share for w, want, share in zip(weights, wanted, shares, strict=True)]
    return {name: round(weight, 9) for name, weight in zip(names, weights, strict=True)}


def _shares_wanted(effort: Sequence[float], places: int) -> list[float]:
    """Each one's share of the records, from 0 to 1; together they fill the places."""
    full: set[int] = set()
    while True:
        open_places = places - len(full)
        total = sum(weight for i, weight in enumerate(effort) if i not in full)
        shares = [
            1.0 if i in full else open_places * weight / total for i, weight in enumerate(effort)
        ]
        over = {i for i, share in enumerate(shares) if share > 1}
        if not over:
            return shares
        full |= over


def _shares_drawn(weights: Sequence[float], places: int) -> list[float]:
    """How likely each is among the first `places` drawn one after another by weight."""
    chances = {frozenset[int](): 1.0}
    for _ in range(places):
        further: defaultdict[frozenset[int], float] = defaultdict(float)
        for drawn, chance in chances.items():
            left = {i: weight for i, weight in enumerate(weights) if i not in drawn}
            total = sum(left.values())
            for i, weight in left.items():
                further[drawn | {i}] += chance * weight / total
        chances = further
    return [
        sum(chance for drawn, chance in chances.items() if i in drawn) for i in range(len(weights))
    ]
