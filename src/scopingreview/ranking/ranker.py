"""Scores for texts from the labels of some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scopingreview.long_array import (
    Numbers,
    Scratch,
    Stretches,
    ToldArray,
    Whole,
    gathered,
    in_memory,
)
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.ranking.models import RankingModel
from scopingreview.ranking.sparse_rows import SparseRows
from scopingreview.ranking.support_vectors import SOLVED, train
from scopingreview.ranking.text_features import (
    Features,
    features_of,
    told_features,
    told_words,
)
from scopingreview.ranking.tokens import tokenise

WRITING = 2  # of the arrays; it is part of the digest under which they are kept
SOLVED_FURTHER = 1e-6  # for whoever learns after each text: LIBLINEAR stops at 1e-4
DECIMALS = 7  # of a score: what differs by less is a tie, and the order given decides


@dataclass(frozen=True, slots=True)
class Ranker:
    """A model and the features of all texts in each of its views.

    `scratch` is where the labelled rows lie while it learns.
    """

    model: RankingModel
    views: tuple[Features, ...]
    scratch: Scratch = in_memory

    def __len__(self) -> int:
        return len(self.views[0].rows)

    def scores(self, labels: Mapping[int, bool]) -> Numbers | None:
        """How likely each text is to be relevant, for comparing only; the higher, the likelier.

        `labels` say of texts, by place, whether they are relevant. None when they are too few to
        learn from.
        """
        return self.scores_by(self.learn(labels)) if can_learn(self.model, labels) else None

    def learn(self, labels: Mapping[int, bool], *, after: Learnt | None = None) -> Learnt:
        """What the labels teach; they must be enough to learn from.

        `after` is what was learnt from some of them: it saves time, and is good to six digits.
        """
        places = np.array(sorted(labels))
        is_relevant = np.array([labels[place] for place in places.tolist()])
        taught = [
            self._taught(features.rows, places, is_relevant, _begin(after, view, places))
            for view, features in enumerate(self.views)
        ]
        duals, weights = zip(*taught, strict=True)
        return Learnt(places, duals, weights)

    def scores_by(self, learnt: Learnt) -> Numbers:
        """The scores of all texts by what was learnt."""
        pairs = zip(self.views, learnt.weights, strict=True)
        return combined(
            [view.rows.times(weights.spread(view.rows.width)) for view, weights in pairs]
        )

    def _taught(
        self,
        rows: SparseRows,
        places: NDArray[np.int64],
        is_relevant: NDArray[np.bool_],
        begin: Numbers | None,
    ) -> tuple[Numbers, Weights]:
        with self.scratch() as new_array:
            labelled, columns = rows.take(places, new_array).compact(new_array)
            if is_relevant.all():
                dual = np.ones(len(labelled))
            else:
                costs = costs_of(self.model, is_relevant)
                dual = train(
                    labelled.products,
                    signs_of(is_relevant),
                    costs,
                    begin=begin,
                    solved=SOLVED if begin is None else SOLVED_FURTHER,
                )
            return dual, Weights(columns, labelled.weighed(dual))


@dataclass(frozen=True, slots=True)
class Weights:
    """What columns weigh, above 0 for relevance: those that labelled texts have, in order."""

    columns: Whole
    numbers: Numbers

    def spread(self, width: int) -> Numbers:
        """What each of `width` columns weighs; nothing, where no labelled text has it."""
        weights = np.zeros(width)
        weights[self.columns] = self.numbers
        return weights

    def of(self, columns: Whole) -> Numbers:
        """What these columns weigh."""
        places = np.minimum(np.searchsorted(self.columns, columns), len(self.columns) - 1)
        return np.where(self.columns[places] == columns, self.numbers[places], 0.0)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a ranker has learnt: for each view what columns weigh.

    `places` are the labelled texts in order, `duals` how much each of them adds, by view.
    """

    places: NDArray[np.int64]
    duals: tuple[Numbers, ...]
    weights: tuple[Weights, ...]


def _begin(after: Learnt | None, view: int, places: NDArray[np.int64]) -> Numbers | None:
    """What each labelled text added before; nothing where it is new."""
    if after is None:
        return None
    begin = np.zeros(len(places))
    begin[np.isin(places, after.places)] = after.duals[view]
    return begin


def build_ranker(model: RankingModel, texts: Iterable[str]) -> Ranker:
    """The model, ready to rank these texts, which are read once; all of it in memory."""
    ranker = ranker_of(model, gathered(told_ranker(model, texts, in_memory)))
    assert ranker is not None, "what was told has all that is asked for"
    return ranker


def told_ranker(
    model: RankingModel, texts: Iterable[str], scratch: Scratch, tell: Tell = to_nobody
) -> Iterator[ToldArray]:
    """The arrays of a ranker of these texts, which are read once, for whoever keeps them.

    `tell` hears how far it is.
    """
    with scratch() as new_array:
        tokens = tokenise(texts, new_array)
        yield told_words(tokens)
        for view, pairs in enumerate(model.views):
            yield from told_features(tokens, scratch, tell, str(view), pairs=pairs)


def ranker_of(
    model: RankingModel, arrays: Mapping[str, Stretches], scratch: Scratch = in_memory
) -> Ranker | None:
    """The ranker that was told; None when an array is missing, as one of another model is."""
    try:
        views = tuple(features_of(arrays, str(view)) for view in range(len(model.views)))
    except KeyError:
        return None
    return Ranker(model, views, scratch)


def can_learn(model: RankingModel, labels: Mapping[int, bool]) -> bool:
    """Whether the labels are enough: a relevant text, and an irrelevant one where it must be."""
    said = set(labels.values())
    return True in said and (False in said or model.similarity)


def signs_of(is_relevant: NDArray[np.bool_]) -> Numbers:
    """The side each labelled text belongs on: 1 or -1."""
    return np.where(is_relevant, 1.0, -1.0)


def costs_of(model: RankingModel, is_relevant: NDArray[np.bool_]) -> Numbers:
    """What each labelled text costs on the wrong side; their mean is the model's cost."""
    relevant = int(is_relevant.sum())
    irrelevant = len(is_relevant) - relevant
    weights = np.where(is_relevant, 1.0, relevant / (model.ratio * irrelevant))
    costs: Numbers = model.cost * weights * (len(weights) / weights.sum())
    return costs


def combined(scores: Sequence[Numbers]) -> Numbers:
    """The scores of all views as one: each with mean 0 and spread 1, where there are several."""
    if len(scores) == 1:
        return np.round(scores[0], DECIMALS)
    total = np.zeros(len(scores[0]))
    for each in scores:
        spread = each.std()
        total += (each - each.mean()) / (spread if spread > 0 else 1.0)
    return np.round(total / len(scores), DECIMALS)
