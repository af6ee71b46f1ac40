"""Which terms of a text speak for and against it, by what a ranker has learnt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from scopingreview.ranking.ranker import Learnt, Ranker
from scopingreview.ranking.tokens import terms_in

MOST = 6


@dataclass(frozen=True, slots=True)
class TellingTerms:
    """The terms that add most to a text's score and those that take most from it, most first."""

    speak_for: tuple[str, ...]
    speak_against: tuple[str, ...]


def telling_terms(
    ranker: Ranker, learnt: Learnt, place: int, seen: str, *, most: int = MOST
) -> TellingTerms:
    """The terms of the text at this place that weigh most, in all views together.

    What a term adds is its weight in the text times what was learnt of it. `seen` is what people
    read of the text: a term that is not in it is not named.
    """
    named = terms_in(seen)
    added: defaultdict[str, float] = defaultdict(float)
    for view, weights in zip(ranker.views, learnt.weights, strict=True):
        rows = view.rows
        entries = slice(rows.starts[place], rows.starts[place + 1])
        columns = rows.columns[entries]
        scale = float(np.linalg.norm(weights.numbers)) or 1.0
        adds = rows.values[entries] * weights.of(columns) / scale
        for column, amount in zip(columns.tolist(), adds.tolist(), strict=True):
            if (term := view.term(column)) in named:
                added[term] += amount
    ordered = sorted(added, key=lambda term: (-added[term], term))
    return TellingTerms(
        tuple(term for term in ordered[:most] if added[term] > 0),
        tuple(term for term in reversed(ordered[-most:]) if added[term] < 0),
    )
