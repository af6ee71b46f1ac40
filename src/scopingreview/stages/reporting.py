"""The stage `report`: the whole review as one page for people."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview import store
from scopingreview.chain import BY_NAME
from scopingreview.paths import REPORT, Review
from scopingreview.review.reporting import report_text
from scopingreview.stages.making import making


@dataclass(frozen=True, slots=True)
class Reported:
    """The page that was written, and how many bytes it has."""

    file: str
    size: int


def run_report(review: Review) -> Reported:
    """results/report.html is the page as the review's files have it now."""
    with making(review, BY_NAME["report"]):
        text = report_text(review)
        store.write_text(review.path(REPORT), text)
    return Reported(REPORT, len(text.encode()))
