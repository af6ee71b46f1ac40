"""Draw the pictures of the charting form: docs/images/chart-wide.svg.

    python benchmarks/chart_pictures.py [FOLDER]

Written into FOLDER, by default docs/images. What is in it is the bundled review, and so invented;
the clock is, too: the same program draws the same bytes.

Exit status 0 once it is drawn.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scopingreview.paths import Review
from scopingreview.review.charting import charting_of
from scopingreview.review.state import load_state
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from scopingreview.work.charting_session import ChartingSession
from scopingreview.workbench.chart_app import ChartApp
from support.harness import ROOT, options

PICTURE, SIZE = "chart-wide.svg", (132, 34)
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEYS = ("n", "1", "2", "3", "space", "4", "5", "8")


def drawn() -> str:
    """The form of a study that is half charted, as SVG."""
    with tempfile.TemporaryDirectory() as name:
        review = Review(Path(name))
        for folder in ("config", "data/raw", "data/screened"):
            shutil.copytree(ROOT / folder, review.root / folder)
        run_import(review)
        run_dedupe(review)
        return asyncio.run(_draw(review))


async def _draw(review: Review) -> str:
    state = load_state(review)
    session = ChartingSession(review, state, charting_of(review, state), person="ab")
    moments = (BEGAN + timedelta(seconds=20 * number) for number in range(1000))
    app = ChartApp(session, lambda: next(moments))
    async with app.run_test(size=SIZE) as pilot:
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
        picture = app.export_screenshot(title="scopingreview chart --as ab")
    # Some viewers drop the blanks at the ends of a word otherwise.
    return picture.replace("<svg ", '<svg xml:space="preserve" ', 1)


def main() -> None:
    """The picture stands in the folder."""
    parser = options(__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "images")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PICTURE).write_text(drawn() + "\n", encoding="utf-8")
    print(folder / PICTURE)


if __name__ == "__main__":
    main()
