"""Which records are screened by title and abstract, and what becomes of the others.

Asked here and nowhere else: reviewers meet, and boxes count, what this says. The main lane holds
databases and registers, the other lane everything else, unless the protocol runs all through the
main lane. A limit removes a record that nobody has touched; what only other methods found passes
unscreened, as the official diagram has it; all the others are screened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain, filterfalse

from scopingreview.model import (
    Limits,
    Look,
    OtherMethods,
    Phase,
    Protocol,
    Record,
    Retrieval,
    SourceKind,
    Unscreened,
)
from scopingreview.screening.outcomes import unique_among
from scopingreview.screening.standing_votes import Votes, decided_on

MAIN_KINDS = (SourceKind.DATABASE, SourceKind.REGISTER)


class Lane(StrEnum):
    """A way into the review, and a column of the diagram."""

    MAIN = "databases and registers"
    OTHER = "other methods"


def id_prefixes(record_ids: Iterable[str]) -> list[str]:
    """The names that the records' sources had first: an id begins with it."""
    return [record_id.partition(":")[0] for record_id in record_ids]


def source_lanes(protocol: Protocol) -> dict[str, Lane]:
    """The lane of every source, by name."""
    one_lane = protocol.flow.other_methods is OtherMethods.MAIN_LANE
    return {
        source.name: Lane.MAIN if one_lane or source.kind in MAIN_KINDS else Lane.OTHER
        for source in protocol.sources
    }


@dataclass(frozen=True)
class Eligibility:
    """The ways of a review's unique records to title and abstract, or past it.

    `canonical` gives the unique record of every record, `votes` the standing decisions by phase
    and unique record, `retrievals` the last step of each report that was sought, `sent_back` the
    unique records that people had decided on before they sent them back. Records are read only of
    those that a limit could remove, and only when there are limits. `named_look` is the look at
    which the stopping rule was met.
    """

    protocol: Protocol
    records: Mapping[str, Record]
    canonical: Mapping[str, str]
    votes: Mapping[Phase, Mapping[str, Votes]]
    retrievals: Mapping[str, Retrieval]
    sent_back: Collection[str] = ()
    named_look: Look | None = None

    @cached_property
    def lanes(self) -> Mapping[str, Lane]:
        """The lane of every unique record: the main one as soon as a member of its group has it."""
        lanes: dict[str, Lane] = {}
        of_record = self.lane_of_record.values()
        for unique_id, lane in zip(self.canonical.values(), of_record, strict=True):
            if lane is Lane.MAIN or unique_id not in lanes:
                lanes[unique_id] = lane
        return lanes

    @cached_property
    def lane_of_record(self) -> Mapping[str, Lane]:
        """The lane of every record, by its source alone."""
        by_source, of_ids = source_lanes(self.protocol), self.protocol.sources_of_ids()
        there = set(by_source.values())
        if len(there) == 1:
            return dict.fromkeys(self.canonical, there.pop())
        lanes = {prefix: by_source[source.name] for prefix, source in of_ids.items()}
        found = map(lanes.__getitem__, id_prefixes(self.canonical))
        return dict(zip(self.canonical, found, strict=True))

    @cached_property
    def keepers(self) -> frozenset[str]:
        """The one record per group, in the group's lane, that is not a duplicate there."""
        others: dict[str, str] = {}
        for record_id, unique_id in self._duplicates:
            lane = self.lanes[unique_id]
            if self._own_lane(unique_id) is not lane and self.lane_of_record[record_id] is lane:
                others.setdefault(unique_id, record_id)
        return frozenset(
            chain(filterfalse(others.__contains__, self._unique_ids()), others.values())
        )

    @cached_property
    def _duplicates(self) -> list[tuple[str, str]]:
        """The records that stand for another one, each with that."""
        return [(key, unique_id) for key, unique_id in self.canonical.items() if key != unique_id]

    def _own_lane(self, unique_id: str) -> Lane | None:
        """The lane of the record that a group goes by; None where that is in another group."""
        is_own = self.canonical.get(unique_id) == unique_id
        return self.lane_of_record[unique_id] if is_own else None

    @cached_property
    def removed(self) -> Mapping[str, str]:
        """The limit that removes a record, for each unique record that one removes."""
        return self._removed_of(self._unique_ids())

    @cached_property
    def unscreened(self) -> frozenset[str]:
        """The unique records that go to retrieval without screening by title and abstract.

        Those of the other lane that no limit removes, unless somebody screened them all the same.
        """
        if Lane.OTHER not in source_lanes(self.protocol).values():
            return frozenset()
        screened = self.votes[Phase.TITLE_ABSTRACT]
        others = [
            unique_id
            for unique_id in self._unique_ids()
            if self.lanes[unique_id] is Lane.OTHER and not screened.get(unique_id)
        ]
        return frozenset(others).difference(self._removed_of(others))

    @cached_property
    def to_screen(self) -> list[str]:
        """The unique records that title and abstract is about, in the order of import."""
        passed = self.unscreened.union(self.removed)
        return list(filterfalse(passed.__contains__, self._unique_ids()))

    @cached_property
    def joined_since_look(self) -> int:
        """How many more records there are to screen than the named look saw; 0 without a look."""
        look = self.named_look
        return 0 if look is None else max(0, len(self.to_screen) - look.screened - look.unread)

    @property
    def closing_look(self) -> Look | None:
        """The look that closes title and abstract: it saw every record that is to be screened."""
        return None if self.joined_since_look else self.named_look

    @cached_property
    def unread_count_as(self) -> Unscreened:
        """What becomes of a record that nobody has read.

        No setting, rule or tool alone excludes it: it awaits until the protocol names the look,
        and the look is on file, at which its stopping rule was met; and again when a later search
        or another limit brings records that the look did not see.
        """
        if self.closing_look is None:
            return Unscreened.AWAIT
        return self.protocol.flow.unscreened

    @cached_property
    def unread(self) -> list[str]:
        """The unique records to screen that nobody has decided on."""
        touched = self._touched
        return [unique_id for unique_id in self.to_screen if unique_id not in touched]

    def is_untouched(self, unique_id: str) -> bool:
        """Whether nobody has decided on the record in any phase, nor sought its report."""
        return unique_id not in self._touched

    @cached_property
    def _touched(self) -> frozenset[str]:
        voted_on = chain.from_iterable(map(decided_on, self.votes.values()))
        return frozenset(chain(self.retrievals, self.sent_back, voted_on))

    def _removed_of(self, unique_ids: Iterable[str]) -> dict[str, str]:
        limits = self.protocol.limits
        if limits == Limits():
            return {}
        removed: dict[str, str] = {}
        for unique_id in unique_ids:
            if self.is_untouched(unique_id):
                limit = broken_limit(self.records[unique_id], limits)
                if limit:
                    removed[unique_id] = limit
        return removed

    def _unique_ids(self) -> Iterable[str]:
        return unique_among(self.canonical)


def broken_limit(record: Record, limits: Limits) -> str:
    """The name of the first limit that removes the record, or "" when none does."""
    return next((name for name, breaks in LIMITS.items() if breaks(record, limits)), "")


def _too_early(record: Record, limits: Limits) -> bool:
    first = limits.first_year
    return first is not None and record.year is not None and record.year < first


def _too_late(record: Record, limits: Limits) -> bool:
    last = limits.last_year
    return last is not None and record.year is not None and record.year > last


def _other_language(record: Record, limits: Limits) -> bool:
    wanted = {language.casefold() for language in limits.languages}
    written = {word.strip().casefold() for word in re.split("[;,/]", record.language)} - {""}
    return bool(wanted and written) and not written & wanted


def _excluded_type(record: Record, limits: Limits) -> bool:
    return record.type.casefold() in {name.casefold() for name in limits.excluded_types}


def _title_word(record: Record, limits: Limits) -> bool:
    words = limits.excluded_title_words
    return bool(words) and _any_of(words).search(record.title) is not None


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, whole and whatever their capitals; a `*` at the end leaves it open."""
    parts = (
        re.escape(" ".join(word.removesuffix("*").split()))
        + ("" if word.endswith("*") else r"(?!\w)")
        for word in words
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})", re.IGNORECASE)


def is_retracted(record: Record) -> bool:
    """Whether its database calls it retracted or withdrawn, or a notice that says so."""
    return record.type.casefold() == "retraction"


def _retracted(record: Record, limits: Limits) -> bool:
    return limits.retracted and is_retracted(record)


def _empty(record: Record, limits: Limits) -> bool:
    return limits.empty and not record.title.strip() and not record.abstract.strip()


TITLE_WORD = "title word"
LIMITS: dict[str, Callable[[Record, Limits], bool]] = {
    "published too early": _too_early,
    "published too late": _too_late,
    "language": _other_language,
    "publication type": _excluded_type,
    TITLE_WORD: _title_word,
    "retracted": _retracted,
    "no title and no abstract": _empty,
}
