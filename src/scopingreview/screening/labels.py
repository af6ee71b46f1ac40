"""The labels of a decision: a person's own, and the further reasons that a report fails.

Both stand in one column of the decision file. A further reason is its key behind `also:`; it
belongs to the verdict, and no label that somebody types touches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scopingreview.decision_rows import DecisionRows
from scopingreview.model import Decision, LabelChange

ALSO = "also:"
"""Begins the label that keeps a further reason; what follows is the reason's key."""


def own_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels that the person gave.

    >>> own_labels(["later", "also:topic", "see also: trial"])
    ('later', 'see also: trial')
    """
    return tuple(label for label in labels if not label.startswith(ALSO))


def further_reasons(labels: Iterable[str]) -> tuple[str, ...]:
    """The keys of the reasons that the report fails besides *the* reason.

    >>> further_reasons(["later", "also:topic", "see also: trial"])
    ('topic',)
    """
    return tuple(label.removeprefix(ALSO) for label in labels if label.startswith(ALSO))


def joined_labels(own: Iterable[str], further: Iterable[str]) -> tuple[str, ...]:
    """The person's own labels, each once, then the further reasons: as the file holds them."""
    return tuple(dict.fromkeys((*own_labels(own), *(f"{ALSO}{key}" for key in further))))


def parse_labels(text: str) -> tuple[str, ...]:
    """The labels that a person typed, with commas or semicolons between them.

    >>> parse_labels("later; trial, ")
    ('later', 'trial')
    """
    return tuple(filter(None, (label.strip() for label in text.replace(";", ",").split(","))))


def as_labelled_now(
    decisions: Sequence[Decision], changes: Iterable[LabelChange]
) -> Sequence[Decision]:
    """The decisions with every label as its owner calls it by now.

    A change reaches the rows of its time and before; of several words on one label the last
    stands. A label that was renamed and renamed again has the newest name. Changes come in order
    of time.
    """
    by_person: dict[str, list[LabelChange]] = {}
    for change in changes:
        by_person.setdefault(change.by, []).append(change)
    if not by_person:
        return decisions
    if isinstance(decisions, DecisionRows):
        return decisions.reworded(
            lambda word: bool(word.labels),
            lambda each: _labelled_now(each, by_person.get(each.decided_by, ())),
        )
    return [_labelled_now(each, by_person.get(each.decided_by, ())) for each in decisions]


def _labelled_now(decision: Decision, changes: Sequence[LabelChange]) -> Decision:
    if not decision.labels or not changes:
        return decision
    last = {each.label: each for each in changes if each.recorded_at >= decision.decided_at}
    labels = list(decision.labels)
    for change in sorted(last.values(), key=lambda each: each.recorded_at):
        labels = [change.becomes if label == change.label else label for label in labels]
    labels = [label for label in labels if label]
    return replace(decision, labels=joined_labels(labels, further_reasons(decision.labels)))
