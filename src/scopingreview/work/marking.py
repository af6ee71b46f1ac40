"""A person's own terms: marked in the records they read, for nobody else.

The protocol's terms are the team's and change in config/review.toml. What one person wants to see
while they read is a line of their own file, and comes back in their next sitting.
"""

from __future__ import annotations

from scopingreview import store
from scopingreview.errors import UsageError, nearest
from scopingreview.model import OwnTerm
from scopingreview.work.front_end import FrontEnd, LineQuestion
from scopingreview.work.highlights import standing_terms
from scopingreview.work.task import Task

NO_LONGER = "-"


def mark_term(task: Task, front: FrontEnd) -> None:
    """A term that the person types is marked from now on, or no longer."""
    known = ["include", "exclude", *(group.name for group in task.groups() if group.name)]
    marked = [term for terms in standing_terms(task.own_terms).values() for term in terms]
    groups = ", ".join(f"{name}:" for name in known)
    hint = f"nurs* finds any ending. {groups} before it puts it there."
    if marked:
        hint += f" Yours: {', '.join(marked)}; {NO_LONGER} before one ends it."

    def keep(text: str) -> None:
        term = parse_own_term(text, known)
        if term:
            _keep(task, front, term[0], term[1], marked=not text.strip().startswith(NO_LONGER))

    front.ask_line(LineQuestion("Mark a word of your own", hint=hint), keep)


def parse_own_term(text: str, known: list[str]) -> tuple[str, str] | None:
    """The group and the term in a person's words; None for an empty text.

    Raises UsageError for an unknown group, naming the nearest.
    """
    words = " ".join(text.strip().removeprefix(NO_LONGER).split())
    group, colon, term = words.partition(":")
    if not colon:
        return ("", words) if words.rstrip("*") else None
    if group.strip() not in known:
        raise UsageError(f'there is no group "{group.strip()}"', hint=nearest(group.strip(), known))
    return (group.strip(), term.strip()) if term.strip(" *") else None


def _keep(task: Task, front: FrontEnd, group: str, term: str, *, marked: bool) -> None:
    if not marked:
        before = {each.term.casefold(): each.group for each in task.own_terms if each.marked}
        if term.casefold() not in before:
            raise UsageError(f'you have not marked "{term}"', hint=nearest(term, before))
        group = before[term.casefold()]
    kept = OwnTerm(task.now(), term, group, marked, task.session.person)
    store.append_own_term(task.session.review, kept)
    task.own_terms.append(kept)
    task.shows_terms = True
    front.say(f"“{term}” is marked from now on." if marked else f"“{term}” is marked no longer.")
