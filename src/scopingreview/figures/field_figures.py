"""The answers to one field as a picture: bars below each other, or the combinations as an UpSet."""

from __future__ import annotations

from collections.abc import Sequence

from scopingreview.figures.bars import LyingBar, lying_bars
from scopingreview.figures.figure import WIDTH_MM, Figure
from scopingreview.figures.shapes import POINTS_PER_MM
from scopingreview.figures.upset import Upset, UpsetColumn, UpsetSet, describe_upset, draw_upset
from scopingreview.tables.charted_tables import SEVERAL
from scopingreview.tables.charted_values import FieldCounts, file_word
from scopingreview.tables.paper_table import (
    Cell,
    Column,
    ColumnKind,
    PaperTable,
    rows_of_cells,
)

TEXT = ColumnKind.TEXT


def bars_figure(counts: FieldCounts, *, width_mm: float = WIDTH_MM) -> Figure:
    """A bar for each answer, what the studies do not say apart and hatched."""
    n = counts.n
    bars = [
        LyingBar(a.wording, a.n, f"{a.n:,} ({a.n / n:.0%})" if n else "0", not a.is_stated)
        for a in counts.answers
    ]
    rows: list[list[Cell]] = [[a.wording, a.n, a.n / n if n else None] for a in counts.answers]
    unstated = [answer.wording.lower() for answer in counts.answers if not answer.is_stated]
    hatched = f" Hatched: {' and '.join(unstated)}." if unstated else ""
    several = f" {SEVERAL}" if counts.several else ""
    numbers = "; ".join(f"{answer.wording}: {answer.n:,}" for answer in counts.answers)
    return Figure(
        drawing=lying_bars(bars, width=width_mm * POINTS_PER_MM),
        data=PaperTable(
            name=f"field_{file_word(counts.name)}",
            title=f"Included studies by {counts.label.lower()}",
            columns=(
                Column(file_word(counts.name), counts.label, TEXT),
                Column("studies", "Studies"),
                Column("percent", "%", ColumnKind.PERCENT),
            ),
            rows=rows_of_cells(rows),
        ),
        caption=f"Included studies by {counts.label.lower()} (n = {n:,}).{several}{hatched}",
        alternative=f"Bar chart of {counts.label.lower()}, {n:,} studies. {numbers or 'None'}.",
    )


def answers_upset_figure(
    counts: FieldCounts,
    combinations: Sequence[tuple[tuple[str, ...], int]],
    *,
    width_mm: float = WIDTH_MM,
) -> Figure:
    """Which answers to a field the studies give together; the sets stand in the form's order."""
    labels = {answer.key: answer.wording for answer in counts.answers if answer.is_stated}
    alone = {keys[0]: n for keys, n in combinations if len(keys) == 1}
    upset = Upset(
        sets=tuple(
            UpsetSet(answer.key, answer.wording, answer.n, alone.get(answer.key, 0))
            for answer in counts.answers
            if answer.is_stated and answer.n
        ),
        columns=tuple(UpsetColumn(keys, n) for keys, n in combinations),
        counted="studies",
    )
    stated = sum(n for _, n in combinations)
    rows: list[list[Cell]] = [[", ".join(labels[k] for k in keys), n] for keys, n in combinations]
    return Figure(
        drawing=draw_upset(upset, width=width_mm * POINTS_PER_MM),
        data=PaperTable(
            name=f"upset_{file_word(counts.name)}",
            title=f"Included studies by their combination of {counts.label.lower()}",
            columns=(Column("answers", counts.label, TEXT), Column("studies", "Studies")),
            rows=rows_of_cells([*rows, ["All", stated]], totals=1),
        ),
        caption=f"Included studies by their combination of {counts.label.lower()} "
        f"(n = {stated:,}). Each study stands in exactly one column. "
        f"Only here: studies with no other answer. {upset.left_out()}".rstrip(),
        alternative=describe_upset(upset, labels),
    )
