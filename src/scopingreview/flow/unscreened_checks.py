"""What settles the records that nobody has read: the rules D13, D14 and D15.

A limit does, and a stopping rule that was met at a look, of records that the look saw.
"""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.flow.units import describe_stopping
from scopingreview.model import Finding, LimitLine, Limits, StoppingRule, Unscreened
from scopingreview.screening.eligibility import TITLE_WORD
from scopingreview.screening.limit_effects import limit_effects
from scopingreview.screening.review_state import ReviewState

TAKE_A_LOOK = (
    "`scopingreview stopping title-abstract --as NAME` takes a look and logs it; named as look "
    "under [stopping] in config/review.toml, one at which the rule was met closes the phase."
)


def check_unread(state: ReviewState) -> Iterator[Finding]:
    """D13 or D14, or nothing where every record was read or the unread ones just wait."""
    protocol, unread = state.protocol, tuple(state.eligibility.unread)
    if not unread or protocol.flow.unscreened is Unscreened.AWAIT:
        return
    if protocol.stopping is None:
        yield _without_a_rule(protocol.flow.unscreened, unread)
    elif state.eligibility.unread_count_as is Unscreened.AWAIT:
        yield _without_a_look(protocol.stopping, state.eligibility.joined_since_look, unread)
    else:
        yield Finding(
            "D14",
            f"records that nobody read: {len(unread):,}, by {describe_stopping(protocol.stopping)}",
            unread,
            hint=f"They count as {protocol.flow.unscreened.replace('_', ' ')}. "
            "Say so in the methods.",
            error=False,
        )


def _without_a_rule(unscreened: Unscreened, unread: tuple[str, ...]) -> Finding:
    return Finding(
        "D13",
        f'unscreened = "{unscreened}" would settle {len(unread):,} records '
        "that nobody has read, but the protocol names no rule and no tool",
        unread,
        hint="They await. Screen them; or write [stopping] into config/review.toml: "
        "decided_on, the rule, or the tool and its version, and the look at which it was met.",
    )


def _without_a_look(stopping: StoppingRule, joined: int, unread: tuple[str, ...]) -> Finding:
    """D13 of a rule that no look closes; a note as long as the protocol names none."""
    if not stopping.look:
        said = (
            f"{len(unread):,} records that nobody has read await: the protocol's stopping rule "
            "names no look at which it was met"
        )
        return Finding("D13", said, unread, hint=TAKE_A_LOOK, error=False)
    if joined:
        said = (
            f"the protocol stops by the look of {stopping.look}, but {joined:,} more records are "
            "to be screened since: it says nothing of them"
        )
    else:
        shows = "shows its recall at its confidence"
        said = (
            f"the protocol stops by the look of {stopping.look}, but no look on file "
            f"{shows if stopping.recall is not None else 'on or after its day has that time'}"
        )
    return Finding("D13", said, unread, hint=f"They await. {TAKE_A_LOOK}")


def check_limits(state: ReviewState) -> Iterator[Finding]:
    """D14, D15: a limit that judges is told, and one that contradicts people is found."""
    limits = state.protocol.limits
    if limits == Limits():
        return
    for effect in limit_effects(state, limits):
        if effect.included:
            yield Finding(
                "D15",
                f'{len(effect.included):,} records break the limit "{effect.limit}", '
                "but people did not exclude them",
                effect.included,
                hint="A limit removes nothing that people have decided on. Change it in "
                "config/review.toml, or decide again; scopingreview limits --preview lists all.",
            )
        if effect.excluded:
            yield Finding(
                "D15",
                f'{len(effect.excluded):,} records break the limit "{effect.limit}", '
                "but people screened and excluded them",
                effect.excluded,
                hint="They count as screened and excluded, not as removed before screening.",
                error=False,
            )
        judges = effect.limit == TITLE_WORD or limits.count_as is LimitLine.AUTOMATION
        if effect.removes and judges:
            yield Finding(
                "D14",
                f'records that nobody read: {len(effect.removes):,}, by the limit "{effect.limit}"',
                effect.removes,
                hint="Say so in the methods; scopingreview limits --preview lists them.",
                error=False,
            )
