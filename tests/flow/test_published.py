"""Diagrams that were published, typed in again: what adds up in them and what does not.

The numbers and where they stand are in benchmarks/published/sources.csv.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from scopingreview.flow.diagram.arrangement import lay_out
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.page import render
from scopingreview.model import FlowRules
from scopingreview.stages.drawing import read_typed_flow
from tests.flow.test_picture import assert_tidy, box_text

FOLDER = Path(__file__).parents[2] / "benchmarks" / "published"
with (FOLDER / "sources.csv").open(encoding="utf-8") as _file:
    PUBLISHED = list(csv.DictReader(_file))


def test_every_published_diagram_says_where_it_stands():
    assert len(PUBLISHED) >= 3
    typed = {path.name for path in FOLDER.glob("*.csv")} - {"sources.csv"}
    assert {row["file"] for row in PUBLISHED} == typed
    assert all(row["where"].startswith("http") for row in PUBLISHED)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["file"])
def test_a_published_diagram_is_drawn_and_its_broken_sums_are_named(row: dict[str, str]):
    typed = read_typed_flow(FOLDER / row["file"])
    errors = [finding.code for finding in typed.findings if finding.error]
    assert errors == row["codes"].split()
    assert_tidy(lay_out(compose(typed.flow, FlowRules())))


def test_a_number_that_was_not_published_stays_blank():
    flow = read_typed_flow(FOLDER / "may-2024.csv").flow
    boxes = list(map(box_text, compose(flow, FlowRules()).blocks))
    assert boxes[-1] == "Studies included in review (n = 51)"
    assert "Records screened (n = )" in boxes


PICTURES = sorted((Path(__file__).parents[2] / "docs" / "pictures").glob("*.csv"))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_the_pictures_in_the_docs_are_what_their_numbers_draw(path: Path):
    assert len(PICTURES) == 4
    typed = read_typed_flow(path)
    assert typed.findings == ()
    drawn = path.with_suffix(".svg").read_bytes()
    assert drawn == render(typed.flow, FlowRules(), "svg")
