"""[charting] of the protocol: what a form may say, and what is told when it says it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import config
from scopingreview.charting import form_version
from scopingreview.errors import ReviewError
from scopingreview.model import ChartingRules, FieldType
from scopingreview.paths import PROTOCOL
from tests.reviews import change_protocol, found, protocol

FORM = """
[charting]
charters = 1
pilot = 2

[[charting.fields]]
key = "level"
label = "Level"
type = "multi"
help = "Whom it addresses"
options = { individual = "Individual", team = "Team" }

[[charting.fields]]
key = "weeks"
type = "number"
unit = "weeks"
min = 0.5
max = 520
required = false

[[charting.fields]]
key = "kind"
type = "tree"
several = true

[charting.fields.options]
skills = "Skills"
"skills/mind" = "Mindfulness"

[[charting.fields]]
key = "arms"
type = "group"

[[charting.fields.fields]]
key = "n"
type = "number"
"""


def rules_of(folder: Path, text: str) -> ChartingRules | None:
    review = found(folder)
    path = review.path(PROTOCOL)
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return config.load_charting_rules(review)


def test_a_protocol_without_a_form_has_no_charting(tmp_path: Path):
    assert rules_of(tmp_path / "r", "") is None


def test_a_form_is_read_field_by_field(tmp_path: Path):
    rules = rules_of(tmp_path / "r", FORM)
    assert rules is not None
    assert (rules.charters_needed, rules.pilot) == (1, 2)
    level, weeks, kind, arms = rules.form.fields
    assert dict(level.options) == {"individual": "Individual", "team": "Team"}
    assert level.several
    assert level.required
    assert (weeks.label, weeks.unit, weeks.least, weeks.most) == ("weeks", "weeks", 0.5, 520)
    assert not weeks.required
    assert kind.several
    assert [field.key for field in arms.fields] == ["n"]
    assert [name for name, _ in rules.form.every_field()][-2:] == ["arms", "arms.n"]


def test_the_rest_of_the_protocol_is_read_without_the_form(tmp_path: Path):
    """So a slip in the form keeps nobody from screening, and no count is out of date for it."""
    review = found(tmp_path / "r")
    before = protocol(review)
    change_protocol(review, "[title_abstract]", '[charting]\nslip = "?"\n\n[title_abstract]')
    assert protocol(review) == before
    with pytest.raises(ReviewError, match="slip"):
        config.load_charting_rules(review)


def test_the_jbi_preset_has_its_fields_and_takes_others_in_their_place(tmp_path: Path):
    own = '[[charting.fields]]\nkey = "methods"\ntype = "choice"\noptions = { rct = "Trial" }\n'
    more = '[[charting.fields]]\nkey = "theory"\n'
    rules = rules_of(tmp_path / "r", f'\n[charting]\npreset = "jbi"\n{own}{more}')
    assert rules is not None
    keys = [field.key for field in rules.form.fields]
    assert keys == [
        *("authors", "year", "country", "aims", "population", "methods"),
        *("intervention", "outcomes", "findings", "theory"),
    ]
    assert rules.form.field("methods").type is FieldType.CHOICE


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('type = "multi"', 'type = "multy"', 'Did you mean "multi"?'),
        ('key = "level"', 'key = "Level"', "must be lower-case letters"),
        ('key = "level"', 'key = "weeks"', '"weeks" stands 2 times among the fields'),
        ('help = "', 'hlep = "', 'Did you mean "help"?'),
        ("team =", "Team =", 'the option "Team" must be lower-case'),
        ('team = "Team"', 'team = "individual"', "stands 2 times among the options"),
        ('team = "Team"', 'team = "Not reported"', "it can always be charted anyway"),
        ('team = "Team"', 'team = "Team; ward"', 'holds a ";"'),
        ('options = { individual = "Individual", team = "Team" }', "", '"level" needs options'),
        ("min = 0.5", "min = 600", '"min" is more than "max"'),
        ('unit = "weeks"', 'options = { a = "A" }', 'of the type number, which has no "options"'),
        ('skills = "Skills"', 'work = "Work"', 'stands below "skills", which is no option'),
        ("charters = 1", "charters = 0", '"charters" must be at least 1'),
        ('[[charting.fields.fields]]\nkey = "n"\ntype = "number"', "", "needs fields of its own"),
        ('key = "n"\ntype = "number"', 'key = "n"\ntype = "group"', "stands in another group"),
        ("pilot = 2", 'preset = "jib"', 'unknown preset "jib"'),
    ],
)
def test_what_a_form_says_wrongly_is_told_with_the_field(
    tmp_path: Path, old: str, new: str, told: str
):
    assert old in FORM
    with pytest.raises(ReviewError) as raised:
        rules_of(tmp_path / "r", FORM.replace(old, new))
    assert told in str(raised.value)


def version(folder: Path, old: str = "", new: str = "") -> str:
    assert old in FORM
    rules = rules_of(folder, FORM.replace(old, new) if old else FORM)
    assert rules is not None
    return form_version(rules.form)


def test_a_form_that_means_another_thing_has_another_version(tmp_path: Path):
    now = version(tmp_path / "1")
    assert version(tmp_path / "2", 'team = "Team"', 'team = "Team or ward"') != now
    assert version(tmp_path / "3", 'unit = "weeks"', 'unit = "days"') != now
    assert version(tmp_path / "4", 'key = "n"', 'key = "m"') != now
    assert version(tmp_path / "5", "several = true", "several = false") != now


def test_polishing_what_people_read_of_a_form_leaves_its_version(tmp_path: Path):
    now = version(tmp_path / "1")
    assert version(tmp_path / "2", "Whom it addresses", "Whom does it address?") == now
    assert version(tmp_path / "3", 'label = "Level"', 'label = "Level of intervention"') == now
    assert version(tmp_path / "4", "max = 520", "max = 600") == now
    assert version(tmp_path / "5", "required = false", "required = true") == now
