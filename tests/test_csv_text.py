"""CSV that people saved: its lines are those of any text, whatever ends them."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from scopingreview.csv_text import LINE, rows_of

TEXT = st.text(st.sampled_from("ab,;\r\n\x0b\x0c\u2028\x85é"), max_size=30)


@given(TEXT)
def test_a_line_ends_where_a_file_would_end_it(text: str):
    assert [line[0] for line in LINE.finditer(text)] == list(io.StringIO(text, newline=""))


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=4))
def test_cells_come_back_with_the_line_ends_they_hold(rows: list[list[str]]):
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [row for _, row in rows_of(written.getvalue())] == rows
