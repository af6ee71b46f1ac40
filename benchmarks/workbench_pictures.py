"""Draw the pictures of the workbench in docs/images: at 80 x 24, wide, a pair, in a browser.

    python benchmarks/workbench_pictures.py [FOLDER] [--browser]

All are written into FOLDER, by default docs/images. The review in them is invented, and so is the
clock: the same program draws the same bytes. `--browser` draws the windows of a real Chromium too
(PNG, which another Chromium may pack otherwise); it needs playwright and the extra `browser`.

Exit status 0 once all are drawn, 1 when Chromium or playwright are missing.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scopingreview import store
from scopingreview.model import Decision, Phase, PossibleDuplicate, Record, Verdict
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.stages.new_review import Plan, found_review
from scopingreview.work.acts import USUAL_KEYS
from scopingreview.work.judging import JudgingSession
from scopingreview.work.keymap import keymap
from scopingreview.work.pace import Pace
from scopingreview.work.session import Session, screening_desk
from scopingreview.work.task import Task
from scopingreview.workbench.app import FullScreen, Workbench
from scopingreview.workbench.pair_screen import PairScreen
from support.harness import ROOT, needs, options
from support.screens import PHONE, Served, browser_windows, wait_until

PICTURES = {"workbench-80x24.svg": (80, 24), "workbench-wide.svg": (132, 36)}
PAIR = "pair-80x24.svg"
WINDOWS = {"workbench-browser.png": ((820, 520), False), "workbench-phone.png": (PHONE, True)}
RECORDS, DECIDED = 1240, 431
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECONDS_A_RECORD = 13
KEYS = ("i", "1", "i", "4", "m", "1")

PROTOCOL = """
title = "Self-planned rosters and the well-being of nurses"

[[sources]]
name = "pubmed"

[[reviewers]]
name = "ab"

[[reviewers]]
name = "cd"

[title_abstract]
order = "imported"
criteria = [
  "Population: nurses of any grade, in any country",
  "Concept: rosters that the staff plan themselves",
  "Context: hospitals and nursing homes",
  "Any design; protocols and editorials are left out",
]

[title_abstract.exclusion_reasons]
population = "Not nurses"
concept = "Not about rosters"
context = "Not in a hospital"
type = "No study of its own"

[highlight]
include = ["nurs*", "roster*", "self-schedul*", "burnout"]
exclude = ["rats", "editorial", "protocol"]

[[highlight.groups]]
name = "time of day"
terms = ["night*", "shift*"]
"""

SHOWN = Record(
    "pubmed:90000437",
    source="pubmed",
    title="Letting wards plan their own nights: self-scheduling and burnout among nurses, a "
    "before-and-after study",
    authors=("Invented, Ada", "Example, Bruno", "Sample, Chidi"),
    year=2021,
    journal="Journal of Imaginary Nursing",
    volume="34",
    issue="2",
    pages="117-126",
    type="Journal Article",
    language="English",
    doi="10.1234/jin.2021.0437",
    abstract=(
        "BACKGROUND: Nurses who work nights report more burnout than those who do not. Whether "
        "planning their own roster helps is not known. METHODS: Fourteen wards of two "
        "hospitals changed to self-scheduling. We asked 212 nurses before the change and again "
        "after six months; the protocol was registered. RESULTS: Exhaustion fell by a third, "
        "most of all among those with small children. Sick leave hardly changed. CONCLUSIONS: "
        "Rosters that wards plan themselves may lower burnout, at no cost in cover."
    ),
    keywords=("self-scheduling", "night work", "burnout"),
)
TITLES = (
    "Night work and sleep among hospital porters",
    "Rosters that nurses plan themselves: a survey",
    "Staffing nursing homes: an editorial",
    "Flexible hours and turnover of ward sisters",
    "Circadian rhythm in rats kept under light",
    "Self-scheduling in intensive care: interviews",
)


@dataclass(slots=True)
class Clock:
    """A clock that is moved by hand."""

    time: datetime = field(default=BEGAN)

    def __call__(self) -> datetime:
        return self.time


def invented_review(folder: Path) -> Review:
    """A review that is a third done."""
    found_review(folder, Plan("Rosters", ["pubmed"], ["ab", "cd"], []))
    review = Review(folder)
    review.path("config/review.toml").write_text(PROTOCOL, encoding="utf-8")
    records = [
        Record(f"pubmed:{90_000_000 + number}", title=TITLES[number % len(TITLES)])
        for number in range(RECORDS)
    ]
    records[DECIDED + len(TITLES)] = SHOWN
    store.write_records(review, records)
    store.write_duplicates(review, [], [])
    decisions = [
        Decision(
            BEGAN - timedelta(days=1, seconds=DECIDED - number),
            records[number].record_id,
            Phase.TITLE_ABSTRACT,
            Verdict.EXCLUDE,
            "ab",
        )
        for number in range(DECIDED)
    ]
    store.append_decisions(review, decisions)
    return review


def invented_work(folder: Path, clock: Clock) -> Task:
    """A reviewer's work on that review."""
    review = invented_review(folder)
    state = load_state(review, records=store.RecordFile(review))
    desk = screening_desk(state, Phase.TITLE_ABSTRACT)
    queue = state.owed(Phase.TITLE_ABSTRACT, "ab")
    session = Session(review, state, desk=desk, person="ab", queue=queue)
    return Task(session, Pace(begun=clock()), keymap(USUAL_KEYS), clock)


async def draw(size: tuple[int, int]) -> str:
    """The workbench after six decisions, as SVG."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        app = Workbench(invented_work(Path(folder) / "review", clock))
        async with app.run_test(size=size) as pilot:
            for key in KEYS:
                clock.time += timedelta(seconds=SECONDS_A_RECORD)
                await pilot.press(key)
            await pilot.pause()
            drawn = app.export_screenshot(title="scopingreview screen title-abstract --as ab")
    # Some viewers drop the blanks at the ends of a word otherwise.
    return drawn.replace("<svg ", '<svg xml:space="preserve" ', 1)


async def draw_pair() -> str:
    """A possible pair, as SVG."""
    twin = replace(
        SHOWN,
        record_id="pubmed:90000888",
        title="Letting wards plan their own nights: self-scheduling and burnout among nurses",
        authors=("Invented, A.", "Example, B."),
        year=2020,
        journal="Proceedings of the Imaginary Conference on Nursing",
        volume="",
        issue="",
        pages="S12",
        doi="",
    )
    with tempfile.TemporaryDirectory() as folder:
        found_review(Path(folder) / "review", Plan("Rosters", ["pubmed"], ["ab"], []))
        review = Review(Path(folder) / "review")
        store.write_records(review, [SHOWN, twin])
        pair = PossibleDuplicate(SHOWN.record_id, twin.record_id, 0.8, "same authors, a subtitle")
        store.write_duplicates(review, [], [pair])
        session = JudgingSession(review, "ab")
        app = FullScreen("Pairs", lambda: PairScreen(session, Clock(), lambda _: []))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            drawn = app.export_screenshot(title="scopingreview dedupe --review --as ab")
    return drawn.replace("<svg ", '<svg xml:space="preserve" ', 1)


def draw_window(path: Path, size: tuple[int, int], *, touch: bool) -> None:
    """The workbench in a window of Chromium after six decisions, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        review = invented_review(Path(folder) / "review")
        served = Served(review.root, "screen", "title-abstract", "--as", "ab")
        with browser_windows([served.address], size=size, touch=touch) as (window,):
            wait_until(lambda: "quit" in window.drawn, window)
            window.page.wait_for_timeout(500)
            for key in KEYS:
                lines = decided_by_now(review)
                if touch:
                    window.click(3, window.lines - 2, tap=True)
                else:
                    window.press(key)
                wait_until(lambda n=lines: decided_by_now(review) > n, window)  # type: ignore[misc]
            window.page.wait_for_timeout(500)
            window.page.screenshot(path=path)
        served.close()


def decided_by_now(review: Review) -> int:
    """The lines of the reviewer's file."""
    path = review.decisions(Phase.TITLE_ABSTRACT, "ab")
    return len(path.read_text(encoding="utf-8").splitlines())


def main() -> None:
    """The pictures stand in the folder."""
    parser = options(__doc__)
    pictures = ROOT / "docs" / "images"
    parser.add_argument("folder", type=Path, nargs="?", default=pictures)
    parser.add_argument("--browser", action="store_true", help="draw the browser windows too")
    chosen = parser.parse_args()
    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, size in PICTURES.items():
        (folder / name).write_text(asyncio.run(draw(size)) + "\n", encoding="utf-8")
    (folder / PAIR).write_text(asyncio.run(draw_pair()) + "\n", encoding="utf-8")
    if chosen.browser:
        needs("playwright", "textual_serve")
        for name, (size, touch) in WINDOWS.items():
            draw_window(folder / name, size, touch=touch)
    for name in (*PICTURES, PAIR, *(WINDOWS if chosen.browser else ())):
        print(folder / name)


if __name__ == "__main__":
    main()
