"""What a review tells its readers: the summary in words and tables.

Here is text made from counted values; the counting itself is in `flow`.
"""

from scopingreview.report.summary import write_summary

__all__ = ["write_summary"]
