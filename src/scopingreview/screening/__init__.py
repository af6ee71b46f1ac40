"""What the decisions on records add up to, and who still owes one. Values in, values out."""

from scopingreview.screening.allocation import Team, decisions_needed, team_of
from scopingreview.screening.criteria import criteria_version, made_under_other_criteria
from scopingreview.screening.outcomes import (
    canonical_ids,
    current_retrievals,
    current_studies,
    outcomes,
    standing_decisions,
    votes_before,
)
from scopingreview.screening.pilot import Pilot, draw_sample, work_out_pilot
from scopingreview.screening.queue import in_order, order_seed, reports_to_assess, waiting

__all__ = [
    "Pilot",
    "Team",
    "canonical_ids",
    "criteria_version",
    "current_retrievals",
    "current_studies",
    "decisions_needed",
    "draw_sample",
    "in_order",
    "made_under_other_criteria",
    "order_seed",
    "outcomes",
    "reports_to_assess",
    "standing_decisions",
    "team_of",
    "votes_before",
    "waiting",
    "work_out_pilot",
]
