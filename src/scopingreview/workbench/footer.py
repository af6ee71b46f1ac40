"""The lines below a record: the exclusion reasons and the keys, each of which can be clicked.

A click does what its key does: a telephone has no keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from scopingreview.model import PhaseRules
from scopingreview.visible import visible
from scopingreview.work.acts import BY_NAME
from scopingreview.work.keymap import Keymap

DIGITS = "1234567890"


class Clickable(Static):
    """What is pressed again and again with a finger: it is no text to select."""

    ALLOW_SELECT = False


def clickable(content: Content, action: str) -> Content:
    """The content, which when clicked does the action of the screen it stands on."""
    return content.stylize(Style.from_meta({"@click": f"screen.{action}"}))


def draw_reasons(rules: PhaseRules, width: int, times: Mapping[str, int]) -> Content:
    """The exclusion reasons, as many a line as fit, each with the digit that excludes for it.

    Behind each stands how many times the person has excluded for it, from the first time on.
    """
    reasons = []
    for digit, (key, wording) in zip(DIGITS, rules.exclusion_reasons.items(), strict=False):
        reason = Content.assemble((f" {digit} ", "reverse"), f" {visible(wording)}")
        if times.get(key):
            reason += Content.styled(f" ({times[key]:,})", "dim")
        reasons.append(clickable(reason, f"exclude_for({int(digit)})"))
    return in_rows(reasons, width)


def draw_keys(names: Iterable[str], keys: Keymap, width: int, *, lines: int) -> Content:
    """What can be done now and with which key, as much as there is room for.

    `help` and `quit` always have room; the help lists what does not.
    """
    last = [_key_of(name, keys) for name in ("help", "quit")]
    first = [_key_of(name, keys) for name in names if name not in ("help", "quit")]
    while first and len(_rows([*first, *last], width)) > lines:
        first.pop()
    return in_rows([*first, *last], width)


def _key_of(name: str, keys: Keymap) -> Content:
    key = Content.assemble((keys.key(name), "bold underline"), f" {BY_NAME[name].word}")
    return clickable(key, f"act('{name}')")


def draw_answers(answers: Mapping[str, str], width: int) -> Content:
    """The keys that answer a question, and what each says; one can be clicked as it is pressed."""
    cells = [
        clickable(Content.assemble((key, "bold underline"), f" {word}"), f"press('{key}')")
        for key, word in answers.items()
    ]
    return in_rows(cells, width)


def rows_needed(cells: Sequence[Content], width: int) -> int:
    """How many lines the cells take."""
    return len(_rows(cells, width))


def in_rows(cells: Sequence[Content], width: int) -> Content:
    """The cells, as many a line as fit."""
    return Content("\n").join(Content("  ").join(row) for row in _rows(cells, width))


def _rows(cells: Iterable[Content], width: int) -> list[list[Content]]:
    """The cells in lines of at most that width, none of them broken."""
    rows: list[list[Content]] = [[]]
    used = 0
    for cell in cells:
        if rows[-1] and used + 2 + cell.cell_length > width:
            rows.append([])
            used = 0
        used += cell.cell_length + (2 if rows[-1] else 0)
        rows[-1].append(cell)
    return rows
