"""CSV that people saved: every row comes back, whatever ends its lines and wherever it is cut."""

from __future__ import annotations

import csv
import io
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from scopingreview import csv_text
from scopingreview.csv_text import rows_of

TEXT = st.text(st.sampled_from("ab,;\r\n\x0b\x0c\u2028\x85é"), max_size=30)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=6), st.integers(0, 20))
def test_every_cell_comes_back_on_its_line_wherever_the_text_is_cut(
    rows: list[list[str]], piece: int
):
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    text = file.getvalue()
    whole = list(rows_of(text))
    assert [row for _, row in whole] == rows
    with patch.object(csv_text, "PIECE", piece):
        assert list(rows_of(text)) == whole
