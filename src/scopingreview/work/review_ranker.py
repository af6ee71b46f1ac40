"""The ranker of a review's records: read where it was kept, else built and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from scopingreview import store
from scopingreview.model import RankingModelName
from scopingreview.paths import CORRECTIONS, DUPLICATES, RECORDS, Review
from scopingreview.progress_note import Tell
from scopingreview.ranking.models import MODELS, RankingModel
from scopingreview.ranking.ranker import WRITING, Ranker, build_ranker, ranker_of, told_ranker
from scopingreview.ranking.texts import text_of
from scopingreview.screening.review_state import ReviewState
from scopingreview.store.ranking_features import (
    ranking_scratch,
    read_ranking_features,
    write_ranking_features,
)

TOLD_EVERY = 500


def review_ranker(review: Review, state: ReviewState, name: RankingModelName, tell: Tell) -> Ranker:
    """The model, ready to rank the review's unique records; the review question is a text more.

    The texts stand in the order of import. `tell` hears how far it is, where it takes long. The
    features stay on disk, where they are kept; in memory, if the disk keeps nothing.
    """
    model = MODELS[name]
    digest = _digest(review, state, model)
    if (ranker := _kept(review, digest, model)) is not None:
        return ranker
    scratch = partial(ranking_scratch, review)
    told = told_ranker(model, _texts(state, model, tell), scratch, tell)
    write_ranking_features(review, digest, told)
    if (ranker := _kept(review, digest, model)) is not None:
        return ranker
    return build_ranker(model, _texts(state, model, tell))


def _kept(review: Review, digest: str, model: RankingModel) -> Ranker | None:
    arrays = read_ranking_features(review, digest)
    scratch = partial(ranking_scratch, review)
    return None if arrays is None else ranker_of(model, arrays, scratch)


def _texts(state: ReviewState, model: RankingModel, tell: Tell) -> Iterator[str]:
    total = len(state.unique_ids)
    for number, unique_id in enumerate(state.unique_ids):
        if number % TOLD_EVERY == 0:
            tell(f"getting ready to rank: {number:,} of {total:,} records")
        yield text_of(state.as_read(unique_id), model)
    if state.protocol.question:
        yield state.protocol.question


def _digest(review: Review, state: ReviewState, model: RankingModel) -> str:
    """What stands for all that the features follow from."""
    digests = store.Digests(review)
    paths = sorted(review.path(CORRECTIONS).glob("*.csv"))
    corrections = [review.relative(path) for path in paths]
    protocol = state.protocol
    parts = [
        *(str(WRITING), model.name, protocol.question),
        *(source.name for source in protocol.sources),
        *(digests.of(name) for name in (RECORDS, DUPLICATES, *corrections)),
    ]
    digests.save()
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
