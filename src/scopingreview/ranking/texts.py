"""What a ranking model reads of a record: title, abstract and, if it does, keywords."""

from __future__ import annotations

from scopingreview.model import Record
from scopingreview.ranking.models import RankingModel


def text_of(record: Record, model: RankingModel) -> str:
    """The record as one text."""
    keywords = record.keywords if model.reads_keywords else ()
    return " ".join((record.title, record.abstract, *keywords))
