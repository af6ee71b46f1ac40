"""docs/screening.md names everything a key can do, and every preset."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview.work.keymap import ACTIONS, PRESETS, KeyedAction

MANUAL = (Path(__file__).parents[2] / "docs" / "screening.md").read_text(encoding="utf-8")
NAMED = {"left": "←", "right": "→", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp"}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_the_manual_has_every_action_with_its_usual_keys(action: KeyedAction):
    (row,) = (line for line in MANUAL.splitlines() if f"`{action.name}`" in line and "|" in line)
    assert NAMED.get(action.keys[0], f"`{action.keys[0]}`") in row


@pytest.mark.parametrize("preset", PRESETS)
def test_the_manual_has_every_preset(preset: str):
    assert preset in MANUAL
