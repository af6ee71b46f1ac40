"""Keys for comparison: what counts as the same title, DOI, name, number."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview import normalise
from scopingreview.normalise import author_name, identifier_spelling, printed_place, spelling


def test_every_example_in_the_docstrings_holds():
    modules = (author_name, identifier_spelling, printed_place, spelling)
    results = [doctest.testmod(module) for module in modules]
    assert sum(each.attempted for each in results) > 8
    assert all(each.attempted and not each.failed for each in results)


@pytest.mark.parametrize(
    "spelling",
    [
        "Café-based peer support & women's health: a review",
        "CAFE-BASED PEER SUPPORT AND WOMEN’S HEALTH. A REVIEW.",
        "Caf&eacute;&#8208;based <i>peer</i> support &amp; womens health - a review",
        "  Café‐based   peer support and women's health (a review)",
    ],
)
def test_spellings_of_one_title_have_one_key(spelling: str):
    assert normalise.title(spelling) == "cafe based peer support and womens health a review"


def test_a_comparison_sign_is_not_a_tag():
    assert normalise.title("When p < 0.05 and q > 0.1") == "when p 0 05 and q 0 1"


def test_a_title_in_another_script_keeps_its_words():
    assert normalise.title("護理人員的倦怠") == "護理人員的倦怠"


@pytest.mark.parametrize(
    ("spelling", "bare"),
    [
        ("10.5555/ABC.1", "10.5555/abc.1"),
        ("doi:10.5555/abc.1.", "10.5555/abc.1"),
        ("http://dx.doi.org/10.5555/abc.1", "10.5555/abc.1"),
        ("10.5555%2Fabc.1", "10.5555/abc.1"),
        ("10.5555/abc(2001)1 [doi]", "10.5555/abc(2001)1"),
        ("(10.5555/abc.1)", "10.5555/abc.1"),
        ("", ""),
        ("none", ""),
        ("10.5", ""),
    ],
)
def test_a_doi_is_bare_and_lower_case(spelling: str, bare: str):
    assert normalise.doi(spelling) == bare


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Kovač, Ana M.", "kovac"),
        ("Kovač AM", "kovac"),
        ("Kovac A.M.", "kovac"),
        ("Ana Kovač", "kovac"),
        ("van den Berg, J.", "van den berg"),
        ("Li, X", "li"),
        ("World Health Group,", "world health group"),
        ("and others", ""),
        ("", ""),
    ],
)
def test_a_surname_is_the_family_name_alone(name: str, family: str):
    assert normalise.surname(name) == family


@given(st.text())
def test_a_key_of_a_key_is_the_same_key(text: str):
    once = normalise.title(text)
    assert normalise.title(once) == once


@given(st.text())
def test_keys_hold_no_double_spaces_and_no_capitals(text: str):
    key = normalise.title(text)
    assert "  " not in key
    assert key == key.strip()


@given(st.text(alphabet="0123456789-–, eSp.Junx/[]", max_size=30))
def test_any_page_field_is_read_and_its_numbers_stay_small(text: str):
    read = normalise.pages(text)
    assert 0 <= read.first < 2**31
    assert 0 <= read.last < 2**31
