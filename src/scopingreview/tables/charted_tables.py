"""The charted studies as tables: their characteristics, counts, fields crossed, agreement, form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scopingreview.charting import FieldAgreement, in_words, options_of
from scopingreview.model import Field, FieldType, Form
from scopingreview.tables.charted_values import (
    MEASURED,
    ChartedValues,
    Crossed,
    FieldCounts,
    Measured,
    count_field,
    file_word,
    measure_field,
)
from scopingreview.tables.paper_table import (
    Cell,
    Column,
    ColumnKind,
    PaperTable,
    RowLook,
    TableRow,
    rows_of_cells,
)

TEXT, PERCENT, RATIO = ColumnKind.TEXT, ColumnKind.PERCENT, ColumnKind.RATIO
SEVERAL = "Some studies have more than one answer: numbers add up to more than n."
SUMS = (
    "A study with several answers stands in several cells and once in each total: cells may add "
    "up to more than the totals."
)


def characteristics_table(
    charted: ChartedValues, names: Sequence[str], labels: Mapping[str, str]
) -> PaperTable:
    """A row for each charted study, in the order of `labels` (its name on paper), a column a field.

    Rows of a group are told one after the other, with their numbers.
    """
    return PaperTable(
        name="characteristics",
        title=f"Characteristics of the included studies (n = {len(charted.studies):,})",
        columns=(
            Column("study", "Study", TEXT),
            *(Column(file_word(name), _head(charted, name), TEXT, weight=1.0) for name in names),
        ),
        rows=rows_of_cells(
            [
                [label, *(_said(charted, study, name) for name in names)]
                for study, label in labels.items()
                if charted.values.get(study)
            ]
        ),
        notes=tuple(_not_charted(charted)),
    )


def _head(charted: ChartedValues, name: str) -> str:
    unit = charted.form.field(name).unit
    return f"{charted.label(name)} ({unit})" if unit else charted.label(name)


def _said(charted: ChartedValues, study: str, name: str) -> str | None:
    field = replace(charted.form.field(name), unit="")  # it stands in the head
    said = [in_words(field, value) for value in charted.of_study(study, name)]
    if len(said) < 2:
        return said[0] if said else None
    return "; ".join(f"({number}) {text}" for number, text in enumerate(said, start=1))


def _not_charted(charted: ChartedValues) -> Iterator[str]:
    missing = len(charted.included) - len(charted.studies)
    if missing:
        yield (
            f"{missing:,} of the {len(charted.included):,} included studies "
            f"{'is' if missing == 1 else 'are'} not charted yet."
        )


def included_table(labels: Mapping[str, str], citations: Mapping[str, Sequence[str]]) -> PaperTable:
    """The included studies with their reports, each cited."""
    rows: list[list[Cell]] = [
        [label if number == 0 else "", citation]
        for study, label in labels.items()
        for number, citation in enumerate(citations[study])
    ]
    return PaperTable(
        name="included_studies",
        title=f"The included studies and their reports (n = {len(labels):,})",
        columns=(Column("study", "Study", TEXT), Column("report", "Report", TEXT, weight=1.0)),
        rows=rows_of_cells(rows),
    )


def counts_table(charted: ChartedValues, names: Sequence[str]) -> PaperTable:
    """How many studies gave each answer, a section for each field with its denominator."""
    rows: list[TableRow] = []
    several = False
    for name in names:
        if charted.form.field(name).type in MEASURED:
            rows += _measured_rows(measure_field(charted, name))
        else:
            counts = count_field(charted, name)
            several = several or counts.several
            rows += _count_rows(counts)
    return PaperTable(
        name="counts",
        title="The included studies by what was charted",
        columns=(
            Column("answer", "", TEXT, weight=1.0),
            Column("studies", "Studies"),
            Column("percent", "%", PERCENT),
        ),
        rows=tuple(rows),
        notes=(
            "n: the studies that have an answer to the field; percentages are of these.",
            *([f"* {SEVERAL}"] if several else []),
            *_not_charted(charted),
        ),
    )


def _count_rows(counts: FieldCounts) -> Iterator[TableRow]:
    mark = " *" if counts.several else ""
    yield TableRow((f"{counts.label}{mark} (n = {counts.n:,})",), RowLook.SECTION)
    for answer in counts.answers:
        yield TableRow((answer.wording, answer.n, _part(answer.n, counts.n)))


def _measured_rows(measured: Measured) -> Iterator[TableRow]:
    yield TableRow((f"{measured.label} (n = {measured.n:,})",), RowLook.SECTION)
    if measured.median is not None:
        said = f"Stated; {range_in_words(measured)}"
        yield TableRow((said, measured.values, _part(measured.values, measured.n)))
    for answer in measured.unstated:
        yield TableRow((answer.wording, answer.n, _part(answer.n, measured.n)))


def range_in_words(measured: Measured) -> str:
    """`median 48 (range 12 to 1204) participants`."""
    middle, least, most = (
        f"{number:g}" if number is not None else ""
        for number in (measured.median, measured.least, measured.most)
    )
    return f"median {middle} (range {least} to {most}) {measured.unit}".rstrip()


def _part(n: int, of_all: int) -> float | None:
    return n / of_all if of_all else None


def cross_table(crossed: Crossed) -> PaperTable:
    """Two fields crossed, with both margins; the corner says how many studies there are."""
    first, second = crossed.first, crossed.second
    rows: list[list[Cell]] = [
        [answer.wording, *cells, answer.n]
        for answer, cells in zip(first.answers, crossed.cells, strict=True)
    ]
    rows.append(["All studies", *(answer.n for answer in second.answers), crossed.n])
    several = first.several or second.several
    return PaperTable(
        name=f"cross_{crossed.name}",
        title=f"{first.label} by {second.label.lower()} (n = {crossed.n:,})",
        columns=(
            Column(file_word(first.name), first.label, TEXT),
            *(
                Column(answer.key.replace(" ", "_"), answer.wording, group=second.label)
                for answer in second.answers
            ),
            Column("all_studies", "All studies"),
        ),
        rows=rows_of_cells(rows, totals=1),
        notes=(SUMS,) if several else (),
    )


def agreement_table(found: Sequence[FieldAgreement]) -> PaperTable:
    """How far the charters agreed on each field before anybody settled anything."""
    return PaperTable(
        name="charting_agreement",
        title="Agreement of the charters by field",
        columns=(
            Column("field", "Field", TEXT),
            Column("compared", "Compared"),
            Column("alike", "Alike"),
            Column("agreement_percent", "Agreement", PERCENT),
            Column("kappa", "Kappa", ColumnKind.COEFFICIENT),
            Column("jaccard", "Jaccard", ColumnKind.COEFFICIENT),
        ),
        rows=rows_of_cells(
            [
                [
                    *(each.label, each.compared, each.alike),
                    each.percent.value if each.percent else None,
                    each.kappa.value if each.kappa else None,
                    each.jaccard,
                ]
                for each in found
                if each.compared
            ]
        ),
        notes=(
            "Compared: studies (of a field in a group: rows) that two or more charted by "
            "themselves. Alike: all of them the same. Kappa for one answer of a list, Jaccard for "
            "several.",
        ),
    )


def form_table(form: Form, version: str) -> PaperTable:
    """The form as it was charted with: JBI's data extraction instrument."""
    rows: list[list[Cell]] = []
    for name, field in form.every_field():
        above = form.field(name.partition(".")[0]).label if "." in name else ""
        label = f"{above}: {field.label}" if above else field.label
        rows.append([label, _type_in_words(field), _options(field), field.help or None])
    return PaperTable(
        name="extraction_form",
        title=f"The data extraction form (version {version})",
        columns=(
            Column("field", "Field", TEXT),
            Column("type", "Type", TEXT, weight=1.0),
            Column("options", "Options", TEXT, weight=2.0),
            Column("help", "Guidance", TEXT, weight=2.0),
        ),
        rows=rows_of_cells(rows),
        notes=('"Not reported" and "unclear" are answers to every field.',),
    )


def _type_in_words(field: Field) -> str:
    several = ", several possible" if field.several else ""
    bounds = " to ".join(f"{edge:g}" for edge in (field.least, field.most) if edge is not None)
    unit = f" of {field.unit}" if field.unit else ""
    required = "" if field.required else ", optional"
    return f"{field.type}{unit}{f', {bounds}' if bounds else ''}{several}{required}"


def _options(field: Field) -> str | None:
    if field.type is FieldType.COUNTRY:
        return "countries of ISO 3166-1"
    return "; ".join(options_of(field).values()) or None
