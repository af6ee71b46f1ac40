"""The whole `import` of a big RIS file beside a bare `rispy.load` of the same bytes.

    python benchmarks/import_speed.py [EXPORTS] [--records 100000] [--rounds 1]

Repeats the real RIS files of EXPORTS (default ../shared/exports beside the repository) until
there are enough records, adds the file to a new review, and runs, each in a process of its own
and one after the other: `import` (check the sha256, decode, read, map, write records.csv) and
`rispy.load`. Says wall time, CPU time of all processes, and the greatest sum of their memory.
That the files repeat makes it no faster: of one record nothing is remembered for the next but how
an ISSN field and a type are read (at most 16,384 and 4,096 spellings), as in any real search.
Exit status 1 when import is slower than rispy.load or takes 300 MB. Needs Linux (/proc).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXPORTS = ROOT.parent / "shared" / "exports"
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
PAGE = os.sysconf("SC_PAGE_SIZE")
RISPY = """
import sys, rispy
with open(sys.argv[1], encoding="utf-8") as file:
    print(len(rispy.load(file)))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds of wall and CPU time, MB at the peak."""

    wall: float
    cpu: float
    peak_mb: float


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("exports", type=Path, nargs="?", default=EXPORTS)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    missing = [name for name in FILES if not (options.exports / name).is_file()]
    if missing:
        print(f"missing in {options.exports}: {', '.join(missing)}")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "big.ris"
        records = repeat(options.exports, big, options.records)
        print(f"{records:,} RIS records, {big.stat().st_size / 1e6:,.0f} MB")
        review = new_review(Path(folder), big, records)
        runs = [pair(review, big) for _ in range(options.rounds)]
    ours, bare = best([ours for ours, _ in runs]), best([bare for _, bare in runs])
    return 0 if ours.wall <= bare.wall and ours.peak_mb < MEMORY_MB else 1


def repeat(exports: Path, big: Path, wanted: int) -> int:
    """The file holds the exports again and again; how many records."""
    texts = [(exports / name).read_bytes().removeprefix(b"\xef\xbb\xbf") for name in FILES]
    once = sum(text.count(b"TY  -") for text in texts)
    times = -(-wanted // once)
    with big.open("wb") as file:
        for _ in range(times):
            file.writelines(text + b"\n" for text in texts)
    return once * times


def new_review(folder: Path, big: Path, records: int) -> Path:
    review = folder / "review"
    command("init", str(review), "--title", "Speed", "--source", "big", "--reviewer", "ab")
    command(
        "add",
        str(big),
        "--source",
        "big",
        "--run-on",
        "2023-01-05",
        "--hits",
        str(records),
        "-C",
        str(review),
    )
    return review


def command(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "scopingreview", *words],
        check=True,
        env=environment(),
        capture_output=True,
    )


def environment() -> dict[str, str]:
    """That of an installed program, whose modules are compiled, as rispy's are."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT / "src")}


def pair(review: Path, big: Path) -> tuple[Run, Run]:
    ours = timed([sys.executable, "-m", "scopingreview", "import", "-q", "-C", str(review)])
    bare = timed([sys.executable, "-c", RISPY, str(big)])
    for name, run in (("import", ours), ("rispy.load", bare)):
        print(f"{name:12} {run.wall:6.1f} s wall  {run.cpu:6.1f} s CPU  {run.peak_mb:5.0f} MB")
    return ours, bare


def best(runs: list[Run]) -> Run:
    return min(runs, key=lambda run: run.wall)


def timed(words: list[str]) -> Run:
    """Run the command; its memory is that of it and all its children together, sampled."""
    begun = time.perf_counter()
    before = os.times()
    process = subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory_of(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{' '.join(words[:4])} failed")
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return Run(time.perf_counter() - begun, cpu, peak / 1e6)


def memory_of(pid: int) -> int:
    """Bytes of resident memory of the process and its descendants; 0 when it has ended."""
    try:
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return resident + sum(memory_of(int(child)) for child in children)


if __name__ == "__main__":
    sys.exit(main())
