"""A record as people cite it, whatever of it is missing."""

from __future__ import annotations

import pytest

from scopingreview.report.citation import cite
from tests.reviews import record

WHOLE = record(
    "pubmed:1",
    authors=("Bell, Ada Mary", "van der Berg, J.-P.", "World Health Organization"),
    title="Does rest help?",
    year=2019,
    journal="Sleep",
    volume="12",
    issue="3",
    pages="45-52",
    doi="10.1000/1",
)


def test_a_record_is_cited_the_vancouver_way():
    assert cite(WHOLE) == (
        "Bell AM, van der Berg JP, World Health Organization. Does rest help? Sleep. "
        "2019;12(3):45-52. doi:10.1000/1"
    )


def test_of_more_than_six_authors_the_others_are_et_al():
    many = record("pubmed:1", title="T", authors=tuple(f"A{n}, Bo" for n in range(7)))
    assert cite(many) == "A0 B, A1 B, A2 B, A3 B, A4 B, A5 B, et al. T."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"title": ""}, "[no title]."),
        ({"title": "On\nrest", "year": 2019}, "On rest. 2019."),
        ({"title": "T", "volume": "12", "pages": "e7"}, "T. 12:e7."),
        ({"title": "T", "url": "https://a.example/b"}, "T. https://a.example/b"),
        ({"title": "T", "authors": ("Ng, AB",)}, "Ng AB. T."),
        ({"title": "T", "authors": ("Han Shanshan",)}, "Han Shanshan. T."),
    ],
)
def test_what_a_record_lacks_leaves_no_gap(values: dict[str, object], told: str):
    assert cite(record("pubmed:1", **values)) == told
