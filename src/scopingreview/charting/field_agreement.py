"""How far the charters agree on each field, before anyone settled anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from scopingreview.charting.cell_values import comparable
from scopingreview.charting.charting_state import ChartingState
from scopingreview.charting.completeness import Values, missing_slots, rows_of_group
from scopingreview.charting.options import is_chosen, members
from scopingreview.model import Field, FieldType, Slot
from scopingreview.screening.coefficients import (
    Estimate,
    Ratings,
    cohen_kappa,
    fleiss_kappa,
    percent_agreement,
)


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far the charters of the same studies agree on one field.

    `field` is its name; `compared` are the studies (of a field in a group: the rows) in which at
    least two charted it, `alike` those in which all of them charted the same. `percent` is the
    share of agreeing pairs. `kappa` is Cohen's for two charters, Fleiss' for more, for fields in
    which one option is chosen; `jaccard` is, for fields that take several, the mean over the pairs
    of the options that both chose among those that either did.
    """

    field: str
    label: str
    type: FieldType
    compared: int
    alike: int
    percent: Estimate | None
    kappa: Estimate | None
    jaccard: float | None


def agreement_by_field(state: ChartingState) -> list[FieldAgreement]:
    """The agreement on each field of the form, in its order; a group itself has none.

    Compared are the values that stood before the consensus on their study began, of those who had
    charted all that is required by then; "not reported" and "unclear" are values like others.
    """
    charted = [dict(_complete_blind(state, study_id)) for study_id in state.studies]
    return [
        _agreement(name, field, list(_compared(name, charted)))
        for name, field in state.form.every_field()
        if field.type is not FieldType.GROUP
    ]


def _complete_blind(state: ChartingState, study_id: str) -> Iterator[tuple[str, Values]]:
    for name, cells in state.charted_blind.get(study_id, {}).items():
        values = {slot: cell.value for slot, cell in cells.items()}
        if not missing_slots(state.form, values):
            yield name, values


def _compared(name: str, charted: list[dict[str, Values]]) -> Iterator[dict[str, str]]:
    """The values of the field by charter, for each study or row that two at least filled."""
    group, _, inner = name.partition(".")
    for by_charter in charted:
        slots = [slot for values in by_charter.values() for slot in values]
        rows = rows_of_group(group, slots) if inner else [""]
        for row in rows:
            slot = Slot(name, row)
            said = {who: values[slot] for who, values in by_charter.items() if slot in values}
            if len(said) > 1:
                yield said


def _agreement(name: str, field: Field, said: list[dict[str, str]]) -> FieldAgreement:
    charters = sorted({charter for values in said for charter in values})
    patterns = Counter(
        tuple(comparable(field, values.get(charter, "")) for charter in charters) for values in said
    )
    ratings = Ratings(patterns, sorted({value for p in patterns for value in p if value}))
    has_kappa = is_chosen(field) and not field.several and len(ratings.verdicts) > 1
    kappa = cohen_kappa if len(charters) == 2 else fleiss_kappa
    return FieldAgreement(
        field=name,
        label=field.label,
        type=field.type,
        compared=len(said),
        alike=sum(n for pattern, n in patterns.items() if len(set(filter(None, pattern))) == 1),
        percent=percent_agreement(ratings),
        kappa=kappa(ratings) if has_kappa else None,
        jaccard=_mean_jaccard(field, said) if field.several and said else None,
    )


def _mean_jaccard(field: Field, said: list[dict[str, str]]) -> float:
    """The mean over the studies of the mean over the pairs of charters.

    Source: Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x.
    """
    by_study = [_jaccard_of_pairs(field, values) for values in said]
    return sum(by_study) / len(by_study)


def _jaccard_of_pairs(field: Field, values: Mapping[str, str]) -> float:
    chosen = [set(members(field, value)) for value in values.values()]
    shares = [len(one & other) / len(one | other) for one, other in combinations(chosen, 2)]
    return sum(shares) / len(shares)
