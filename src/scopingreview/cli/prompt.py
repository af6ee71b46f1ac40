"""Lines for the prompt: a record, the keys, the criteria; a key, a line or reasons asked for."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence

import typer

from scopingreview.model import PhaseRules, Record
from scopingreview.work.abstract_headings import paragraphs
from scopingreview.work.keymap import BY_NAME, Keymap

WIDEST = 100  # characters: longer lines of an abstract are hard to read
END_OF_INPUT = "\x04"
NAMES = {"\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left", " ": "space"}


def describe(record: Record, *, authors: bool = True) -> list[str]:
    """The record as lines of text to read, the abstract by its headings."""
    volume = f"{record.volume}({record.issue})" if record.issue else record.volume
    place = [record.journal, str(record.year or "no year"), volume, record.pages]
    lines = [record.title or "[no title]"]
    if authors:
        lines.append("; ".join(record.authors) or "[no authors]")
    lines.append(" · ".join(filter(None, [*place, record.type, record.language])))
    lines.append("")
    for paragraph in paragraphs(record.abstract):
        heading = f"{paragraph.heading.upper()}: " if paragraph.heading else ""
        lines.append(f"{heading}{paragraph.text}")
    if not record.abstract:
        lines.append("[no abstract]")
    if record.keywords:
        lines += ["", "Keywords: " + "; ".join(record.keywords)]
    if record.doi:
        lines.append(f"https://doi.org/{record.doi}")
    return lines


def menu(keys: Keymap, names: Sequence[str]) -> str:
    """The keys of the first things that can be done; the help has them all."""
    first = [name for name in names if name in ("include", "exclude", "maybe", "skip", "undo")]
    shown = [*first, "criteria", "help", "quit"]
    return " ".join(f"[{keys.key(name)}] {BY_NAME[name].word}" for name in shown)


def show_help(keys: Keymap, names: Sequence[str]) -> None:
    """Every key that does something now, a line each; digits first."""
    print("1-9  Exclude for that reason.")
    for name in names:
        print(f"{keys.key(name)}  {BY_NAME[name].says}")


def show_criteria(rules: PhaseRules) -> None:
    """The criteria and the reasons of the phase, a line each."""
    for criterion in rules.criteria or ("No criteria stand in config/review.toml for this phase.",):
        print(textwrap.fill(criterion, WIDEST, initial_indent="- ", subsequent_indent="  "))
    _show_reasons(rules)


def _show_reasons(rules: PhaseRules) -> None:
    for number, wording in enumerate(rules.exclusion_reasons.values(), start=1):
        print(f"  {number}  {wording}")


def ask_reasons(rules: PhaseRules) -> list[str]:
    """The keys of the chosen reasons in the protocol's order; empty when the person gives up."""
    reasons = list(rules.exclusion_reasons)
    print("Why? One number or several; the first in this list is the reason:")
    _show_reasons(rules)
    while answer := ask_line("reasons (Enter: back): "):
        numbers = answer.replace(",", " ").split()
        if all(each.isdigit() and 1 <= int(each) <= len(reasons) for each in numbers):
            return [reasons[number - 1] for number in sorted({int(each) for each in numbers})]
        print(f"Numbers from 1 to {len(reasons)}.")
    return []


def ask_one_reason(rules: PhaseRules) -> str | None:
    """The key of the chosen reason, "" for none; None when the person goes back.

    Asked even where no reason is needed: a digit typed after the key for exclude must never
    exclude the next record unread.
    """
    reasons = list(rules.exclusion_reasons)
    _show_reasons(rules)
    while (answer := ask_key("reason (Enter: none, q: back): ")) not in ("q", END_OF_INPUT, "\x1b"):
        if answer in ("", "\r", "\n"):
            return ""
        if answer.isdigit() and 1 <= int(answer) <= len(reasons):
            return reasons[int(answer) - 1]
        print(f"A number from 1 to {len(reasons)}.")
    return None


def ask_key(question: str) -> str:
    """One key on a terminal, one line elsewhere; END_OF_INPUT when there is no more."""
    if sys.stdin.isatty():
        print(question, end="", flush=True)
        key: str = typer.getchar()
        print(key if key.isprintable() else "")
        return NAMES.get(key, key) or END_OF_INPUT
    try:
        return input(question).strip()
    except EOFError:
        print()
        return END_OF_INPUT


def ask_line(question: str) -> str:
    """A line of text; "" for an empty one and at the end of the input."""
    try:
        return input(question).strip()
    except EOFError:
        print()
        return ""
