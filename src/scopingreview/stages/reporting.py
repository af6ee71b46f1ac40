"""The stage `report`: the whole review as one page for people, and as a document to submit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from scopingreview import store
from scopingreview.chain import BY_NAME
from scopingreview.model.result_rules import ReportFormat
from scopingreview.paths import REPORT, Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.counted_flow import load_data
from scopingreview.review.report_files import formats_of, refuse_to_overwrite, report_files
from scopingreview.review.reporting import load_report_data
from scopingreview.stages.making import making


@dataclass(frozen=True, slots=True)
class Reported:
    """The files that were written, the page first, and how many bytes it has."""

    files: tuple[str, ...]
    size: int


def run_report(
    review: Review, asked: Collection[ReportFormat] = (), tell: Tell = to_nobody
) -> Reported:
    """results/ holds the report as the review's files have it now.

    As a page always; as a document where it is `asked` for, the protocol asks, or one is there.
    Raises ReviewError, and writes nothing, for a document in which somebody has written, and for
    a DOCX where python-docx is not installed.
    """
    with making(review, BY_NAME["report"]):
        told = load_report_data(review, load_data(review))
        formats = formats_of(review, told, asked)
        refuse_to_overwrite(review, formats)
        files = report_files(told, formats, tell)
        for name, content in files.items():
            store.write_bytes(review.path(name), content)
    return Reported(tuple(files), len(files[REPORT]))
