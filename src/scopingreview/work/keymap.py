"""Which key does what: the usual keys, presets for people who come from elsewhere, own keys.

Digits always stand for exclusion reasons and are nobody's else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scopingreview.errors import ReviewError, UsageError, nearest, raise_problems
from scopingreview.toml_table import Table


@dataclass(frozen=True, slots=True)
class KeyedAction:
    """Something a key does: `word` is what the footer calls it, `says` explains it in the help."""

    name: str
    keys: tuple[str, ...]
    word: str
    says: str


ACTIONS = (
    KeyedAction("include", ("i",), "include", "Include the record."),
    KeyedAction("exclude", ("e",), "exclude", "Exclude it, and say why."),
    KeyedAction("maybe", ("m",), "maybe", "Leave it open: what a maybe means, the protocol says."),
    KeyedAction("undo", ("u",), "undo", "Take back what you did last, again and again."),
    KeyedAction("skip", ("s",), "skip", "Put the record at the end of the queue."),
    KeyedAction("next", ("n", "right"), "next", "Look at the next record without deciding."),
    KeyedAction("back", ("b", "left"), "back", "Look at the record before without deciding."),
    KeyedAction("criteria", ("p",), "criteria", "Read the criteria of this phase."),
    KeyedAction("note", ("c",), "comment", "Write a comment that is kept with your decision."),
    KeyedAction("labels", ("t",), "label", "Give the record labels of your own."),
    KeyedAction("duplicate", ("x",), "duplicate", "Say that it is the same report as another."),
    KeyedAction("study", ("r",), "study", "Link the report to the study it belongs to."),
    KeyedAction("open", ("o",), "open", "Open the full text, or the page of its DOI."),
    KeyedAction("search", ("/",), "search", "Go to the next record that holds some words."),
    KeyedAction("search_again", (".",), "again", "Go on to the next record that holds them."),
    KeyedAction("filter", ("f",), "filter", "List some of the records: your maybes, a label, …"),
    KeyedAction("go_to", ("g",), "go to", "Go to a record by its id."),
    KeyedAction("decisions", ("l",), "my list", "See your decisions, and go to one of them."),
    KeyedAction("highlights", ("h",), "highlights", "Mark the protocol's terms, or do not."),
    KeyedAction("scroll_down", ("space", "pagedown"), "more", "Read on in a long abstract."),
    KeyedAction("scroll_up", ("pageup",), "up", "Go back in it."),
    KeyedAction("help", ("?", "f1"), "help", "See every key."),
    KeyedAction("quit", ("q", "ctrl+q"), "quit", "Leave; everything is saved already."),
)
BY_NAME = {action.name: action for action in ACTIONS}

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "usual": {},
    "rayyan": {
        "maybe": ("u",),
        "undo": ("z", "ctrl+z"),
        "next": ("down", "n", "right"),
        "back": ("up", "b", "left"),
    },
    "asreview": {"include": ("r",), "exclude": ("i",), "study": ("y",)},
    "vi": {
        "next": ("j", "right"),
        "back": ("k", "left"),
        "search_again": ("n",),
        "scroll_down": ("ctrl+f", "ctrl+d", "space", "pagedown"),
        "scroll_up": ("ctrl+b", "ctrl+u", "pageup"),
    },
    "ymn": {"include": ("y",), "exclude": ("n",), "next": ("right",)},
}

NAMED_KEYS = {
    *("space", "tab", "backspace", "delete", "insert", "up", "down", "left", "right"),
    *("home", "end", "pageup", "pagedown", *(f"f{number}" for number in range(1, 13))),
}
WITH_MODIFIER = re.compile(r"(?:(?:ctrl|alt|shift)\+)+(?P<key>.+)")


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of each action, the one to show first."""

    keys: Mapping[str, tuple[str, ...]]

    def action(self, key: str) -> str:
        """The name of what the key does; "" for a key that does nothing."""
        return next((name for name, keys in self.keys.items() if key in keys), "")

    def key(self, action: str) -> str:
        """The key to tell people for the action."""
        return self.keys[action][0]


def keymap(preset: str = "usual", own: Mapping[str, tuple[str, ...]] | None = None) -> Keymap:
    """The preset's keys with a person's own over them; a key has one meaning, the newest.

    Raises CombinedError when own keys contradict each other or leave an action without a key.
    """
    chosen: dict[str, tuple[str, ...]] = {action.name: action.keys for action in ACTIONS}
    for layer in (PRESETS[preset], own or {}):
        taken = {key for keys in layer.values() for key in keys}
        chosen = {
            name: layer.get(name) or tuple(key for key in keys if key not in taken)
            for name, keys in chosen.items()
        }
    raise_problems(list(_problems(chosen)))
    return Keymap(chosen)


def _problems(keys: Mapping[str, tuple[str, ...]]) -> Iterable[ReviewError]:
    meaning: dict[str, str] = {}
    for name, own in keys.items():
        if not own:
            yield ReviewError(
                f'"{name}" is left without a key', hint=f'Give it one: {name} = "…" under [keys].'
            )
        for key in own:
            if key in meaning:
                yield ReviewError(f'"{key}" cannot mean both "{meaning[key]}" and "{name}"')
            meaning[key] = name


def load_keymap(path: Path, preset: str = "") -> Keymap:
    """The keys of the person's file, if they have one; `preset` goes before the file's.

    The file has `preset = "vi"` and a table `[keys]` of action = "key" or a list of keys.
    Raises ReviewError with everything that is wrong in it.
    """
    if preset and preset not in PRESETS:
        raise UsageError(f'unknown preset "{preset}"', hint=nearest(preset, PRESETS))
    if not path.is_file():
        return keymap(preset or "usual")
    top = Table.parse(path.read_text(encoding="utf-8-sig"), str(path))
    wanted = top.text("preset", "usual")
    if wanted not in PRESETS:
        top.problem(f'unknown preset "{wanted}"', nearest(wanted, PRESETS))
    table = top.table("keys")
    own = {name: _own_keys(table, name) for name in table.values if name in BY_NAME}
    table.finish(list(BY_NAME))
    top.finish()
    raise_problems(top.problems)
    try:
        return keymap(preset or wanted, own)
    except ReviewError as error:
        raise ReviewError(error.message, where=str(path), hint=error.hint) from None


def _own_keys(table: Table, name: str) -> tuple[str, ...]:
    given = table.values[name]
    keys = table.texts(name) if isinstance(given, list) else (table.text(name),)
    for key in keys:
        if problem := _bad_key(key):
            table.problem(f"{name}: {problem}")
    return tuple(keys)


def _bad_key(key: str) -> str:
    """Why nothing can be bound to the key; "" when something can."""
    if key.isdigit() and len(key) == 1:
        return f'"{key}" is an exclusion reason'
    if key in ("enter", "escape"):
        return f'"{key}" ends a question'
    modified = WITH_MODIFIER.fullmatch(key)
    bare = modified["key"] if modified else key
    if (len(bare) == 1 and not bare.isspace()) or bare in NAMED_KEYS:
        return ""
    return f'"{key}" is no key. {nearest(bare, sorted(NAMED_KEYS))}'
