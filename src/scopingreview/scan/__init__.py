"""The looks at every character of an export, of which reading and writing one mostly consist.

Compiled where a wheel for the platform is installed, else in Python: the same to the last
character, which tests hold (docs/decisions/0043-compiled-where-it-counts.md).
"""

from __future__ import annotations

from scopingreview.scan import in_python

try:
    from scopingreview.scan.compiled import (
        count_lines,
        csv_row,
        csv_rows,
        holds_any,
        in_one_line,
        lines_with,
        tagged_record,
        with_line_feeds,
    )
except ImportError:  # the wheel for every platform
    from scopingreview.scan.in_python import (
        count_lines,
        csv_row,
        csv_rows,
        holds_any,
        in_one_line,
        lines_with,
        tagged_record,
        with_line_feeds,
    )

RIS_END = in_python.RIS_END
"""With what a line begins that ends a record of RIS, its own line end before it."""

__all__ = [
    "RIS_END",
    "count_lines",
    "csv_row",
    "csv_rows",
    "holds_any",
    "in_one_line",
    "lines_with",
    "tagged_record",
    "with_line_feeds",
]
