"""The stage `figures`: every figure of the review, with its numbers and what it says in words."""

from __future__ import annotations

from scopingreview.chain import BY_NAME
from scopingreview.paths import Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.figuring import Figured, figure_files, figured
from scopingreview.stages.making import fill_folder, making


def run_figures(review: Review, tell: Tell = to_nobody) -> Figured:
    """results/figures holds the figures as the files have them now, and no others of ours."""
    stage = BY_NAME["figures"]
    with making(review, stage):
        found = figured(review)
        fill_folder(review, stage, figure_files(found, tell))
    return found
