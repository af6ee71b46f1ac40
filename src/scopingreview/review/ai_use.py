"""What a model did in a phase and what people did, as the files have it: for the methods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from scopingreview import __version__, store
from scopingreview.model import Phase, RankingModelName, ScreeningOrder, ShownBy, Verdict
from scopingreview.paths import Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.ranking.models import MODELS
from scopingreview.ranking.ranker import build_ranker
from scopingreview.ranking.replay import drawn_relevant, replay
from scopingreview.ranking.texts import text_of
from scopingreview.screening.relevance_labels import known_relevant
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.stopping import screened_records


@dataclass(frozen=True, slots=True)
class ModelValidity:
    """How the model ranks this review's own labels, replayed: medians of the runs.

    `screened_for_95` is the share of the records that is screened at 95 % recall.
    """

    runs: int
    records: int
    relevant: int
    screened_for_95: float
    work_saved: float
    loss: float


@dataclass(frozen=True, slots=True)
class AiUse:
    """The part of a model and the part of people in a phase.

    `model` is "" where records were not ranked. `decisions` are those that stand, by person;
    `ranks_kept` how many of them have their rank on file, by why they were shown. `unread` are
    the records that do not stand.
    """

    phase: Phase
    version: str
    model: str
    says: str
    random_share: float
    known: int
    decisions: Mapping[str, int]
    screened: int
    unread: int
    ranks_kept: Mapping[str, int]
    seed: str
    validity: ModelValidity | None = None


def ai_use(
    review: Review, state: ReviewState, phase: Phase, *, runs: int = 0, tell: Tell = to_nobody
) -> AiUse:
    """What the files say of it; the validity is worked out over so many replays, none when 0."""
    rules = state.protocol.phases[phase]
    is_ranked = rules.order is ScreeningOrder.RELEVANCE
    screened = screened_records(state, phase)
    kept = Counter(str(rank.shown_by) for rank in store.read_ranks(review) if rank.phase is phase)
    return AiUse(
        phase=phase,
        version=__version__,
        model=rules.ranking.model if is_ranked else "",
        says=MODELS[rules.ranking.model].says if is_ranked else "",
        random_share=rules.ranking.random_share if is_ranked else 0.0,
        known=len(known_relevant(state, phase)) if is_ranked else 0,
        decisions=_decisions(state, phase),
        screened=len(screened),
        unread=len(state.ready_ids(phase)) - len(screened),
        ranks_kept={why: kept[why] for why in map(str, ShownBy) if kept[why]},
        seed=state.protocol.seed,
        validity=_validity(state, phase, rules.ranking.model, runs, tell) if is_ranked else None,
    )


def _decisions(state: ReviewState, phase: Phase) -> dict[str, int]:
    counted = Counter(
        person
        for votes in state.votes[phase].values()
        for person, vote in votes.items()
        if vote.verdict is not Verdict.WITHDRAWN
    )
    return dict(sorted(counted.items()))


def _validity(
    state: ReviewState, phase: Phase, name: RankingModelName, runs: int, tell: Tell
) -> ModelValidity | None:
    """None without replays, or where there is nothing to find."""
    screened = screened_records(state, phase)
    labels = [each.is_relevant for each in screened]
    if not runs or sum(labels) < 2 or all(labels):
        return None
    model = MODELS[name]
    ranker = build_ranker(model, (text_of(state.as_read(s.record_id), model) for s in screened))
    found = []
    for seed in range(1, runs + 1):
        tell(f"replaying the review's own labels: run {seed} of {runs}")
        found.append(replay(ranker, labels, known=drawn_relevant(labels, 1, seed=seed)))
    return ModelValidity(
        runs,
        len(labels),
        sum(labels),
        median(each.screened_for(0.95) / each.records for each in found),
        median(each.work_saved() for each in found),
        median(each.loss for each in found),
    )
