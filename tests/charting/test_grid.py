"""A table to fill in says what was charted, and comes back as what was filled in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.charting import options_of, understood
from scopingreview.charting.grid import CITATION, STUDY, Grid, grid_of
from scopingreview.charting.grid_entries import FilledGrid, GridReading, RawCell
from scopingreview.errors import ReviewError
from scopingreview.exchange.charting_sheet import (
    charting_csv,
    charting_xlsx,
    read_charting_sheet,
)
from scopingreview.model import Cell, Field, FieldType, Form, Slot
from tests.charting.forms import ARMS, DESIGN, EVERY_TYPE, LEVEL, N

AT = datetime(2023, 5, 1, 9, 0, tzinfo=UTC)
Charted = dict[str, dict[Slot, Cell]]


def value(field: Field) -> st.SearchStrategy[str]:
    """Any value that the field can hold, as it is kept."""
    options = list(options_of(field))
    if options:
        chosen = st.lists(st.sampled_from(options), min_size=1, max_size=3)
        kept = chosen.map(lambda keys: ";".join(keys if field.several else keys[:1]))
    elif field.type is FieldType.NUMBER:
        kept = st.one_of(st.integers(1, 99_999), st.decimals(1, 999, places=3)).map(str)
    elif field.type is FieldType.YEAR:
        kept = st.integers(1000, 2999).map(str)
    elif field.type is FieldType.GROUP:
        kept = st.just("unclear")
    else:
        kept = st.text(max_size=30)
    return st.one_of(st.sampled_from(["not reported", "unclear"]), kept).map(
        lambda text: understood(field, text)
    )


def texts() -> st.SearchStrategy[str]:
    """A page or a quote, as it is kept."""
    return st.text(max_size=20).map(lambda text: understood(Field("t", "T"), text))


@st.composite
def charted(draw: st.DrawFn) -> Charted:
    """What somebody has charted of a few studies: some slots blank, some rows of the group."""
    found: Charted = {}
    for number in range(1, draw(st.integers(1, 3)) + 1):
        study = f"pubmed:{number}"
        slots = [Slot(key) for key, _ in EVERY_TYPE.every_field() if "." not in key]
        rows = draw(st.integers(0, 2))
        if rows:
            slots.remove(Slot("arms"))
            slots += [Slot(f"arms.{f.key}", str(r + 1)) for r in range(rows) for f in ARMS.fields]
        for slot in draw(st.sets(st.sampled_from(slots))):
            kept = draw(value(EVERY_TYPE.field(slot.field)))
            if kept:
                quote, page = draw(texts()), draw(texts())
                cell = Cell(AT, study, slot, kept, "ab", quote, page)
                found.setdefault(study, {})[slot] = cell
        found.setdefault(study, {})
    return found


def grid(cells: Charted, *, ticks: bool = True, form: Form = EVERY_TYPE) -> Grid:
    citations = {key: f"Doe {key}" for key in cells}
    return grid_of(form, "1a2b3c4d", cells, citations, ticks=ticks, evidence=True)


def read_back(content: bytes, cells: Charted, form: Form = EVERY_TYPE) -> Charted:
    """What the sheet says, as cells."""
    grids = [grid(cells, ticks=ticks, form=form) for ticks in (True, False)]
    reading = GridReading(form, read_charting_sheet(content), grids)
    found: Charted = {key: {} for key in cells}
    for entry in reading.entries():
        field = form.field(entry.slot.field)
        if kept := understood(field, entry.text or ""):
            cell = Cell(
                AT, entry.study, entry.slot, kept, "ab", entry.quote or "", entry.page or ""
            )
            found[entry.study][entry.slot] = cell
    assert reading.problems == []
    return found


@given(charted())
def test_a_csv_that_comes_back_as_it_was_written_says_the_same(cells: Charted):
    content = charting_csv(grid(cells, ticks=False))
    again = read_back(content, cells)
    assert again == cells
    assert charting_csv(grid(again, ticks=False)) == content


@settings(max_examples=25)
@given(charted())
def test_a_workbook_that_comes_back_as_it_was_written_says_the_same(cells: Charted):
    content = charting_xlsx(grid(cells))
    again = read_back(content, cells)
    assert again == cells
    assert charting_xlsx(grid(again)) == content


def test_a_field_of_several_options_has_a_column_to_tick_for_each():
    cells = {"s1": {Slot("level"): Cell(AT, "s1", Slot("level"), "individual;team", "ab")}}
    ticked = grid_of(Form((LEVEL,)), "v", cells, {"s1": "Doe"}, ticks=True)
    assert ticked.headings == [
        *(STUDY, CITATION, "Level: Individual", "Level: Team", "Level: Organisation, whole"),
        *("Level: not reported", "Level: unclear"),
    ]
    assert ticked.rows == (("s1", "Doe", "x", "x", "", "", ""),)
    joined = grid_of(Form((LEVEL,)), "v", cells, {"s1": "Doe"}, ticks=False)
    assert joined.rows == (("s1", "Doe", "Individual; Team"),)


def test_a_group_has_columns_for_its_rows_and_spare_ones():
    slot = Slot("arms.name", "1")
    cells = {"s1": {slot: Cell(AT, "s1", slot, "Naps", "ab")}}
    made = grid_of(Form((ARMS,)), "v", cells, {"s1": "Doe"}, ticks=True)
    assert made.headings[2:] == [
        "Arms",
        *(f"Arms {n}: {w}" for n in (1, 2, 3) for w in ("Name", "Size")),
    ]


def test_two_fields_of_one_label_make_no_sheet():
    twins = Form((DESIGN, Field("other", "design")))
    with pytest.raises(ReviewError, match='two columns of the sheet would be called "design"'):
        grid({}, form=twins)


def fault(headings: list[str], *cells: str, version: str = "1a2b3c4d") -> list[str]:
    """What is told of a table with these headings and one row."""
    form = Form((LEVEL, DESIGN, N))
    grids = [grid({}, ticks=ticks, form=form) for ticks in (True, False)]
    rows = [(2, [RawCell(cell) for cell in cells])]
    reading = GridReading(form, FilledGrid(version, headings, rows), grids)
    reading.entries()
    return [str(problem) for problem in reading.problems]


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Level", "Teem", 'column B (Level): Level: "Teem" is no option\n  Did you mean "Team"?'),
        ("Level: Team", "?", 'column B (Level: Team): "?" is no tick'),
        ("Desing", "", 'column B: no field is called "Desing"\n  Did you mean "Design"?'),
        ("Sample (people)", "1,200", 'column B (Sample (people)): Sample: "1,200" is no number'),
        ("study_id", "", 'column B: "study_id" stands in column A already'),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(heading: str, cell: str, told: str):
    (said,) = fault([STUDY, heading], "s1", cell)
    assert told in said


def test_a_heading_is_known_by_key_label_or_with_its_unit():
    for heading in ("n", "Sample", "sample (people)"):
        assert fault([STUDY, heading], "s1", "12") == []


def test_a_sheet_of_another_form_is_told_with_what_differs():
    (said,) = fault([STUDY, "Level"], "s1", "Team", version="old00000")
    assert "it was old00000, it is 1a2b3c4d" in said
    assert "it has no column for: Design, Sample (people)" in said
    assert "--old-form" in said
