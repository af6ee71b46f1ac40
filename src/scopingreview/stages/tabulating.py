"""The stage `tables`: every table of the review, in each format that a paper may want."""

from __future__ import annotations

from scopingreview.chain import BY_NAME
from scopingreview.paths import Review
from scopingreview.review.tabulating import Tabulated, table_files, tabulated
from scopingreview.stages.making import fill_folder, making


def run_tables(review: Review) -> Tabulated:
    """results/tables holds the tables as the files have them now, and no others of ours."""
    stage = BY_NAME["tables"]
    with making(review, stage):
        found = tabulated(review)
        fill_folder(review, stage, table_files(found))
    return found
