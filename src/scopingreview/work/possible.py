"""What a person can do at this moment, in the order in which the footer offers it."""

from __future__ import annotations

from scopingreview.model import Phase
from scopingreview.work.keymap import ACTIONS
from scopingreview.work.session import Session

ON_A_RECORD = {
    *("include", "exclude", "maybe", "skip", "note", "labels", "duplicate", "open"),
    *("scroll_down", "scroll_up"),
}
AT_ANY_TIME = {"go_to", "filter", "criteria", "help", "quit"}


def possible_actions(session: Session, *, searched: bool) -> list[str]:
    """The names of the actions that would do something now."""
    able = set(AT_ANY_TIME)
    if session.current is not None:
        able |= ON_A_RECORD
        if session.desk.phase is Phase.FULL_TEXT:
            able.add("study")
    if session.can_undo:
        able |= {"undo", "decisions"}
    if len(session.list):
        able.add("search")
        if searched:
            able.add("search_again")
    if session.list.place > 0:
        able.add("back")
    if session.list.place + 1 < len(session.list):
        able.add("next")
    protocol = session.state.protocol
    if protocol.include_terms or protocol.exclude_terms:
        able.add("highlights")
    return [action.name for action in ACTIONS if action.name in able]
