"""config/checklists.toml: what people say of items, and that nothing in it is ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview.config.own_answers import load_own_answers
from scopingreview.errors import ReviewError
from scopingreview.model.own_answers import OwnAnswer
from scopingreview.paths import OWN_ANSWERS, Review

ITEMS = {"prisma-s": ["1", "2"], "jbi": ["I", "II"]}


def said(folder: Path, text: str) -> dict[str, dict[str, OwnAnswer]]:
    review = Review(folder)
    path = review.path(OWN_ANSWERS)
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return load_own_answers(review, ITEMS)


def test_without_the_file_nobody_has_said_anything(tmp_path: Path):
    assert load_own_answers(Review(tmp_path), ITEMS) == {}


def test_an_item_is_a_table_below_its_checklist(tmp_path: Path):
    text = '[prisma-s.2]\nwhere = "p. 4"\nwords = "Not so."\n[jbi.II]\nnot_applicable = "None."\n'
    assert said(tmp_path, text) == {
        "prisma-s": {"2": OwnAnswer(where="p. 4", words="Not so.")},
        "jbi": {"II": OwnAnswer(not_applicable="None.")},
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[prisma-s.3]\nwhere = "p. 1"', 'there is no item "3" in [prisma-s]'),
        ('[prisma-z.1]\nwhere = "p. 1"', 'there is no checklist "prisma-z"'),
        ('[jbi.I]\npage = "1"', 'unknown key "page" in [jbi.I]'),
        ("[jbi.I]\nwhere = 3", '"where" must be text in quotes, not 3 in [jbi.I]'),
        ("[jbi.I", "this is not valid TOML"),
        ('jbi = "done"', '"jbi" must be a table'),
    ],
)
def test_what_it_cannot_mean_is_refused_with_the_place(tmp_path: Path, text: str, told: str):
    with pytest.raises(ReviewError) as refused:
        said(tmp_path, text)
    assert told in str(refused.value)
    assert OWN_ANSWERS in str(refused.value)
