"""Keys: presets, a person's own, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview.errors import CombinedError, ReviewError, UsageError
from scopingreview.work.acts import USUAL_KEYS
from scopingreview.work.keymap import PRESETS, keymap, load_keymap


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_leaves_no_act_without_a_key_and_gives_no_key_two_meanings(preset: str):
    keys = keymap(USUAL_KEYS, preset)
    given = [key for own in keys.keys.values() for key in own]
    assert len(given) == len(set(given))
    assert all(keys.keys[name] for name in USUAL_KEYS)


def test_each_preset_has_the_keys_its_people_know():
    assert keymap(USUAL_KEYS, "rayyan").act("u") == "maybe"
    assert (keymap(USUAL_KEYS, "asreview").act("r"), keymap(USUAL_KEYS, "asreview").act("i")) == (
        "include",
        "exclude",
    )
    assert (keymap(USUAL_KEYS, "vi").act("j"), keymap(USUAL_KEYS, "vi").act("k")) == (
        "next",
        "back",
    )
    assert [keymap(USUAL_KEYS, "ymn").act(key) for key in "ymn"] == ["include", "maybe", "exclude"]


def write(folder: Path, text: str) -> Path:
    path = folder / "keys.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_keys_go_before_the_preset_and_take_the_key_from_its_old_act(tmp_path: Path):
    path = write(tmp_path, 'preset = "vi"\n[keys]\ninclude = "n"\nsearch_again = [";", "f3"]\n')
    keys = load_keymap(path, USUAL_KEYS)
    assert keys.act("n") == "include"
    assert keys.act("f3") == "search_again"
    assert keys.act("j") == "next"


def test_without_a_file_the_usual_keys_hold(tmp_path: Path):
    assert load_keymap(tmp_path / "none.toml", USUAL_KEYS) == keymap(USUAL_KEYS, "usual")


def test_an_unknown_act_is_refused_with_the_nearest(tmp_path: Path):
    path = write(tmp_path, '[keys]\ninclud = "y"\nprest = "k"\n')
    with pytest.raises(ReviewError, match=r'unknown key "includ".*\n.*Did you mean "include"'):
        load_keymap(path, USUAL_KEYS)


def test_every_problem_of_the_file_is_told_at_once(tmp_path: Path):
    path = write(tmp_path, 'preset = "vim"\n[keys]\ninclude = "3"\nundo = "escape"\nnote = "pagup"')
    with pytest.raises(CombinedError) as refused:
        load_keymap(path, USUAL_KEYS)
    text = str(refused.value)
    for part in ('"vi"', '"3" is an exclusion reason', '"escape" ends', '"pageup"'):
        assert part in text


def test_one_key_for_two_actions_is_refused(tmp_path: Path):
    path = write(tmp_path, '[keys]\ninclude = "y"\nmaybe = "y"\n')
    with pytest.raises(ReviewError, match='"y" cannot mean both "include" and "maybe"'):
        load_keymap(path, USUAL_KEYS)


def test_an_action_may_not_be_left_without_a_key(tmp_path: Path):
    path = write(tmp_path, '[keys]\ninclude = "s"\n')
    with pytest.raises(ReviewError, match='"skip" is left without a key'):
        load_keymap(path, USUAL_KEYS)


def test_an_unknown_preset_on_the_command_line_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match='unknown preset "rayan"'):
        load_keymap(tmp_path / "none.toml", USUAL_KEYS, "rayan")
