"""The stage `count`: every box from the records, checked, and written for people and programs."""

from __future__ import annotations

from scopingreview import config, store
from scopingreview.chain import BY_NAME
from scopingreview.errors import ReviewError
from scopingreview.flow.open_work import find_open_work
from scopingreview.flow.record_checks import check_records
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import RecordTable
from scopingreview.paths import Review
from scopingreview.review.counted_flow import CountReport, count_report, load_data
from scopingreview.review.raw_exports import refuse_spoiled_exports
from scopingreview.review.results import count_files
from scopingreview.stages.making import making


def run_count(review: Review, *, final: bool = False, two_reasons: bool = False) -> CountReport:
    """results/ holds the flow as the files have it now: counts, exchange file, summary.

    With `final` nothing is written while anything awaits or is disputed, or does not add up, or an
    export is not as it was added: ReviewError says what. `two_reasons` is for old versions of the
    R package.
    """
    with making(review, BY_NAME["count"]):
        data = load_data(review)
        if not isinstance(data.state.originals, RecordTable):  # somebody edited what `import` wrote
            store.keep_index(review)
        counted = count_report(data)
        if final:
            searches = config.load_searches(review, data.state.protocol)
            refuse_spoiled_exports(review, searches)
            _refuse_unfinished(data, counted)
        files = count_files(review, data, counted, two_reasons=two_reasons)
        for name, text in files.items():
            store.write_text(review.path(name), text)
    return counted


def _refuse_unfinished(data: ReviewData, counted: CountReport) -> None:
    work = find_open_work(counted.flow)
    if work:
        steps = ", ".join(f"{step}: {n:,}" for step, n in work.by_step.items())
        found = check_records(data, counted.flow)
        unsettled = (finding.hint for finding in found if finding.code == "D13")
        raise ReviewError(
            f"the review is not finished: {work}",
            hint=" ".join([f"Still open: {steps}. See: scopingreview status.", *unsettled]),
        )
    errors = [finding for finding in counted.findings if finding.error]
    if errors:
        raise ReviewError(
            f"the boxes do not add up: {errors[0].code} {errors[0].message}",
            hint=f"scopingreview explain {errors[0].code}",
        )
