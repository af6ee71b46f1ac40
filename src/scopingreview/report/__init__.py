"""What a review tells its readers: the summary in words and tables, findings, explanations.

Here is text made from counted values; the counting itself is in `flow`.
"""

from scopingreview.report.citation import cite, short_labels
from scopingreview.report.codes import Explanation, explain, explanations
from scopingreview.report.excluded_reports import (
    ExcludedReport,
    excluded_reports_csv,
    excluded_reports_text,
    in_order,
)
from scopingreview.report.findings import FindingsForm, write_findings
from scopingreview.report.summary import write_summary

__all__ = [
    "ExcludedReport",
    "Explanation",
    "FindingsForm",
    "cite",
    "excluded_reports_csv",
    "excluded_reports_text",
    "explain",
    "explanations",
    "in_order",
    "short_labels",
    "write_findings",
    "write_summary",
]
