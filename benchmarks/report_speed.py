"""How long the report of a large review takes, how large it is, and when Chromium paints its page.

    python benchmarks/report_speed.py [--records N] [--studies N]

Makes an invented review of that many records, of which so many are included and charted by two in a
form of twelve fields and one in thirty is excluded by its full text; runs `report` there as a
process, start-up included, first the page alone and then with both documents; and opens the page
in Chromium, where there is one.

Exit status 1 when the page or the documents take more than 10 s of work, the page has more than
3 MB, or is first painted after more than 1 s.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from results_speed import charted_review
from scopingreview.paths import REPORT, REPORT_DOCX
from support.harness import SCOPINGREVIEW, cost_of, machine, options
from support.screens import SANDBOXED, chromium

MOST_SECONDS, MOST_BYTES, MOST_TO_PAINT = 10.0, 3_000_000, 1.0
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def main() -> int:
    parser = options(__doc__)
    parser.add_argument("--records", type=int, default=20_000, metavar="N")
    parser.add_argument("--studies", type=int, default=300, metavar="N")
    parsed = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        others = parsed.records - parsed.studies
        review = charted_review(Path(folder) / "review", parsed.studies, others=others)
        cost = cost_of([*SCOPINGREVIEW, "report", "-C", str(review.root)])
        size = review.path(REPORT).stat().st_size
        words = [*SCOPINGREVIEW, "report", "--docx", "--markdown", "-C", str(review.root)]
        documents = cost_of(words)
        print(
            f"report of {parsed.records:,} records, {parsed.studies:,} studies: "
            f"{cost.wall_seconds:.2f} s ({cost.cpu_seconds:.2f} s of work), "
            f"{cost.peak_megabytes:.0f} MB; the page has {size:,} bytes"
        )
        print(
            f"with the documents: {documents.wall_seconds:.2f} s ({documents.cpu_seconds:.2f} s of "
            f"work), {documents.peak_megabytes:.0f} MB; the DOCX has "
            f"{review.path(REPORT_DOCX).stat().st_size:,} bytes"
        )
        painted = seconds_to_paint(review.path(REPORT))
    print(f"first painted after {painted:.2f} s" if painted else "there is no Chromium here")
    most = max(cost.cpu_seconds, documents.cpu_seconds)
    slow = most > MOST_SECONDS or painted > MOST_TO_PAINT
    return 1 if slow or size > MOST_BYTES else 0


def seconds_to_paint(page: Path) -> float:
    """From the request to the first words on the screen; 0 where there is no Chromium."""
    if not chromium():
        return 0.0
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SANDBOXED)
        window = browser.new_page()
        window.goto(page.as_uri())
        window.wait_for_function(f"({FIRST_PAINT}) > 0")
        milliseconds = float(window.evaluate(FIRST_PAINT))
        browser.close()
    return milliseconds / 1000


if __name__ == "__main__":
    sys.exit(main())
