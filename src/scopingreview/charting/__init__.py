"""What is charted of the included studies: the form, its cells, what stands, how well it agrees.

Values in, values out. `ChartingState` says where everything stands; its `settled` values are what
tables and figures count: for each study, the value of each slot as it is kept, which `members`
takes apart and `in_words` turns into what people read.
"""

from scopingreview.charting.cell_values import comparable, meant_by_code, on_one_line, understood
from scopingreview.charting.charting_state import ChartingStanding, ChartingState
from scopingreview.charting.completeness import missing_slots, rows_of_group, slots_of_form
from scopingreview.charting.consensus import NO_ROW, ROW, CellConflict
from scopingreview.charting.field_agreement import FieldAgreement, agreement_by_field
from scopingreview.charting.form_version import form_version
from scopingreview.charting.options import in_words, is_chosen, joined, members, options_of
from scopingreview.charting.study_list import included_studies, names_of_studies

__all__ = [
    "NO_ROW",
    "ROW",
    "CellConflict",
    "ChartingStanding",
    "ChartingState",
    "FieldAgreement",
    "agreement_by_field",
    "comparable",
    "form_version",
    "in_words",
    "included_studies",
    "is_chosen",
    "joined",
    "meant_by_code",
    "members",
    "missing_slots",
    "names_of_studies",
    "on_one_line",
    "options_of",
    "rows_of_group",
    "slots_of_form",
    "understood",
]
