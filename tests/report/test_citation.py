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
        ({"title": "T", "url": "https://a.example/b"}, "T. Available from: https://a.example/b"),
        ({"title": "T", "url": "javascript:alert(1)"}, "T."),
        ({"title": "T", "authors": ("Ng, AB",)}, "Ng AB. T."),
        ({"title": "T", "authors": ("Han Shanshan",)}, "Han Shanshan. T."),
    ],
)
def test_what_a_record_lacks_leaves_no_gap(values: dict[str, object], told: str):
    assert cite(record("pubmed:1", **values)) == told


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("Bell, Ada Mary", "Bell AM"),
        ("Bell, A. M. B.", "Bell AM"),  # two initials at most
        ("Bell, AMB", "Bell AM"),
        ("van der Berg, Jan-Peter", "van der Berg JP"),
        ("Bell, John, Jr.", "Bell J Jr"),
        ("Bell, John III", "Bell J III"),
        ("Bell, Jr", "Bell Jr"),
        ("O'Neill, Ìde", "O'Neill Ì"),
        (
            "Diabetes Prevention Program Research Group",
            "Diabetes Prevention Program Research Group",
        ),
        ("李明", "李明"),
    ],
)
def test_a_name_is_its_family_and_two_initials_and_a_body_is_whole(author: str, told: str):
    assert cite(record("pubmed:1", authors=(author,), title="T")) == f"{told}. T."


def test_six_authors_are_all_named():
    six = record("pubmed:1", title="T", authors=tuple(f"A{n}, Bo" for n in range(6)))
    assert cite(six) == "A0 B, A1 B, A2 B, A3 B, A4 B, A5 B. T."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        # An article that is online first, or in a journal of numbered articles.
        ({"journal": "PLoS One", "year": 2020, "pages": "e0123456"}, "T. PLoS One. 2020:e0123456."),
        ({"journal": "J", "year": 2020, "doi": "10.5555/1"}, "T. J. 2020. doi:10.5555/1"),
        # An issue without a volume.
        (
            {"journal": "J", "year": 2002, "issue": "401", "pages": "230-238"},
            "T. J. 2002;(401):230-238.",
        ),
        (
            {"type": "book chapter", "journal": "Handbook of Rest", "year": 2019, "pages": "45-52"},
            "T. In: Handbook of Rest. 2019. p. 45-52.",
        ),
        (
            {"type": "book chapter", "journal": "Handbook", "volume": "2", "year": 2019},
            "T. In: Handbook. Vol. 2. 2019.",
        ),
        ({"type": "book chapter", "year": 2019, "pages": "45-52"}, "T. 2019:45-52."),
        (
            {"type": "conference paper", "journal": "Proc Rest", "year": 2019, "pages": "1-4"},
            "T. In: Proc Rest. 2019. p. 1-4.",
        ),
        (
            {
                "type": "conference paper",
                "journal": "Sleep",
                "year": 2019,
                "volume": "3",
                "pages": "1",
            },
            "T. Sleep. 2019;3:1.",
        ),
        ({"type": "thesis", "journal": "Univ X", "year": 2011}, "T [dissertation]. Univ X. 2011."),
        (
            {"type": "preprint", "title": "T.", "journal": "medRxiv", "year": 2021},
            "T [preprint]. medRxiv. 2021.",
        ),
        ({"type": "conference abstract", "title": "Why?"}, "Why? [abstract]."),
    ],
)
def test_what_is_no_article_of_a_volume_is_cited_by_its_own_rule(
    values: dict[str, object], told: str
):
    assert cite(record("pubmed:1", **({"title": "T"} | values))) == told
