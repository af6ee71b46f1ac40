"""Which key does what: the usual keys, presets for people who come from elsewhere, own keys.

Digits always stand for exclusion reasons and are nobody's else. What the acts are that keys do,
and their usual keys, is the table of `acts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scopingreview.errors import ReviewError, UsageError, nearest, raise_problems
from scopingreview.toml_table import Table

Keys = Mapping[str, tuple[str, ...]]

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
    """The keys of each act, the one to show first."""

    keys: Mapping[str, tuple[str, ...]]

    def act(self, key: str) -> str:
        """The name of what the key does; "" for a key that does nothing."""
        return next((name for name, keys in self.keys.items() if key in keys), "")

    def key(self, act: str) -> str:
        """The key to tell people for the act."""
        return self.keys[act][0]


def keymap(usual: Keys, preset: str = "usual", own: Keys | None = None) -> Keymap:
    """The usual keys of each act, the preset's over them, and a person's own over both.

    A key has one meaning, the newest. Raises CombinedError when own keys contradict each other
    or leave an act without a key.
    """
    chosen: dict[str, tuple[str, ...]] = dict(usual)
    for layer in (PRESETS[preset], own or {}):
        taken = {key for keys in layer.values() for key in keys}
        chosen = {
            name: layer.get(name) or tuple(key for key in keys if key not in taken)
            for name, keys in chosen.items()
        }
    raise_problems(list(_problems(chosen)))
    return Keymap(chosen)


def _problems(keys: Keys) -> Iterable[ReviewError]:
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


def load_keymap(path: Path, usual: Keys, preset: str = "") -> Keymap:
    """The keys of the person's file, if they have one; `preset` goes before the file's.

    The file has `preset = "vi"` and a table `[keys]` of act = "key" or a list of keys.
    Raises ReviewError with everything that is wrong in it.
    """
    if preset and preset not in PRESETS:
        raise UsageError(f'unknown preset "{preset}"', hint=nearest(preset, PRESETS))
    if not path.is_file():
        return keymap(usual, preset or "usual")
    top = Table.parse(path.read_text(encoding="utf-8-sig"), str(path))
    wanted = top.text("preset", "usual")
    if wanted not in PRESETS:
        top.problem(f'unknown preset "{wanted}"', nearest(wanted, PRESETS))
    table = top.table("keys")
    own = {name: _own_keys(table, name) for name in table.values if name in usual}
    table.finish(list(usual))
    top.finish()
    raise_problems(top.problems)
    try:
        return keymap(usual, preset or wanted, own)
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
