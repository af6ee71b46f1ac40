"""What the decisions on records add up to, and who still owes one. Values in, values out."""

from scopingreview.screening.order import in_order, order_seed
from scopingreview.screening.outcomes import canonical_ids, outcomes, standing_decisions
from scopingreview.screening.queue import owed, reports_to_assess
from scopingreview.screening.retrieval import current_retrievals
from scopingreview.screening.studies import current_studies

__all__ = [
    "canonical_ids",
    "current_retrievals",
    "current_studies",
    "in_order",
    "order_seed",
    "outcomes",
    "owed",
    "reports_to_assess",
    "standing_decisions",
]
