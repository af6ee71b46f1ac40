"""The values that pass between the rooms of the program: frozen, typed, without behaviour.

Here: what a review is made of. `protocol` (sources, people, rules), `searches` (and their
exports), `known_items` (papers that must be found), `records` (records and duplicates), `screened`
(decisions and outcomes), `form` and `charted` (what is charted of the included studies), `counts`
(the flow). Not here: reading or writing them (`store`, `config`), working them out (`dedupe`,
`screening`, `charting`, `flow`), file names (`paths`).

Missing is "" for text and None for numbers and dates, and missing never equals missing.
The words are those of docs/glossary.md.
"""

from scopingreview.model.charted import Cell, Slot, Study, Unstated
from scopingreview.model.counts import (
    Box,
    Count,
    Finding,
    FlowCounts,
    Line,
)
from scopingreview.model.form import ChartingRules, Field, FieldType, Form
from scopingreview.model.full_texts import FullText, TextMatch, UnclearText
from scopingreview.model.known_items import KnownItem, Recalled, Step
from scopingreview.model.protocol import (
    Allocation,
    ConsensusRule,
    DedupePolicy,
    FlowRules,
    LateDuplicates,
    LimitLine,
    Limits,
    LinkUnit,
    MaybeRule,
    OtherMethods,
    Person,
    Phase,
    PhaseRules,
    PilotRules,
    PreviousVersion,
    Protocol,
    ScreeningOrder,
    Source,
    SourceKind,
    StoppingRule,
    UnitWord,
    Unscreened,
    Versions,
)
from scopingreview.model.provenance import Provenance
from scopingreview.model.records import (
    BestCopy,
    Compared,
    Duplicate,
    DuplicateJudgement,
    PossibleDuplicate,
    Record,
)
from scopingreview.model.screened import (
    Adjustment,
    AdjustmentKind,
    ConflictKind,
    Decision,
    Event,
    EventKind,
    Outcome,
    ReadingTime,
    Retrieval,
    RetrievalStatus,
    Settled,
    Standing,
    StudyLink,
    Verdict,
)
from scopingreview.model.searches import AcceptedLoss, Export, Search

__all__ = [
    "AcceptedLoss",
    "Adjustment",
    "AdjustmentKind",
    "Allocation",
    "BestCopy",
    "Box",
    "Cell",
    "ChartingRules",
    "Compared",
    "ConflictKind",
    "ConsensusRule",
    "Count",
    "Decision",
    "DedupePolicy",
    "Duplicate",
    "DuplicateJudgement",
    "Event",
    "EventKind",
    "Export",
    "Field",
    "FieldType",
    "Finding",
    "FlowCounts",
    "FlowRules",
    "Form",
    "FullText",
    "KnownItem",
    "LateDuplicates",
    "LimitLine",
    "Limits",
    "Line",
    "LinkUnit",
    "MaybeRule",
    "OtherMethods",
    "Outcome",
    "Person",
    "Phase",
    "PhaseRules",
    "PilotRules",
    "PossibleDuplicate",
    "PreviousVersion",
    "Protocol",
    "Provenance",
    "ReadingTime",
    "Recalled",
    "Record",
    "Retrieval",
    "RetrievalStatus",
    "ScreeningOrder",
    "Search",
    "Settled",
    "Slot",
    "Source",
    "SourceKind",
    "Standing",
    "Step",
    "StoppingRule",
    "Study",
    "StudyLink",
    "TextMatch",
    "UnclearText",
    "UnitWord",
    "Unscreened",
    "Unstated",
    "Verdict",
    "Versions",
]
