"""What people write is kept as keys and plain values, or told what is wrong with it."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.charting import comparable, in_words, options_of, understood
from scopingreview.charting import countries as countries_module
from scopingreview.charting.countries import countries, other_names
from scopingreview.errors import ReviewError
from scopingreview.model import Field, FieldType
from tests.charting.forms import ARMS, COUNTRY, DESIGN, EVERY_TYPE, KIND, LEVEL, NOTES, YEAR, N


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (DESIGN, "rct", "rct"),
        (DESIGN, "randomised TRIAL", "rct"),
        (DESIGN, " Randomised  trial ", "rct"),
        (LEVEL, "Team", "team"),
        (LEVEL, "Team; individual", "individual;team"),
        (LEVEL, "Organisation, whole;team;team", "team;organisation"),
        (KIND, "skills/mind", "skills/mind"),
        (KIND, "Mindfulness", "skills/mind"),
        (KIND, "Skills / Mindfulness", "skills/mind"),
        (N, "12", "12"),
        (N, "12 people", "12"),
        (N, "007", "007"),
        (YEAR, "2019", "2019"),
        (COUNTRY, "England", "GBR"),
        (COUNTRY, "UK;usa", "GBR;USA"),
        (COUNTRY, "Türkiye", "TUR"),
        (COUNTRY, "turkey", "TUR"),
        (NOTES, "two\nlines  of it", "two lines of it"),
        (NOTES, "=HYPERLINK(1)", "=HYPERLINK(1)"),
        (NOTES, "a\x00b\x1b \u202ec", "a b c"),
        (NOTES, "emoji 👩‍👩‍👧 stays", "emoji 👩‍👩‍👧 stays"),
        (DESIGN, "Not Reported", "not reported"),
        (N, "unclear", "unclear"),
        (LEVEL, "unclear", "unclear"),
        (ARMS, "not reported", "not reported"),
        (NOTES, ":nr", "not reported"),
        (NOTES, " :? ", "unclear"),
        (N, ":NR", "not reported"),
        (LEVEL, ":nr", "not reported"),
        (NOTES, "see :nr", "see :nr"),
        (DESIGN, "  ", ""),
    ],
)
def test_what_is_written_is_kept_by_its_key(field: Field, text: str, value: str):
    assert understood(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        (DESIGN, "Randomized trial", 'Did you mean "Randomised trial"?'),
        (LEVEL, "Teem", 'Did you mean "Team"?'),
        (LEVEL, "team;Orgnisation, whole", 'Did you mean "Organisation, whole"?'),
        (LEVEL, "team, individual", 'Level: "team, individual" is no option'),
        (LEVEL, "team;unclear", '"unclear" stands alone'),
        (LEVEL, "team;:nr", '"not reported" stands alone'),
        (DESIGN, "rct;case", 'Design: "rct;case" is no option'),
        (N, "1,200", "Write 1200, or 1.200 if the comma parts the fraction."),
        (N, "1 200", "a point before the fraction: 1200."),
        (N, "twelve", 'Sample: "twelve" is no number'),
        (N, "0", "Sample: 0 is less than 1"),
        (N, "100001", "Sample: 100001 is more than 100000"),
        (YEAR, "20222", 'Year: "20222" is no year'),
        (YEAR, "2019-01-01 00:00:00", "Four digits"),
        (YEAR, "0199", "is no year"),
        (COUNTRY, "Germony", 'Did you mean "Germany"?'),
        (COUNTRY, "Korea", 'Country: "Korea" is no country'),
        (ARMS, "two", "arms.name, arms.n"),
    ],
)
def test_what_a_field_cannot_hold_is_told_with_what_it_can(field: Field, text: str, told: str):
    with pytest.raises(ReviewError) as raised:
        understood(field, text)
    assert told in str(raised.value)


def test_a_wording_that_two_branches_use_needs_those_above_it():
    same = {"a": "A", "a/other": "Other", "b": "B", "b/other": "Other"}
    tree = replace(KIND, options=same)
    assert understood(tree, "B / Other") == "b/other"
    with pytest.raises(ReviewError):
        understood(tree, "Other")


@given(st.sampled_from([f for _, f in EVERY_TYPE.every_field()]), st.data())
def test_what_people_read_of_a_value_means_the_value(field: Field, data: st.DataObject):
    options = list(options_of(field))
    if options:
        chosen = data.draw(st.lists(st.sampled_from(options), min_size=1, max_size=3))
        value = understood(field, ";".join(chosen if field.several else chosen[:1]))
    elif field.type is FieldType.GROUP:
        value = "unclear"
    else:
        drawn = {FieldType.NUMBER: st.integers(1, 9999), FieldType.YEAR: st.integers(1000, 2999)}
        value = understood(field, str(data.draw(drawn.get(field.type, st.text()))))
    assert understood(field, in_words(field, value)) == value


@given(st.text())
def test_a_value_is_understood_as_itself(text: str):
    value = understood(NOTES, text)
    assert understood(NOTES, value) == value
    assert "\n" not in value
    value.encode()


def test_two_spellings_of_one_value_say_the_same():
    assert comparable(N, "12") == comparable(N, "12.0") != comparable(N, "120")
    assert comparable(NOTES, "Mindfulness, weekly.") == comparable(NOTES, "mindfulness weekly")
    assert comparable(LEVEL, "team;individual") == comparable(LEVEL, "individual;team")
    assert comparable(NOTES, "?") != comparable(NOTES, "!")


def test_no_name_means_two_countries():
    table = Path(countries_module.__file__).with_name("countries.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [
        name.casefold()
        for row in rows
        for name in {row["code"], row["name"], *row["other_names"].split(";")}
    ]
    assert len(names) == len(set(names))
    assert len(countries()) == len(rows) == 250
    assert set(other_names().values()) <= set(countries())
    assert not {"korea", "congo"} & set(names)
