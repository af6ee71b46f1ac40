"""Six charted studies by hand: two have two levels, one says no design; a seventh waits."""

from __future__ import annotations

from scopingreview.charting import ChartingState
from scopingreview.model import Field, FieldType, Form
from scopingreview.tables.charted_values import ChartedValues, charted_values
from tests.charting.forms import COUNTRY, DESIGN, KIND, LEVEL, N, cell, charting

CODE = Field("code", "Code", FieldType.CHOICE, {"007": "Seven", "NA": "Namibia", "none": "None"})
FORM = Form((LEVEL, DESIGN, KIND, COUNTRY, N, CODE))
CHARTED = {
    "s1": ("individual", "rct", "skills/mind", "SWE", "12", "007"),
    "s2": ("individual;team", "rct", "skills", "SWE;NOR", "40", "NA"),
    "s3": ("team", "case", "work/time", "NOR", "1000", "NA"),
    "s4": ("team;individual", "not reported", "work", "DEU", "not reported", "none"),
    "s5": ("team", "rct", "skills/mind", "SWE", "30", "007"),
    "s6": ("individual", "case", "work", "unclear", "30", "none"),
}
#               rct  case  not reported  all
# individual     2    1         1         4
# team           2    1         1         4
# organisation   –    –         –         0
# all            3    2         1         6


def six_charted() -> ChartingState:
    """The six studies as one charter charted them, and a seventh that waits."""
    cells = [
        cell(study, field.key, value)
        for study, values in CHARTED.items()
        for field, value in zip(FORM.fields, values, strict=True)
    ]
    return charting(cells, form=FORM, studies=7, charters=1)


def six_studies() -> ChartedValues:
    """What stands of them."""
    return charted_values(six_charted())
