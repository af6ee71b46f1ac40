"""Frames of a terminal, as Textual draws them, put into one SVG that moves by itself.

CSS shows one frame after the other; there is no script, and nothing is fetched. Rows that look
alike in several frames are kept once. Whoever has asked their system for less motion sees the
frame that stands for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as ET

NAMESPACE = "{http://www.w3.org/2000/svg}"
RULE = re.compile(r"\.terminal-\d+-(r\d+) \{ ([^}]*) \}")
LINE_HEIGHT = 24.4
CAPTION_HEIGHT = 44
STILL = 0  # the frame that is shown without motion

Rows = dict[int, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """A screen, how long it is shown, and what is said below it: the key that led there."""

    drawn: str
    seconds: float
    key: str = ""
    says: str = ""


def moving_picture(frames: Sequence[Frame], title: str) -> str:
    """The frames one after the other, again and again, as the text of an SVG."""
    looks: dict[str, str] = {}
    screens = [_rows(frame.drawn, looks) for frame in frames]
    kept: dict[str, str] = {}
    for row in (row for screen in screens for row in screen.values()):
        kept.setdefault(row, f"w{len(kept)}")
    width, height = _size(frames[0].drawn)
    whole = height + CAPTION_HEIGHT
    return "\n".join(
        [
            f'<svg xml:space="preserve" xmlns="http://www.w3.org/2000/svg" role="img" '
            f'viewBox="0 0 {width:g} {whole:g}">',
            f"<title>{escape(title)}</title>",
            f"<style>{_style(looks, frames)}</style>",
            "<defs>",
            *(f'<g id="{name}">{row}</g>' for row, name in kept.items()),
            "</defs>",
            f'<rect width="{width:g}" height="{whole:g}" rx="8" fill="#292929"/>',
            f'<text class="t" x="{width / 2:g}" y="27">{escape(title)}</text>',
            *(
                _shown(number, frame, screen, kept, height)
                for number, (frame, screen) in enumerate(zip(frames, screens, strict=True))
            ),
            "</svg>",
            "",
        ]
    )


def _shown(number: int, frame: Frame, screen: Rows, kept: dict[str, str], height: float) -> str:
    """One frame, to be shown when its time has come."""
    rows = "".join(
        f'<use href="#{kept[row]}" y="{place * LINE_HEIGHT:g}"/>' for place, row in screen.items()
    )
    begins, below = 16.0, ""
    if frame.key:
        width = 14 + 12 * len(frame.key)
        below = (
            f'<rect x="16" y="{height + 4:g}" width="{width}" height="30" rx="5" fill="#c5c8c6"/>'
            f'<text class="k" x="{16 + width / 2:g}" y="{height + 25:g}">{escape(frame.key)}</text>'
        )
        begins = width + 30
    below += f'<text class="s" x="{begins:g}" y="{height + 25:g}">{escape(frame.says)}</text>'
    inside = f'<g transform="translate(9,41)">{rows}</g>{below}'
    return f'<g class="f f{number}">{inside}</g>'


def _style(looks: dict[str, str], frames: Sequence[Frame]) -> str:
    """The look of each kind of text, and when each frame is shown."""
    whole = sum(frame.seconds for frame in frames)
    rules = [
        "text{font:20px 'Fira Code','DejaVu Sans Mono',Menlo,Consolas,monospace}",
        ".t,.s,.k{font-family:arial,sans-serif;font-size:18px;fill:#c5c8c6}",
        ".t,.k{text-anchor:middle;font-weight:bold}.k{fill:#292929}",
        *(f".{name}{{{look}}}" for look, name in looks.items()),
        f".f{{visibility:hidden;animation:{whole:g}s step-end infinite}}",
    ]
    begun = 0.0
    for number, frame in enumerate(frames):
        start, end = (100 * at / whole for at in (begun, begun + frame.seconds))
        begun += frame.seconds
        before = "0%{visibility:hidden}" if number else ""
        rules.append(
            f"@keyframes a{number}{{{before}{start:.3f}%{{visibility:visible}}"
            f"{end:.3f}%{{visibility:hidden}}}}.f{number}{{animation-name:a{number}}}"
        )
    still = f".f{STILL}{{visibility:visible}}"
    rules.append(f"@media (prefers-reduced-motion:reduce){{.f{{animation:none}}{still}}}")
    return "".join(rules)


def _size(drawn: str) -> tuple[float, float]:
    box = ET.fromstring(drawn).get("viewBox", "").split()
    return float(box[2]), float(box[3])


def _rows(drawn: str, looks: dict[str, str]) -> Rows:
    """The screen by rows, each as if it were the first; `looks` gets each kind of text once."""
    tree = ET.fromstring(drawn)
    style = next(tree.iter(f"{NAMESPACE}style")).text or ""
    names = {
        name: looks.setdefault(look.rstrip(";"), f"c{len(looks)}")
        for name, look in RULE.findall(style)
    }
    (screen,) = (each for each in tree.iter(f"{NAMESPACE}g") if "clip-path" in each.attrib)
    rows: dict[int, list[str]] = {}
    for shape in screen.iter(f"{NAMESPACE}rect"):
        place = round((float(shape.attrib["y"]) - 1.5) / LINE_HEIGHT)
        rows.setdefault(place, []).append(
            f'<rect fill="{shape.attrib["fill"]}" x="{shape.attrib["x"]}" y="1.5" '
            f'width="{shape.attrib["width"]}" height="24.65"/>'
        )
    for text in screen.iter(f"{NAMESPACE}text"):
        if not (text.text or "").strip("\n\xa0"):
            continue
        place = round((float(text.attrib["y"]) - 20) / LINE_HEIGHT)
        look = names[text.attrib["class"].rpartition("-")[2]]
        rows.setdefault(place, []).append(
            f'<text class="{look}" x="{text.attrib["x"]}" y="20" '
            f'textLength="{text.attrib["textLength"]}">{escape(text.text or "")}</text>'
        )
    return {place: "".join(parts) for place, parts in sorted(rows.items())}
