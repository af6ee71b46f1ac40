"""The use of a model in sentences for the methods: which, from what, and what people did.

It says what the files say; what a journal asks beyond that (RAISE, PRISMA-trAIce) is for people.
"""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.model import Phase, ShownBy
from scopingreview.review.ai_use import AiUse, ModelValidity
from scopingreview.screening.review_state import ReviewState

PHASES = {Phase.TITLE_ABSTRACT: "title and abstract", Phase.FULL_TEXT: "full text"}


def ai_statement(use: AiUse, state: ReviewState) -> str:
    """The paragraph on the phase."""
    return " ".join(_sentences(use, state))


def _sentences(use: AiUse, state: ReviewState) -> Iterator[str]:
    *others, last = [*use.decisions] or [""]
    people = f"{', '.join(others)} and {last}" if others else last
    total = sum(use.decisions.values())
    if not use.model:
        yield f"No model ranked, included or excluded records by {PHASES[use.phase]}."
    else:
        yield (
            f"Records were screened by {PHASES[use.phase]} in the order of relevance: "
            f"scopingreview {use.version} ranked them with its model {use.model} ({use.says}; seed "
            f"“{use.seed}”), which learnt anew after each decision from this review's decisions "
            f"and from nothing else{_beginning(use)}."
        )
        if use.random_share:
            yield f"A share of {use.random_share:.0%} of what each person met was drawn at random."
        if use.ranks_kept:
            yield _kept(use)
    if total:
        yield (
            f"All {total:,} decisions were taken by people ({people}); the program took none and "
            "excluded no record."
        )
    if use.validity is not None:
        yield _validity(use.validity)
    if use.unread:
        yield _unread(use, state)


def _beginning(use: AiUse) -> str:
    if not use.known:
        return ""
    return f", beginning with {use.known:,} record{'s' * (use.known > 1)} known to be relevant"


def _kept(use: AiUse) -> str:
    by_rank, by_lot = (use.ranks_kept.get(why, 0) for why in (ShownBy.RANK, ShownBy.LOT))
    return (
        f"The rank was kept with {by_rank + by_lot:,} decisions: {by_rank:,} on records that the "
        f"model brought, {by_lot:,} on records drawn at random."
    )


def _validity(found: ModelValidity) -> str:
    return (
        f"Replayed on the review's own {found.records:,} screened records ({found.relevant:,} "
        f"relevant; median of {found.runs} runs, each begun with one relevant record), the model "
        f"reached a recall of 95% after {found.screened_for_95:.0%} of the records (work saved "
        f"over chance at 95% recall {found.work_saved:.2f}; area above the recall curve "
        f"{found.loss:.3f})."
    )


def _unread(use: AiUse, state: ReviewState) -> str:
    look = state.eligibility.closing_look
    if use.phase is Phase.TITLE_ABSTRACT and look is not None:
        return (
            f"{use.unread:,} records were not screened: the protocol's stopping rule, decided on "
            f"{state.protocol.stopping.decided_on if state.protocol.stopping else ''}, was met at "
            f"the look of {look.looked_at:%Y-%m-%d}, when with {look.confidence:.0%} confidence at "
            f"least {look.least_recall:.0%} of the relevant records were found."
        )
    return f"{use.unread:,} records are not screened yet."
