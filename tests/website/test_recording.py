"""The recording of the workbench that the README shows moves by itself and asks for nothing."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from support.moving_picture import Frame, moving_picture

RECORDING = Path(__file__).parents[2] / "docs/images/workbench-recording.svg"


def test_the_recording_is_small_and_holds_no_script_and_nothing_from_elsewhere():
    text = RECORDING.read_text(encoding="utf-8")
    assert len(text.encode()) < 500_000
    ET.fromstring(text)
    assert "<script" not in text
    loaded = re.findall(r"(?:href=\"|src=\"|url\()([^\")]+)", text)
    assert [each for each in loaded if not each.startswith("#")] == []


def screen(*lines: str) -> str:
    """A screen in the form of Textual's."""
    rows = "".join(
        f'<text class="terminal-1-r1" x="0" y="{20 + 24.4 * n}" textLength="12">{line}</text>'
        for n, line in enumerate(lines)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 90">'
        "<style>.terminal-1-r1 { fill: #fff }</style>"
        f'<g clip-path="url(#a)"><g>{rows}</g></g></svg>'
    )


def test_a_row_that_stays_is_kept_once_and_frames_follow_each_other():
    frames = [Frame(screen("stays", "one"), 3), Frame(screen("stays", "two"), 1, "i", "Include.")]
    text = moving_picture(frames, "title")
    assert text.count(">stays<") == 1
    assert "animation:4s step-end infinite" in text
    (shown,) = re.findall(r"@keyframes a1\{(.*?)\}\}", text)
    assert shown.startswith("0%{visibility:hidden}75.000%{visibility:visible}100.000%")
    assert ">Include.<" in text


def test_whoever_wants_less_motion_sees_one_frame():
    text = moving_picture([Frame(screen("a"), 1), Frame(screen("b"), 1)], "title")
    assert (
        "@media (prefers-reduced-motion:reduce){.f{animation:none}.f0{visibility:visible}}" in text
    )


def test_a_screen_without_the_form_of_a_terminal_is_refused():
    with pytest.raises(ValueError, match="not enough values"):
        moving_picture([Frame('<svg xmlns="http://www.w3.org/2000/svg"><style/></svg>', 1)], "t")
