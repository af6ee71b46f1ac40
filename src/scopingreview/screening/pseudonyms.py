"""Names for people that say nothing of who they are, the same every time."""

from __future__ import annotations

from collections.abc import Iterable

from scopingreview.model import Protocol


def pseudonyms(protocol: Protocol, others: Iterable[str] = ()) -> dict[str, str]:
    """What to call each person instead, by name: `reviewer-1`, `adjudicator-1`, `person-1`.

    Numbered in the order of the protocol, to which people are added at the end, so that nobody's
    changes when somebody joins; whoever both screens and adjudicates is a reviewer. `others` are
    people whom files name and the protocol does not, in the order of their names.
    """
    reviewers = [person.name for person in protocol.reviewers]
    adjudicators = [each.name for each in protocol.adjudicators if each.name not in reviewers]
    further = sorted({*others} - {*reviewers, *adjudicators})
    groups = (("reviewer", reviewers), ("adjudicator", adjudicators), ("person", further))
    return {
        name: f"{role}-{number}"
        for role, names in groups
        for number, name in enumerate(names, start=1)
    }
