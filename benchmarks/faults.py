"""Every fault at every step of every command that writes, and what became of the promises.

    python benchmarks/faults.py [--seeds S …] [--cases N] [--processes N] [--steps N] [COMMAND …]

From the root of the project. Each seed makes another review. In it every call of each command
that changes the disk meets every fault that it can, once and for good, in a child of this process
(--cases N: so many a command, drawn by the seed). With --processes N as many more faults of each
command are drawn and met by whole processes, one at a time, whose system calls strace (Linux)
lets fail, those that read among them. After each fault the files are looked at, and the same
command has to do its work.

With --steps N each seed also plays N steps of three people at three clones of a review, who decide,
take back, settle, are killed and pull from one another, beside a plain model of what they hold;
`--steps 500 none` plays them alone.

One line for each command and kind of fault: how many of them, and after how many a promise was
broken; a line for the steps at the clones; the broken ones are told below. Exit status 1 when
there are any.
"""

from __future__ import annotations

import random
import sys
import tempfile
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.faults.commands import (
    COMMANDS,
    IN_PROCESS,
    WHOLE_PROCESS,
    Runner,
    make_review,
    prepare,
    problems_of,
)
from tests.faults.stepping import KILL, KILL_HALF_WAY, LOCK_ERRORS, SHORT, Fault
from tests.faults.team import Team
from tests.faults.traced import STRACE

from scopingreview.errors import ReviewWarning
from support.harness import options

IN_MEMORY = Path("/dev/shm")  # a real disk takes three times as long to sync what nobody keeps
NONE = "none"
KINDS = (KILL, KILL_HALF_WAY, SHORT, "error once", "error for good", "no locks")


@dataclass(slots=True)
class Table:
    """How many faults of each kind a command met, and after how many a promise was broken."""

    met: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    broken: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)  # at the clones, by what
    steps: int = 0
    disagreed: int = 0  # how often clones and model did

    def note_clones(self, seed: int, steps: int, team: Team, problems: list[str]) -> None:
        self.steps += steps
        self.done.update(team.done)
        self.disagreed += len(problems)
        self.told += [f"three clones, seed {seed}: {each}" for each in problems]

    def note(self, command: str, how: str, fault: Fault, problems: list[str]) -> None:
        key = (command, kind_of(fault), how)
        self.met[key] += 1
        if problems:
            self.broken[key] += 1
            lasting = " for good" if fault.lasts else ""
            self.told += [
                f"{command}, {how}: {fault.kind}{lasting} at {fault.step} ({fault.call}): {each}"
                for each in problems
            ]

    def show(self) -> None:
        """The table, with a line for all of it."""
        print(f"{'command':24} {'fault':18} {'in process':>10} {'broken':>6}", end=" ")
        print(f"{'processes':>10} {'broken':>6}")
        for command in COMMANDS:
            for kind in KINDS:
                self._show_line(command, kind, [(command, kind)])
        everything = [(command, kind) for command in COMMANDS for kind in KINDS]
        self._show_line("all", "", everything)
        if self.steps:
            kinds = ", ".join(f"{self.done[kind]:,} {kind}" for kind in ("decide", "stop", "pull"))
            print(
                f"three clones: {self.steps:,} steps ({kinds}), {self.disagreed} not as the model"
            )

    def _show_line(self, command: str, kind: str, keys: list[tuple[str, str]]) -> None:
        counted = [
            sum(counter[(*key, how)] for key in keys)
            for how in ("in process", "processes")
            for counter in (self.met, self.broken)
        ]
        if any(counted):
            print(
                f"{command:24} {kind:18} {counted[0]:10,} {counted[1]:6} "
                f"{counted[2]:10,} {counted[3]:6}"
            )


def kind_of(fault: Fault) -> str:
    """The kind of the fault, as the table has it."""
    if fault.kind in LOCK_ERRORS:
        return "no locks"
    if fault.kind in KINDS:
        return fault.kind
    return "error for good" if fault.lasts else "error once"


def main() -> int:
    parser = options(__doc__)
    parser.add_argument(
        "commands", nargs="*", choices=[*COMMANDS, NONE, []], metavar="COMMAND", help="these only"
    )
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1], metavar="S", help="a review each; default: 1"
    )
    parser.add_argument(
        "--cases", type=int, default=0, metavar="N", help="so many a command; default: all"
    )
    parser.add_argument(
        "--processes", type=int, default=0, metavar="N", help="so many a command; default: none"
    )
    parser.add_argument(
        "--steps", type=int, default=0, metavar="N", help="at three clones; default: none"
    )
    wanted = parser.parse_args()
    if wanted.processes and not STRACE:
        sys.exit("missing: strace, which lets the system calls of whole processes fail")
    commands = [name for name in wanted.commands or COMMANDS if name != NONE]
    table = Table()
    for seed in wanted.seeds:
        with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
            base = Path(folder) / "base"
            make_review(base, seed)
            if wanted.steps:
                play(table, Path(folder), seed=seed, steps=wanted.steps)
            for name in commands:
                measure(table, name, base, IN_PROCESS, seed=seed, cases=wanted.cases)
                if wanted.processes:
                    measure(table, name, base, WHOLE_PROCESS, seed=seed, cases=wanted.processes)
                print(
                    f"seed {seed}, {name}: {sum(table.met.values()):,} faults, "
                    f"{sum(table.broken.values())} broken",
                    file=sys.stderr,
                    flush=True,
                )
    table.show()
    print("\n".join(table.told))
    return 1 if table.told else 0


def play(table: Table, folder: Path, *, seed: int, steps: int) -> None:
    """What three people at three clones did, and where they disagreed with the plain model."""
    clones = folder / "clones"
    clones.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReviewWarning)
        team = Team(clones, seed)
        table.note_clones(seed, steps, team, team.play(steps))
    print(f"seed {seed}, three clones: {steps:,} steps", file=sys.stderr, flush=True)


def measure(table: Table, name: str, base: Path, runner: Runner, *, seed: int, cases: int) -> None:
    """The faults of one command stand in the table; all of them when `cases` is 0."""
    folder = base.with_name("review")
    case = prepare(name, base, folder, runner)
    how = "in process" if runner is IN_PROCESS else "processes"
    faults = case.faults
    if cases:
        draw = random.Random(f"{seed} {name} {how}")
        faults = draw.sample(faults, min(cases, len(faults)))
    for fault in faults:
        table.note(name, how, fault, problems_of(case, fault, folder))


if __name__ == "__main__":
    sys.exit(main())
