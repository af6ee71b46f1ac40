"""What a review tells its readers: the summary in words and tables, findings, explanations.

Here is text made from counted values; the counting itself is in `flow`.
"""

from scopingreview.report.codes import Explanation, explain, explanations
from scopingreview.report.findings import FindingsForm, write_findings
from scopingreview.report.summary import write_summary

__all__ = [
    "Explanation",
    "FindingsForm",
    "explain",
    "explanations",
    "write_findings",
    "write_summary",
]
