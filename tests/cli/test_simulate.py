"""`simulate`: a labelled review screened over again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.ranking.test_ranker import IS_RELEVANT, TEXTS


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "labelled.csv"
    rows = [f"{text},,{int(label)}" for text, label in zip(TEXTS, IS_RELEVANT, strict=True)]
    file.write_text("\n".join(["title,abstract,label_included", *rows, ""]), encoding="utf-8")
    return file


def test_each_model_is_told_with_recall_work_saved_loss_and_time(run: Run, labelled: Path):
    words = ("simulate", labelled, "--model", "two-views-1", "--model", "elas-u4", "--seeds", "2")
    answer = run(*words)
    assert answer.status == 0
    assert "120 records, 20 relevant, 1 known before" in answer.out
    assert "WSS@95" in answer.out
    assert "two-views-1" in answer.out
    runs = json.loads(run(*words, "--json").out)["runs"]
    assert [(each["model"], each["seed"]) for each in runs] == [
        ("two-views-1", 1), ("two-views-1", 2), ("elas-u4", 1), ("elas-u4", 2)]  # fmt: skip
    for each in runs:
        assert len(each["curve"]) == 19
        assert each["loss"] < 0.2


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_curves_are_drawn_the_same_every_time(run: Run, labelled: Path, kind: str):
    pictures = [labelled.parent / f"{name}.{kind}" for name in "ab"]
    for picture in pictures:
        assert run("simulate", labelled, "--out", picture).status == 0
    assert pictures[0].read_bytes() == pictures[1].read_bytes()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title,abstract,included\nA,b,perhaps\n", '"perhaps" under "included" is no label'),
        ("title,abstract\nA,b\n", "no column says which records are relevant"),
        ("titel,abstract,included\nA,b,1\n", 'no column "title"'),
        ("title,abstract,included\nA,b,1\nC,d,1\n", "holds no irrelevant record"),
        ("title,abstract,included\nA,b,0\n", "holds no relevant record"),
    ],
)
def test_a_file_that_is_no_labelled_review_is_told_with_what_to_do(
    run: Run, tmp_path: Path, text: str, says: str
):
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    answer = run("simulate", file)
    assert answer.status == 1
    assert says in answer.err


def test_an_unknown_model_or_picture_is_wrong_usage(run: Run, labelled: Path):
    answer = run("simulate", labelled, "--model", "elas-u5")
    assert answer.status == 2
    assert "elas-u4" in answer.err
    assert run("simulate", labelled, "--out", "recall.doc").status == 2
