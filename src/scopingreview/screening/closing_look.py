"""Whether the stopping rule of the protocol is met: by a look that is on file, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from scopingreview.model import Look, Phase, StoppingRule

STAMP = "%Y-%m-%dT%H:%M:%SZ"


def closing_look(stopping: StoppingRule | None, looks: Iterable[Look]) -> Look | None:
    """The look at which the protocol's rule was met; None when it names none that shows it.

    It must be on file under the time that the protocol names, taken on the day of the rule or
    later, about title and abstract, on the rule's basis, and show its recall at its confidence.
    A rule in words or a tool asks for no recall: by naming the look, the team says that it was
    met there, and the look keeps what was screened and what was left.
    """
    if stopping is None:
        return None
    for look in looks:
        if (
            f"{look.looked_at:{STAMP}}" == stopping.look
            and look.phase is Phase.TITLE_ABSTRACT
            and look.basis is stopping.basis
            and look.looked_at.date() >= stopping.decided_on
            and _shows_target(look, stopping)
        ):
            return look
    return None


def _shows_target(look: Look, stopping: StoppingRule) -> bool:
    if stopping.recall is None:
        return True
    return look.confidence >= stopping.confidence and look.least_recall >= stopping.recall
