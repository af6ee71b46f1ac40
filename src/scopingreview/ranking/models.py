"""The models there are, by name: what they read, how they weigh it, how they learn.

A name stands for good: what is stored with a decision names the model it was ranked by, and a
model that would rank otherwise is another row.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.model import RankingModelName


@dataclass(frozen=True, slots=True)
class RankingModel:
    """A way to rank: the mean of the scores that a machine gives in each view of the texts.

    `views` says of each whether it sees pairs of words besides words. Where there are several,
    each one's scores are set to mean 0 and spread 1 before they are added up. `cost` is what a
    record on the wrong side costs, `ratio` how much more all relevant ones weigh together than
    all irrelevant ones. With `similarity` a model without an irrelevant record ranks by likeness
    to the relevant ones; otherwise the order given stands until it knows one of each.
    """

    name: RankingModelName
    says: str
    views: tuple[bool, ...]
    reads_keywords: bool
    similarity: bool = True
    cost: float = 0.11
    ratio: float = 9.8


MODELS: dict[RankingModelName, RankingModel] = {
    model.name: model
    for model in (
        RankingModel(
            RankingModelName.TWO_VIEWS_1,
            "two linear support vector machines, one on words and pairs of words and one on "
            "words, on title, abstract and keywords",
            views=(True, False),
            reads_keywords=True,
        ),
        RankingModel(
            RankingModelName.ELAS_U4,
            "ASReview 3's default: one linear support vector machine on words and pairs of words "
            "of title and abstract",
            views=(True,),
            reads_keywords=False,
            similarity=False,
        ),
        RankingModel(
            RankingModelName.ELAS_U4_KEYWORDS,
            "elas-u4 that reads keywords, too",
            views=(True,),
            reads_keywords=True,
            similarity=False,
        ),
    )
}
