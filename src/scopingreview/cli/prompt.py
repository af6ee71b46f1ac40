"""Lines for the prompt: a record, the keys, the criteria; a key, a line or reasons asked for."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext

from scopingreview.cli.chosen_keyboard import pasted_behind
from scopingreview.cli.console import Console, show
from scopingreview.cli.keyboard import END_OF_INPUT, Keyboard
from scopingreview.cli.text_column import columns_of, wrapped
from scopingreview.model import HighlightGroup, Phase, PhaseRules, Record
from scopingreview.screening.labels import own_labels
from scopingreview.store.rehearsal import rehearsal
from scopingreview.visible import visible
from scopingreview.work.abstract_headings import paragraphs
from scopingreview.work.acts import BY_NAME
from scopingreview.work.decision_words import decision_in_words
from scopingreview.work.front_end import Choice, ChoiceQuestion, LineQuestion
from scopingreview.work.highlights import Leaning, Terms
from scopingreview.work.keymap import Keymap
from scopingreview.work.session import Session

WIDEST = 100  # characters: longer lines of an abstract are hard to read
NO_TIMES: Mapping[str, int] = {}
YES = ("y", "yes")
EMPTY = "-"  # empties a text that stands; Enter alone keeps it


def describe(
    record: Record, *, authors: bool = True, without_abstract: str = "[no abstract]"
) -> list[str]:
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
        lines.append(without_abstract)
    if record.keywords:
        lines += ["", "Keywords: " + "; ".join(record.keywords)]
    if record.doi:
        lines.append(f"https://doi.org/{record.doi}")
    return lines


def describe_standing(session: Session, record: Record) -> list[str]:
    """What the person has said of the record so far, a line each."""
    history = session.history
    lines = []
    if decision := history.standing(record.record_id):
        lines.append(f"(you said {decision_in_words(decision, session.rules)})")
    if labels := own_labels(history.labels(record.record_id)):
        lines.append(f"(labels: {', '.join(labels)})")
    if note := history.note(record.record_id):
        lines.append(f"(comment: {note})")
    return lines


def menu(keys: Keymap, names: Sequence[str]) -> str:
    """The keys of the first things that can be done; the help has them all."""
    first = [name for name in names if name in ("include", "exclude", "maybe", "skip", "undo")]
    shown = [*first, "criteria", "help", "quit"]
    return " ".join(f"[{keys.key(name)}] {BY_NAME[name].word}" for name in shown)


def show_help(keys: Keymap, names: Sequence[str]) -> None:
    """Every key that does something now, a line each; digits first."""
    show("1-9  Exclude for that reason.")
    for name in names:
        show(f"{keys.key(name)}  {BY_NAME[name].says}")


def show_criteria(rules: PhaseRules, times: Mapping[str, int]) -> None:
    """The criteria and the reasons of the phase, a line each, with how often the person gave it."""
    for criterion in rules.criteria or ("No criteria stand in config/review.toml for this phase.",):
        show(textwrap.fill(criterion, WIDEST, initial_indent="- ", subsequent_indent="  "))
    _show_reasons(rules, times)


def _show_reasons(rules: PhaseRules, times: Mapping[str, int] = NO_TIMES) -> None:
    for number, (key, wording) in enumerate(rules.exclusion_reasons.items(), start=1):
        given = f" ({times[key]:,} so far)" if times.get(key) else ""
        show(f"  {number}  {wording}{given}")


def show_terms(record: Record, terms: Terms, groups: Sequence[HighlightGroup]) -> None:
    """Which terms the record holds, and how often."""
    text = "\n".join([record.title, record.abstract, *record.keywords])
    for leaning in (Leaning.INCLUDE, Leaning.EXCLUDE):
        counted = terms.tally(text, leaning)
        show(f"Terms that speak for {leaning.value}: {_counted(counted)}")
    for group in groups:
        if group.terms:
            counted = terms.tally(text, Leaning.NEITHER, group)
            show(f"Terms of {group.name or 'your own'}: {_counted(counted)}")


def _counted(words: Counter[str]) -> str:
    return ", ".join(f"{word} ({n})" for word, n in words.most_common()) or "none"


def ask_text(keyboard: Keyboard | None, question: LineQuestion) -> str | None:
    """The line that the person writes; None at the end of the input.

    Where something stands, Enter keeps it and "-" empties it.
    """
    if question.hint:
        show(question.hint)
    if not question.value:
        return ask_line(f"{question.question}: ", keyboard)
    answer = ask_line(
        f"{question.question} [{question.value}] (Enter keeps, {EMPTY} empties): ", keyboard
    )
    return "" if answer == EMPTY else question.value if answer == "" else answer


def ask_choice(keyboard: Keyboard | None, question: ChoiceQuestion) -> str | None:
    """The key that the person chooses by its number, or names; None when they go back.

    Words that are no key make the list shorter, so that a person sees what they choose.
    """
    show(question.question)
    offered = _offer(question, "")
    what = "number, words, or a new name" if question.free else "number, id or words; Enter: back"
    while answer := ask_line(f"{what}: ", keyboard):
        if answer.isdecimal() and 1 <= int(answer) <= len(offered):
            return offered[int(answer) - 1].key
        if question.free:
            return answer
        found = question.choices_for(answer)
        if [choice.key for choice in found] == [answer]:
            return answer
        offered = _offer(question, answer)
    return answer if question.free else None


def _offer(question: ChoiceQuestion, typed: str) -> Sequence[Choice]:
    choices = question.choices_for(typed)
    for number, choice in enumerate(choices, start=1):
        show(f"  {number}  {choice.text}")
    if typed and not choices:
        show(f'None holds "{typed}".')
    return choices


def ask_reasons(keyboard: Keyboard | None, rules: PhaseRules) -> list[str] | None:
    """The keys of the chosen reasons in the protocol's order; None when the person goes back.

    At title and abstract one or none, at full text one or more.
    """
    _show_reasons(rules)
    ask = _ask_reasons if rules.phase is Phase.FULL_TEXT else _ask_one_reason
    return ask(keyboard, rules)


def _ask_reasons(keyboard: Keyboard | None, rules: PhaseRules) -> list[str] | None:
    reasons = list(rules.exclusion_reasons)
    show("Why? One number or several; the first in this list is the reason:")
    while answer := ask_line("reasons (Enter: back): ", keyboard):
        numbers = answer.replace(",", " ").split()
        if all(each.isdecimal() and 1 <= int(each) <= len(reasons) for each in numbers):
            return [reasons[number - 1] for number in sorted({int(each) for each in numbers})]
        show(f"Numbers from 1 to {len(reasons)}.")
    return None


def _ask_one_reason(keyboard: Keyboard | None, rules: PhaseRules) -> list[str] | None:
    reasons = list(rules.exclusion_reasons)
    question = "reason (Enter: none, q: back): "
    while (answer := ask_key(keyboard, question)) not in ("q", END_OF_INPUT, "\x1b"):
        if answer in ("", "\r", "\n"):
            return []
        if answer.isdecimal() and 1 <= int(answer) <= len(reasons):
            return [reasons[int(answer) - 1]]
        show(f"A number from 1 to {len(reasons)}.")
    return None


def ask_key(keyboard: Keyboard | None, question: str) -> str:
    """One key of the keyboard, one line without; END_OF_INPUT when there is no more."""
    if keyboard is None:
        answer = ask_line(question)
        return END_OF_INPUT if answer is None else answer
    lines = wrapped(visible(question).rstrip(), columns_of(sys.stdout))
    print(lines, end=" ", flush=True)
    try:
        key = keyboard.key()
    except KeyboardInterrupt:
        print()
        raise
    print(key if key.isprintable() else "")
    return key


def is_confirmed(question: str, console: Console) -> bool:
    """Whether a person at a terminal says so; nobody is asked elsewhere."""
    if console.as_json or rehearsal() or not sys.stdin.isatty():
        return False
    return (ask_line(question) or "").casefold() in YES


def ask_line(question: str, keyboard: Keyboard | None = None) -> str | None:
    """A line of text; "" for an empty one, None at the end of the input.

    What was pasted in several lines is one. Left there, an abstract's second line would be the
    answer to the next question, or its letters decide on records.
    """
    with keyboard.by_lines() if keyboard else nullcontext():
        try:
            answer = input(visible(question)).strip()
        except EOFError:
            show()
            return None
        return " ".join([answer, *pasted_behind().split()]).strip()
