"""The labels of a decision: a person's own, and the further reasons that a report fails.

Both stand in one column of the decision file. A further reason is its key behind `also:`; it
belongs to the verdict, and no label that somebody types touches it.
"""

from __future__ import annotations

from collections.abc import Iterable

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
