"""Draw the pictures of the workbench: docs/images/workbench-80x24.svg and workbench-wide.svg.

    python benchmarks/workbench_pictures.py [FOLDER]

Both files are written into FOLDER, by default docs/images. The review in them is invented, and so
is the clock: the same program draws the same bytes.

Exit status 0 once both are drawn.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scopingreview import store
from scopingreview.model import Decision, Phase, Record, Verdict
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.stages.new_review import Plan, found_review
from scopingreview.work.acts import USUAL_KEYS
from scopingreview.work.keymap import keymap
from scopingreview.work.pace import Pace
from scopingreview.work.session import Session, screening_desk
from scopingreview.work.task import Task
from scopingreview.workbench.app import Workbench
from support.harness import ROOT, options

PICTURES = {"workbench-80x24.svg": (80, 24), "workbench-wide.svg": (132, 36)}
RECORDS, DECIDED = 1240, 431
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECONDS_A_RECORD = 13

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


def invented_work(folder: Path, clock: Clock) -> Task:
    """A reviewer's work on a review that is a third done."""
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
            for key in ("i", "1", "i", "4", "m", "1"):
                clock.time += timedelta(seconds=SECONDS_A_RECORD)
                await pilot.press(key)
            await pilot.pause()
            drawn = app.export_screenshot(title="scopingreview screen title-abstract --as ab")
    # Some viewers drop the blanks at the ends of a word otherwise.
    return drawn.replace("<svg ", '<svg xml:space="preserve" ', 1)


def main() -> None:
    """Both pictures stand in the folder."""
    parser = options(__doc__)
    pictures = ROOT / "docs" / "images"
    parser.add_argument("folder", type=Path, nargs="?", default=pictures)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, size in PICTURES.items():
        (folder / name).write_text(asyncio.run(draw(size)) + "\n", encoding="utf-8")
        print(folder / name)


if __name__ == "__main__":
    main()
