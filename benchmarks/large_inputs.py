"""What `add` and `import` do with exports that are larger than any should be: time and memory.

    python benchmarks/large_inputs.py [--part P] [CASE …]

From the root of the project; P parts of a thousand of each size (1000: a record with a million
authors, an abstract of 50 MB, a line of 300 MB, a file of 1 GB). One line a case: the bytes, what
`add` and `import` came to (0 read, 1 refused, with what was said), processor seconds and the
greatest memory of both. Exit status 1 when one of them fails in another way.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from support.harness import SCOPINGREVIEW, machine, options

MANY, ABSTRACT, LINE, FILE = 1_000_000, 50 << 20, 300 << 20, 1 << 30
RECORD = (
    "TY  - JOUR\nID  - {}\nTI  - A lantern in the meadow, number {}\nAU  - Invented, Ann\n"
    "PY  - 2001\nJO  - Journal of Nothing\nDO  - 10.5555/n.{}\nAB  - " + "lorem ipsum " * 120
) + "\nER  - \n\n"
Pieces = Iterator[str]


def ris(inner: str, times: int) -> Pieces:
    yield "TY  - JOUR\nTI  - A lantern in the meadow\nPY  - 2001\n"
    yield from (inner for _ in range(times))
    yield "\nER  - \n"


def nbib(inner: str, times: int) -> Pieces:
    yield "PMID- 1\nOWN - NLM\nTI  - A lantern in the meadow\nDP  - 2001\n"
    yield from (inner for _ in range(times))
    yield "\n"


def csv(inner: str, times: int) -> Pieces:
    yield 'Authors,Title,Year,Source title,DOI,Abstract\n"A",A lantern,2001,Nothing,10.5555/n,"'
    yield from (inner for _ in range(times))
    yield '"\n'


def bibtex(inner: str, times: int) -> Pieces:
    yield "@article{a,\n title = {A lantern},\n year = {2001},\n abstract = {"
    yield from (inner for _ in range(times))
    yield "}\n}\n"


def xml(inner: str, times: int) -> Pieces:
    yield '<?xml version="1.0"?><xml><records><record>'
    yield '<ref-type name="Journal Article">17</ref-type>'
    yield "<titles><title>A lantern</title></titles>"
    yield from (inner for _ in range(times))
    yield "</record></records></xml>"


LOREM = "lorem ipsum " * 1000
CASES: dict[str, Callable[[int], Pieces]] = {
    "RIS, a million authors": lambda p: ris("AU  - Invented, Ann\n", MANY * p // 1000),
    "RIS, a million keywords": lambda p: ris("KW  - lantern\n", MANY * p // 1000),
    "RIS, a million unknown tags": lambda p: ris("XX  - lantern\n", MANY * p // 1000),
    "PubMed, a million authors": lambda p: nbib("FAU - Invented, Ann\n", MANY * p // 1000),
    "EndNote XML, a million authors": lambda p: xml(
        "<contributors><authors><author>Invented, Ann</author></authors></contributors>",
        MANY * p // 1000,
    ),
    "RIS, an abstract of 50 MB": lambda p: ris(
        "AB  - " + LOREM + "\n", ABSTRACT * p // 1000 // len(LOREM)
    ),
    "CSV, an abstract of 50 MB": lambda p: csv(LOREM, ABSTRACT * p // 1000 // len(LOREM)),
    "BibTeX, an abstract of 50 MB": lambda p: bibtex(LOREM, ABSTRACT * p // 1000 // len(LOREM)),
    "EndNote XML, an abstract of 50 MB": lambda p: xml(
        f"<abstract>{LOREM}</abstract>", ABSTRACT * p // 1000 // len(LOREM)
    ),
    "RIS, a line of 300 MB": lambda p: ris(LOREM, LINE * p // 1000 // len(LOREM)),
    "CSV, a line of 300 MB": lambda p: csv(LOREM, LINE * p // 1000 // len(LOREM)),
    "RIS, a file of 1 GB": lambda p: (
        RECORD.format(n, n, n) for n in range(FILE * p // 1000 // len(RECORD))
    ),
}


def main() -> int:
    parser = options(__doc__)
    parser.add_argument("cases", nargs="*", choices=[*CASES, []], metavar="CASE", help="these only")
    parser.add_argument("--part", type=int, default=1000, metavar="P", help="default: 1000")
    wanted = parser.parse_args()
    print(machine())
    failed = False
    for name in wanted.cases or CASES:
        with tempfile.TemporaryDirectory() as folder:
            failed |= not measured(name, Path(folder), wanted.part)
    return failed


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, what it said that is wrong, and what it took."""

    status: int
    err: str
    cpu_seconds: float
    megabytes: float


def measured(name: str, folder: Path, part: int) -> bool:
    """Whether the case was read or refused in a sentence; its line is printed."""
    export, review = folder / "export.txt", folder / "review"
    with export.open("w", encoding="utf-8") as file:
        file.writelines(CASES[name](part))
    told = f"{name:36} {export.stat().st_size / 1e6:8,.1f} MB"
    run("init", review, "--title", "A", "--source", "s", "--reviewer", "ab", "--reviewer", "cd")
    is_fine = True
    for words in (("add", export, "--source", "s", "--run-on", "2024-01-01"), ("import",)):
        ended = run(*words, "-C", review)
        told += f"  {words[0]} {ended.status} {ended.cpu_seconds:6.1f} s {ended.megabytes:6,.0f} MB"
        is_fine &= ended.status in (0, 1) and "Traceback" not in ended.err
        if ended.status:
            told += f" {ended.err.strip()[:160]!r}"
            break
    print(told, flush=True)
    return is_fine


def run(*words: object) -> Ended:
    """The command, run to its end; memory is that of the largest of its processes."""
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [*SCOPINGREVIEW, *map(str, words)], stdout=subprocess.DEVNULL, stderr=err
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        said = err.read().decode()
    return Ended(process.returncode, said, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
