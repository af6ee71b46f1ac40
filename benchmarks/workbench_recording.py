"""Record forty seconds at the workbench in docs/images: the bundled review, one key after another.

    python benchmarks/workbench_recording.py [FILE]

Written to FILE, by default docs/images/workbench-recording.svg, an SVG that moves without a script.
The screens are those of a real run: the bundled review's records, keys pressed in the workbench,
decisions appended to a file. The clock is invented: the same program draws the same bytes.

Exit status 0 once it is drawn.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from scopingreview import store
from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from scopingreview.work.acts import USUAL_KEYS
from scopingreview.work.keymap import keymap
from scopingreview.work.pace import Pace
from scopingreview.work.session import Session, screening_desk
from scopingreview.work.task import Task
from scopingreview.workbench.app import Workbench
from support.harness import ROOT, options
from support.moving_picture import Frame, moving_picture

RECORDING = ROOT / "docs" / "images" / "workbench-recording.svg"
TITLE = "scopingreview screen title-abstract --as ab"
SIZE = (80, 24)
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stroke:
    """Keys that are pressed, what is said of them, and how long what follows is looked at."""

    keys: tuple[str, ...]
    seconds: float
    says: str
    shown: str = ""  # as the key is written, where that is not the first one


STORY = (
    Stroke((), 3.5, "The first of the records that wait for you; nobody else's decision shows."),
    Stroke(("i",), 2.5, "Include. It is a line on disk before the next record shows."),
    Stroke(("e",), 2, "Exclude: which of the protocol's reasons?"),
    Stroke(("1",), 2.5, "The first reason. The next record."),
    Stroke(("p",), 3.5, "The criteria, whenever they are needed."),
    Stroke(("escape",), 1.5, "Back to the record.", "Esc"),
    Stroke(("m",), 2.5, "Maybe: what that means, the protocol says."),
    Stroke(("u",), 2.5, "Undo: one more line; nothing is overwritten."),
    Stroke(("c",), 1.2, "A comment, kept with the decision …"),
    Stroke(tuple("same cohort?"), 1.5, "… typed …", "abc"),
    Stroke(("enter",), 1.5, "… and there.", "Enter"),
    Stroke(("i",), 2, "Include."),
    Stroke(("l",), 3, "Your decisions, the latest first."),
    Stroke(("escape",), 1.5, "Back to the record.", "Esc"),
    Stroke(("/",), 1.2, "Search the records …"),
    Stroke(tuple("yoga"), 1.2, "… for a word …", "abc"),
    Stroke(("enter",), 2.5, "… and go to the first that holds it.", "Enter"),
    Stroke(("?",), 3.9, "Every key."),
)


@dataclass(slots=True)
class Clock:
    """A clock that is moved by hand."""

    time: datetime = field(default=BEGAN)

    def __call__(self) -> datetime:
        return self.time


def unscreened(folder: Path) -> Review:
    """The bundled review as it was before anybody decided."""
    for name in ("config", "data/raw"):
        shutil.copytree(ROOT / name, folder / name, copy_function=shutil.copyfile)
    review = Review(folder)
    run_import(review)
    run_dedupe(review)
    return review


async def record(review: Review) -> list[Frame]:
    """What is on the screen after each stroke."""
    clock = Clock()
    state = load_state(review, records=store.RecordFile(review))
    desk = screening_desk(state, Phase.TITLE_ABSTRACT)
    queue = state.owed(Phase.TITLE_ABSTRACT, "ab")
    session = Session(review, state, desk=desk, person="ab", queue=queue)
    app = Workbench(Task(session, Pace(begun=clock()), keymap(USUAL_KEYS), clock))
    frames = []
    async with app.run_test(size=SIZE) as pilot:
        for stroke in STORY:
            await _press(pilot, stroke)
            clock.time += timedelta(seconds=stroke.seconds)
            drawn = app.export_screenshot(title=TITLE)
            key = stroke.shown or (stroke.keys[0] if stroke.keys else "")
            frames.append(Frame(drawn, stroke.seconds, key, stroke.says))
    return frames


async def _press(pilot: Pilot[None], stroke: Stroke) -> None:
    for key in stroke.keys:
        await pilot.press({"/": "slash", "?": "question_mark", " ": "space"}.get(key, key))
    await pilot.pause()
    await pilot.pause()


def main() -> None:
    """The recording stands in the file."""
    parser = options(__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=RECORDING)
    file: Path = parser.parse_args().file
    with tempfile.TemporaryDirectory() as folder:
        frames = asyncio.run(record(unscreened(Path(folder) / "review")))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(moving_picture(frames, TITLE), encoding="utf-8")
    print(f"{file}: {file.stat().st_size:,} bytes, {sum(f.seconds for f in frames):g} s")


if __name__ == "__main__":
    main()
