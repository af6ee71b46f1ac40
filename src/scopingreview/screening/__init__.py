"""What the decisions on records add up to, and who still owes one. Values in, values out."""

from scopingreview.screening.outcomes import canonical_ids, outcomes, standing_decisions
from scopingreview.screening.queue import owed, reports_to_assess
from scopingreview.screening.retrieval import current_retrievals

__all__ = [
    "canonical_ids",
    "current_retrievals",
    "outcomes",
    "owed",
    "reports_to_assess",
    "standing_decisions",
]
