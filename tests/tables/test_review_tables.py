"""The tables of the searches, as the paper has them."""

from __future__ import annotations

from datetime import date

from scopingreview.model import Search, Source
from scopingreview.tables.review_tables import searches_table


def test_what_nobody_wrote_of_a_search_is_told_as_missing():
    """A blank would say that there is no platform, no limit, no coverage."""
    search = Search("pubmed-2023", "pubmed", (), run_on=date(2023, 1, 5))
    table = searches_table([search], {"pubmed": Source("pubmed", "PubMed")}, {"pubmed-2023": 7})
    (row,) = table.rows
    assert row.cells == ("PubMed", None, "2023-01-05", None, None, None, 7)
