"""The ranker of a review's records: read where it was kept, else built and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from scopingreview import store
from scopingreview.model import RankingModelName
from scopingreview.paths import CORRECTIONS, DUPLICATES, RECORDS, Review
from scopingreview.progress_note import Tell
from scopingreview.ranking.kept_features import WRITING, packed, unpacked
from scopingreview.ranking.models import MODELS, RankingModel
from scopingreview.ranking.ranker import Ranker, build_ranker
from scopingreview.ranking.texts import text_of
from scopingreview.screening.review_state import ReviewState

TOLD_EVERY = 500


def ranker_of(review: Review, state: ReviewState, name: RankingModelName, tell: Tell) -> Ranker:
    """The model, ready to rank the review's unique records; the review question is a text more.

    The texts stand in the order of import. `tell` hears how far it is, where it takes long.
    """
    model = MODELS[name]
    digest = _digest(review, state, model)
    kept = store.read_ranking_features(review, digest)
    ranker = unpacked(model, kept) if kept is not None else None
    if ranker is None:
        ranker = build_ranker(model, _texts(state, model, tell))
        store.write_ranking_features(review, digest, packed(ranker))
    return ranker


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
