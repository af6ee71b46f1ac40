"""docs/screening.md names everything a key can do, and every preset."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview.work.acts import ACTS, Act
from scopingreview.work.keymap import PRESETS

MANUAL = (Path(__file__).parents[2] / "docs" / "screening.md").read_text(encoding="utf-8")
NAMED = {"left": "←", "right": "→", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp"}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_the_manual_has_every_act_with_its_usual_keys(act: Act):
    (row,) = (line for line in MANUAL.splitlines() if f"`{act.name}`" in line and "|" in line)
    assert NAMED.get(act.keys[0], f"`{act.keys[0]}`") in row


@pytest.mark.parametrize("preset", PRESETS)
def test_the_manual_has_every_preset(preset: str):
    assert preset in MANUAL
