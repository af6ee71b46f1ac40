"""The whole `import` of a big RIS file beside a bare `rispy.load` of the same bytes.

    python benchmarks/import_speed.py [--records N] [--rounds N] [--shared DIR]

Repeats real RIS files of DIR/exports until there are enough records, adds the file to a new
review, and runs, each in a process of its own and one after the other: `import` (check the sha256,
decode, read, map, write records.csv) and `rispy.load`. Says wall time, CPU time of all processes,
and the greatest sum of their memory. rispy comes with the extra `dev`. That the files repeat makes
it little faster: of one record nothing is remembered for the next but how an ISSN field and a type
are read and what its set of tags says (at most 16,384, 4,096 and 4,096 of them), as in any real
search, where nine records in ten have the tags of another.

Exit status 1 when the fastest import is slower than the fastest rispy.load or takes 300 MB (which
only Linux can tell), or when data are missing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from support.harness import (
    SCOPINGREVIEW,
    Cost,
    cost_of,
    existing,
    installed,
    machine,
    needs,
    options,
)

FILES = (
    "scopus/gambling_255.ris",
    "zotero/gambling_pubmed_176.ris",
    "ovid/msm_medline.ris",
    "zotero/gambling_psycinfo_124.ris",
    "ebsco/psycinfo_64.ris",
    "ebsco/gambling_crimjust_41.ris",
    "wos/ris_gambling_79.ris",
    "lens/gambling_49.ris",
    "endnote/bluelight.ris",
    "citavi/cff_citavi.ris",
    "dimensions/newstage_246.ris",
    "ieee/tele_laws_41.ris",
)
MEMORY_MB = 300
RISPY = """
import sys, rispy
with open(sys.argv[1], encoding="utf-8") as file:
    print(len(rispy.load(file)))
"""


def main() -> int:
    parser = options(__doc__, shared=True)
    parser.add_argument(
        "--records", type=int, default=100_000, metavar="N",
        help="how many records at the least (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--rounds", type=int, default=1, metavar="N",
        help="how often each is run (default: %(default)s)",
    )  # fmt: skip
    chosen = parser.parse_args()
    needs("rispy")
    files = [existing(chosen.shared / "exports" / name, "a real export") for name in FILES]
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "big.ris"
        records = repeat(files, big, chosen.records)
        print(f"{records:,} RIS records, {big.stat().st_size / 1e6:,.0f} MB")
        review = new_review(Path(folder), big, records)
        runs = [pair(review, big) for _ in range(chosen.rounds)]
    ours, bare = best([ours for ours, _ in runs]), best([bare for _, bare in runs])
    is_fast = ours.wall_seconds <= bare.wall_seconds
    return 0 if is_fast and ours.peak_megabytes < MEMORY_MB else 1


def repeat(files: list[Path], big: Path, wanted: int) -> int:
    """The big file holds the files again and again; how many records."""
    texts = [file.read_bytes().removeprefix(b"\xef\xbb\xbf") for file in files]
    once = sum(text.count(b"TY  -") for text in texts)
    times = -(-wanted // once)
    with big.open("wb") as file:
        for _ in range(times):
            file.writelines(text + b"\n" for text in texts)
    return once * times


def new_review(folder: Path, big: Path, records: int) -> Path:
    """A review that has the big file among its exports and has imported nothing."""
    review = folder / "review"
    command("init", str(review), "--title", "Speed", "--source", "big", "--reviewer", "ab")
    search = ("--source", "big", "--run-on", "2023-01-05", "--hits", str(records))
    command("add", str(big), *search, "-C", str(review))
    return review


def command(*words: str) -> None:
    subprocess.run([*SCOPINGREVIEW, *words], check=True, env=installed(), capture_output=True)


def pair(review: Path, big: Path) -> tuple[Cost, Cost]:
    """What both took, import first."""
    ours = cost_of([*SCOPINGREVIEW, "import", "-q", "-C", str(review)])
    bare = cost_of([sys.executable, "-c", RISPY, str(big)])
    for name, cost in (("import", ours), ("rispy.load", bare)):
        print(
            f"{name:12} {cost.wall_seconds:6.1f} s wall  {cost.cpu_seconds:6.1f} s CPU  "
            f"{cost.peak_megabytes:5.0f} MB",
            flush=True,
        )
    return ours, bare


def best(costs: list[Cost]) -> Cost:
    return min(costs, key=lambda cost: cost.wall_seconds)


if __name__ == "__main__":
    sys.exit(main())
