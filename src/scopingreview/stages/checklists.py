"""The stage `checklists`: every guideline answered from the review's files."""

from __future__ import annotations

from scopingreview.chain import BY_NAME
from scopingreview.paths import Review
from scopingreview.review.checklists import (
    AnsweredChecklists,
    answered_checklists,
    checklist_texts,
)
from scopingreview.stages.making import fill_folder, making


def run_checklists(review: Review) -> AnsweredChecklists:
    """results/checklists holds the checklists as the files answer them now, and no others."""
    stage = BY_NAME["checklists"]
    with making(review, stage):
        found = answered_checklists(review)
        texts = checklist_texts(found)
        fill_folder(review, stage, {name: text.encode() for name, text in texts.items()})
    return found
