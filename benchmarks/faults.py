"""Every fault at every step of every command that writes, and what became of the promises.

    python benchmarks/faults.py [--cases N] [--seed S] [COMMAND …]

From the root of the project. Without --cases all faults are tried once; with it, N cases a command
are drawn from the seed, with repetition. One line a command: cases, broken promises; the broken
ones are told below. Exit status 1 when there are any.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.faults.commands import COMMANDS, make_review, prepare, problems_of
from tests.faults.stepping import Fault, kinds_of

from support.harness import options


def main() -> int:
    parser = options(__doc__)
    parser.add_argument(
        "commands", nargs="*", choices=[*COMMANDS, []], metavar="COMMAND", help="these only"
    )
    parser.add_argument(
        "--cases", type=int, default=0, metavar="N", help="so many a command, drawn by the seed"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="default: 1")
    wanted = parser.parse_args()
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        make_review(base)
        for name in wanted.commands or COMMANDS:
            broken += measure(name, base, wanted.cases, random.Random(f"{wanted.seed} {name}"))
    print("\n".join(broken))
    return 1 if broken else 0


def measure(name: str, base: Path, cases: int, draw: random.Random) -> list[str]:
    """What was broken by the faults of one command; a line of the table is printed."""
    folder = base.with_name("review")
    case = prepare(name, base, folder)
    faults = [
        Fault(step, kind) for step, call in enumerate(case.calls, 1) for kind in kinds_of(call)
    ]
    if cases:
        faults = draw.choices(faults, k=cases)
    found = [(fault, problem) for fault in faults for problem in problems_of(case, fault, folder)]
    print(
        f"{name:26} {len(case.calls):4} calls {len(faults):6} faults {len(found):4} broken",
        flush=True,
    )
    return [
        f"{name}: {fault.kind} at {fault.step} ({case.calls[fault.step - 1]}): {problem}"
        for fault, problem in found
    ]


if __name__ == "__main__":
    sys.exit(main())
