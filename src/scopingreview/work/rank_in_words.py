"""Why a record came where it did: its rank, and the terms that speak for and against it."""

from __future__ import annotations

from scopingreview.work.front_end import FrontEnd
from scopingreview.work.task import Task

NOTHING_LEARNT = "The ranking has learnt nothing yet: it needs a record that is relevant."


def is_ranked(task: Task) -> bool:
    """Whether the record on the table came by the order of relevance."""
    return task.session.relevance is not None and task.session.list.current is not None


def tell_why(task: Task, front: FrontEnd) -> None:
    """Say where the record stands, and which terms put it there."""
    front.say(rank_in_words(task))


def rank_in_words(task: Task) -> str:
    """The rank of the record on the table, and its terms, in one line.

    The ranking reads abstracts in every round; in one by titles alone only terms of the title are
    named.
    """
    relevance = task.session.relevance
    assert relevance is not None, "the act is possible in the order of relevance only"
    record, ranking = task.record(), relevance.ranking
    if ranking is None or ranking.learnt is None:
        return NOTHING_LEARNT
    from scopingreview.ranking.telling_terms import telling_terms
    from scopingreview.ranking.texts import text_of

    ranker, place = relevance.queue.ranker, relevance.queue.place_of(record.record_id)
    terms = telling_terms(ranker, ranking.learnt, place, text_of(record, ranker.model))
    said = [f"for: {', '.join(terms.speak_for) or 'no term'}"]
    said.append(f"against: {', '.join(terms.speak_against) or 'no term'}")
    if record.record_id in ranking.ranks:
        drawn = ", drawn by lot" if record.record_id in ranking.by_lot else ""
        rank = f"Rank {ranking.ranks[record.record_id]:,} of {len(ranking.ranks):,}{drawn}"
        said.insert(0, f"{rank} (learnt from {ranking.learnt_from:,})")
    return " · ".join(said)
