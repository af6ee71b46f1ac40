"""A decision as people read it: the verdict, and after an exclusion why."""

from __future__ import annotations

from scopingreview.model import Decision, PhaseRules
from scopingreview.screening.labels import further_reasons


def decision_in_words(decision: Decision, rules: PhaseRules) -> str:
    """The verdict first; then the wording of the reason, and of what else the report fails."""

    def wording(key: str) -> str:
        return rules.exclusion_reasons.get(key, key)

    because = f": {wording(decision.reason)}" if decision.reason else ""
    further = "; ".join(map(wording, further_reasons(decision.labels)))
    return f"{decision.verdict}{because}{f' (also {further})' if further else ''}"
