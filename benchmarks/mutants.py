"""Break the rules of the source one at a time, and name those that no test misses.

    python benchmarks/mutants.py [--only NAME ...] [--jobs N] [--list]

The rules stand in benchmarks/mutations.toml, each with the words that hold it and what stands in
their place when it is broken. Every rule is broken in a temporary copy of this tree (what git
knows or would add), the tests named beside it are run, and where they stay green the whole suite.
A test that fails kills the mutant; so does one that hangs. Needs git and the extra `dev`.

Exit status 1 when a mutant survives, when its words are not found exactly once or it cannot be
loaded (then nothing was shown), or when the tests fail on the tree as it is.
"""

from __future__ import annotations

import compileall
import os
import py_compile
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from queue import SimpleQueue

from support.harness import ROOT, machine, options

TABLE = Path(__file__).with_name("mutations.toml")
SOURCE = Path("src", "scopingreview")
SECONDS_TO_HANG = 900
# The name of a test may hold blanks; what it failed by stands after a dash.
FIRST_FAILURE = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", re.MULTILINE)
# It looks for the words of every mutation, so it would fail on each.
ABOUT_MUTATIONS = "tests/test_benchmarks.py"
WHOLE_SUITE = ("tests", "--ignore", ABOUT_MUTATIONS)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A rule, the words in `file` that hold it, and the words that break it.

    `tests` are the folders and files of tests that should notice.
    """

    name: str
    rule: str
    file: str
    text: str
    broken: str
    tests: tuple[str, ...]

    def problem(self, root: Path) -> str:
        """Why the rule cannot be broken in the tree; "" when it can."""
        path = root / SOURCE / self.file
        if not path.is_file():
            return f"{self.name}: there is no {self.file}"
        times = path.read_text(encoding="utf-8").count(self.text)
        return "" if times == 1 else f"{self.name}: found {times} times in {self.file}"


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    NOT_LOADED = "not loaded"


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant's fate, and the test that failed first."""

    mutation: Mutation
    fate: Fate
    test: str
    seconds: float


def read_table(path: Path = TABLE) -> list[Mutation]:
    """Every mutation, in the order of the table."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["mutation"]
    return [Mutation(**row | {"tests": tuple(row["tests"])}) for row in rows]


def copy_tree(target: Path) -> None:
    """The files that git knows or would add stand in the target, the source compiled.

    Compiled by its content, not by its time: a file that is broken and mended within a second is
    noticed.
    """
    known = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached"]
    listed = subprocess.run(
        [*known, "--others", "--exclude-standard"], check=True, capture_output=True, text=True
    )
    names = listed.stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
    by_content = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(target / "src", quiet=1, invalidation_mode=by_content)


@contextmanager
def broken(tree: Path, mutation: Mutation) -> Iterator[None]:
    """The rule is broken in the tree, and whole again afterwards."""
    path = tree / SOURCE / mutation.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(mutation.text, mutation.broken), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(whole, encoding="utf-8")


def run_tests(tree: Path, tests: Sequence[str]) -> tuple[Fate, str]:
    """Whether these tests of the tree notice anything, and the first that does.

    Hypothesis draws the same examples every time and has no deadline: a busy machine kills no
    mutant.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist"]
    command += ["-p", "no:cacheprovider", "--hypothesis-profile=ci", *tests]
    kept = {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=tree, env=os.environ | kept, capture_output=True, text=True,
            timeout=SECONDS_TO_HANG, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Fate.KILLED, "the tests hang"
    failure = FIRST_FAILURE.search(done.stdout)
    test = failure[1] if failure else done.stdout.strip()[-200:]
    fates = {0: Fate.SURVIVED, 1: Fate.KILLED}
    return fates.get(done.returncode, Fate.NOT_LOADED), test


def tried(
    mutations: Sequence[Mutation], trees: Sequence[Path], tests: Callable[[Mutation], Sequence[str]]
) -> Iterator[Trial]:
    """The trials of the mutations, in their order, one in each tree at a time."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def trial(mutation: Mutation) -> Trial:
        tree, begun = free.get(), time.perf_counter()
        try:
            with broken(tree, mutation):
                fate, test = run_tests(tree, tests(mutation))
        finally:
            free.put(tree)
        return Trial(mutation, fate, test, time.perf_counter() - begun)

    with ThreadPoolExecutor(len(trees)) as pool:
        yield from pool.map(trial, mutations)


def shown(trials: Iterable[Trial]) -> list[Trial]:
    """The trials, each told as it ends."""
    told = []
    for trial in trials:
        by = f"  {trial.test}" if trial.fate is not Fate.SURVIVED else ""
        print(
            f"{trial.fate.value:10} {trial.mutation.name:28} {trial.seconds:5.0f} s{by}", flush=True
        )
        told.append(trial)
    return told


def survivors_of(mutations: Sequence[Mutation], trees: Sequence[Path]) -> list[Trial]:
    """The trials of those mutants that no test killed; ends the program when tests fail without."""
    _expect_green(trees[0], sorted({folder for each in mutations for folder in each.tests}))
    trials = shown(tried(mutations, trees, lambda mutation: mutation.tests))
    green = [trial.mutation for trial in trials if trial.fate is Fate.SURVIVED]
    lost = [trial for trial in trials if trial.fate is Fate.NOT_LOADED]
    if green:
        print(f"\n{len(green)} meet the whole suite")
        _expect_green(trees[0], WHOLE_SUITE)
        trials = shown(tried(green, trees, lambda _: WHOLE_SUITE))
        lost += [trial for trial in trials if trial.fate is not Fate.KILLED]
    return lost


def _expect_green(tree: Path, tests: Sequence[str]) -> None:
    fate, test = run_tests(tree, tests)
    if fate is not Fate.SURVIVED:
        sys.exit(f"the tests fail with nothing broken: {test}")


def main() -> int:
    parser = options(__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these mutations (default: all)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
        help="how many mutants at a time (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="name every mutation and its rule")
    chosen = parser.parse_args()
    mutations = [each for each in read_table() if not chosen.only or each.name in chosen.only]
    unknown = set(chosen.only or ()) - {each.name for each in mutations}
    problems = [problem for each in mutations if (problem := each.problem(ROOT))]
    problems += [f"{name}: no such mutation" for name in sorted(unknown)]
    if problems:
        print(*problems, sep="\n")
        return 1
    if chosen.list:
        for each in mutations:
            print(f"{each.name:28} {each.rule}")
        return 0
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        trees = [Path(folder) / str(number) for number in range(chosen.jobs)]
        for tree in trees:
            copy_tree(tree)
        lost = survivors_of(mutations, trees)
    print(f"\n{len(mutations)} rules broken, {len(mutations) - len(lost)} mutants killed")
    for trial in lost:
        print(f"{trial.fate.value}: {trial.mutation.rule} ({trial.mutation.file})")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
