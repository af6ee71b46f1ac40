"""How the time of whatever reads exports grows with their length, on long repetitive texts.

    python benchmarks/reading_growth.py [--length N] [--all]

Every function of `normalise` and of the values that takes a text, every recogniser and every
reader meets every piece (a letter, a blank, an open brace, a tag …) over and over: N characters of
it, and a quarter of that. A line each for the slowest piece of each: seconds of processor time at
full length, and the power of the length they grow with (1 is linear, 2 quadratic). With --all
every piece that takes longer than a fiftieth of a second. Exit status 1 when one that takes a tenth
of a second grows with more than the power 1.6.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.formats.growth import (
    LINES,
    NOTICED,
    PIECES,
    Growth,
    functions,
    growth_of_functions,
    growth_of_readers,
    growth_of_recognisers,
    samples,
)

from support.harness import options

STEEP, LONG = 1.6, 0.1


def main() -> int:
    parser = options(__doc__)
    parser.add_argument("--length", type=int, default=32_000, metavar="N", help="default: 32,000")
    parser.add_argument("--all", action="store_true", help="not only the slowest piece of each")
    wanted = parser.parse_args()
    found = [
        *growth_of_functions(PIECES, wanted.length),
        *growth_of_recognisers((*PIECES, *LINES), wanted.length),
        *growth_of_readers((*PIECES, *LINES), wanted.length),
    ]
    for growth in found if wanted.all else slowest(found):
        told = repr(growth.piece[:20])
        print(f"{growth.what:48} {told:24} {growth.seconds:7.3f} s  power {growth.power:.2f}")
    names = [f"normalise and values: {sum(1 for _ in functions())} functions"]
    names += [f"{len(samples())} readers and their recognisers"]
    print(f"{'; '.join(names)}; the others take less than {NOTICED} s on each text")
    return any(growth.power > STEEP and growth.seconds > LONG for growth in found)


def slowest(found: list[Growth]) -> list[Growth]:
    """The slowest of each."""
    best: dict[str, Growth] = {}
    for growth in found:
        if growth.what not in best or growth.seconds > best[growth.what].seconds:
            best[growth.what] = growth
    return list(best.values())


if __name__ == "__main__":
    sys.exit(main())
