"""How well the reviewers of a phase agreed, as a table: each pair, and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scopingreview.model import Phase
from scopingreview.screening.agreement import Agreement
from scopingreview.screening.coefficients import Estimate
from scopingreview.tables.paper_table import Cell, Column, ColumnKind, PaperTable, rows_of_cells


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """The agreement of these reviewers in a round of a phase (`pilot 1`, `screening`)."""

    phase: Phase
    round: str
    agreement: Agreement


def screening_agreement_table(rows: Iterable[AgreementRow]) -> PaperTable:
    """A row for each pair, and for all together where there are more, in each round."""
    return PaperTable(
        name="screening_agreement",
        title="Agreement of the reviewers while they screened",
        columns=(
            Column("phase", "Phase", ColumnKind.TEXT),
            Column("round", "Round", ColumnKind.TEXT),
            Column("reviewers", "Reviewers", ColumnKind.TEXT),
            Column("records", "Records"),
            Column("agreement_percent", "Agreement", ColumnKind.PERCENT),
            Column("kappa", "Kappa", ColumnKind.COEFFICIENT),
            Column("ac1", "Gwet's AC1", ColumnKind.COEFFICIENT),
            Column("alpha", "Krippendorff's alpha", ColumnKind.COEFFICIENT),
        ),
        rows=rows_of_cells([[*_cells(row)] for row in rows]),
        notes=(
            "Before anything was settled. Records: those that two or more decided on by "
            "themselves. Kappa is Cohen's for a pair, Fleiss' for more.",
        ),
    )


def _cells(row: AgreementRow) -> Iterator[Cell]:
    found = row.agreement
    yield from (str(row.phase), row.round, ", ".join(found.reviewers), found.records)
    yield from map(_value, (found.percent, found.kappa, found.ac1, found.alpha))


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None
