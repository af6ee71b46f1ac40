"""Deciding record by record at a plain prompt: any terminal, a pipe, a screen reader.

One key a decision. What the keys do is the session's business; here is how they are asked for
and how a record is shown.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable

import typer

from scopingreview.cli.console import Console, now
from scopingreview.errors import ReviewError
from scopingreview.model import Phase, PhaseRules, Record, Verdict
from scopingreview.stages.session import Session

VERDICT_KEYS = {"i": Verdict.INCLUDE, "e": Verdict.EXCLUDE, "m": Verdict.MAYBE}
MENU = "[i]nclude [e]xclude [m]aybe [s]kip [u]ndo [c]omment [?]criteria [q]uit"
WIDEST = 100  # characters: longer lines of an abstract are hard to read


def work(session: Session, console: Console, *, beside: Callable[[Record], list[str]]) -> None:
    """The person works through the queue until it is empty or they quit.

    `beside` gives lines to show beside a record (the votes in a conflict, the full text's place).
    End of input is the same as quitting. Every decision is on disk before the next record shows.
    """
    note = ""
    shown = None
    while (record := session.current) is not None:
        if record is not shown:
            _show(session, record, beside(record))
            shown = record
        key = ask_key(f"{MENU}: ")
        if key in ("q", ""):
            break
        try:
            if key in VERDICT_KEYS:
                if _decide(session, VERDICT_KEYS[key], note):
                    note = ""
            elif key == "u":
                _undo(session)
                shown = None
            elif key == "s":
                session.skip()
                shown = None
            elif key == "c":
                note = ask_line("comment: ") or note
            elif key == "?":
                _show_criteria(session.rules)
            else:
                console.note(f'"{key}" does nothing here.')
        except ReviewError as error:
            console.note(f"error: {error}")


def _decide(session: Session, verdict: Verdict, note: str) -> bool:
    """Whether the decision was taken: an exclusion can be given up at the question for a reason."""
    reason: str | None = ""
    if verdict is Verdict.EXCLUDE and session.rules.exclusion_reasons:
        reason = _ask_reason(session.rules)
    if reason is None:
        return False
    session.decide(verdict, reason=reason, note=note, now=now())
    return True


def _ask_reason(rules: PhaseRules) -> str | None:
    """The key of the chosen reason, "" for none where none is needed, None to give up."""
    reasons = list(rules.exclusion_reasons.items())
    print("Why? The first that applies:")
    for number, (_, wording) in enumerate(reasons, start=1):
        print(f"  {number}  {wording}")
    optional = rules.phase is Phase.TITLE_ABSTRACT
    keys = [str(number) for number in range(1, len(reasons) + 1)]
    question = (
        "reason number (Enter: no reason, q: back): " if optional else "reason number (q: back): "
    )
    ask = ask_key if len(keys) < 10 else ask_line
    while (answer := ask(question)) != "q":
        if answer in keys:
            return reasons[int(answer) - 1][0]
        if optional and answer in ("", "\r", "\n"):
            return ""
        if answer == "":
            return None
    return None


def _undo(session: Session) -> None:
    taken_back = session.undo(now=now())
    if taken_back is None:
        print("Nothing to undo.")
    else:
        print(f"Taken back: {taken_back.verdict} on {taken_back.record_id}.")


def _show(session: Session, record: Record, beside: list[str]) -> None:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    print()
    print(f"-- {session.left:,} left -- {record.record_id} ".ljust(width, "-"))
    for line in describe(record):
        print(textwrap.fill(line, width) if line else "")
    for line in beside:
        print(textwrap.fill(line, width))
    decision = session.standing(record.record_id)
    if decision:
        print(f"(you said {decision.verdict})")
    print()


def describe(record: Record) -> list[str]:
    """The record as lines of text to read, the abstract's paragraphs apart."""
    volume = f"{record.volume}({record.issue})" if record.issue else record.volume
    place = [record.journal, str(record.year or "no year"), volume, record.pages]
    lines = [record.title or "[no title]", "; ".join(record.authors) or "[no authors]"]
    lines.append(" · ".join(filter(None, [*place, record.type, record.language])))
    lines.append("")
    lines += record.abstract.split("\n") if record.abstract else ["[no abstract]"]
    if record.keywords:
        lines += ["", "Keywords: " + "; ".join(record.keywords)]
    if record.doi:
        lines.append(f"https://doi.org/{record.doi}")
    return lines


def _show_criteria(rules: PhaseRules) -> None:
    for criterion in rules.criteria or ("No criteria stand in config/review.toml for this phase.",):
        print(textwrap.fill(criterion, WIDEST, initial_indent="- ", subsequent_indent="  "))


def ask_key(question: str) -> str:
    """One key on a terminal, one line elsewhere; "" at the end of the input."""
    if not sys.stdin.isatty():
        return ask_line(question)
    print(question, end="", flush=True)
    key: str = typer.getchar()
    if key in ("\x04", ""):
        return ""
    print(key if key.isprintable() else "")
    return key if key in ("\r", "\n") else key.lower()


def ask_line(question: str) -> str:
    """A line of text; "" for an empty one and at the end of the input."""
    try:
        return input(question).strip()
    except EOFError:
        print()
        return ""
