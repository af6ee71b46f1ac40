"""Plant lies into copies of the bundled review, and see that `check` finds every one.

    python benchmarks/lies.py [--lies N] [--clones N] [--seed TEXT] [--show]

Each lie is one change to one file of a committed, finished review: a digit in a result, a line
that vanished, a file swapped for another, a verdict changed, an export edited, a criterion
reworded and so on. A lie is found when `check` says something that it does not say of the
untouched review. Then clones whose times are scrambled are checked: whatever is said of one that
is not said of the original is a false alarm. Needs git.

Exit status 1 when a lie was not found or there was a false alarm.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scopingreview.errors import CombinedError, ReviewError
from scopingreview.paths import Review
from scopingreview.review.checks import check_review
from scopingreview.stages.running import run_chain
from support.harness import ROOT, machine, options

PEOPLES = ("config", "data/raw", "data/screened")
TEXT = "Of <!-- n: identified --><!-- /n --> records, {screened} records were screened.\n"
DIGIT = re.compile(r"\d")


def main() -> int:
    """Plant, check, and print a row for each kind of lie."""
    parser = options(__doc__)
    parser.add_argument("--lies", type=int, default=200, metavar="N", help="how many (default 200)")
    parser.add_argument(
        "--clones", type=int, default=200, metavar="N", help="untouched ones (default 200)"
    )
    parser.add_argument("--seed", default="1", help="what is drawn by (default: 1)")
    parser.add_argument("--show", action="store_true", help="print what was said of each lie")
    chosen = parser.parse_args()
    lots = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        original = committed_review(Path(folder, "original"))
        usual = said_of(original)
        print(f"{machine()}; {len(KINDS)} kinds of lies; said of the truth: {sorted(usual)}")
        planted: Counter[str] = Counter()
        found: Counter[str] = Counter()
        for number in range(chosen.lies):
            kind = KINDS[number % len(KINDS)]
            copy = copy_of(original, Path(folder, "copy"))
            kind.plant(copy, lots)
            news = said_of(copy) - usual
            planted[kind.name] += 1
            found[kind.name] += bool(news)
            if chosen.show or not news:
                print(f"  {kind.name}: {'; '.join(sorted(news)) or 'NOT FOUND'}")
        alarms = sum(
            bool(said_of(scrambled(original, Path(folder, "clone"), lots)) - usual)
            for _ in range(chosen.clones)
        )
    for name, times in planted.items():
        print(f"{name:<42} {found[name]:>3} of {times:>3}")
    print(f"{found.total()} of {planted.total()} lies found; {alarms} false alarms in "
          f"{chosen.clones} untouched clones")  # fmt: skip
    return 1 if alarms or found.total() < planted.total() else 0


# ── the review, its copies, and what check says ──────────────────────────────────────────────


def committed_review(folder: Path) -> Review:
    """The bundled review with its results and a text of the team's, all of it in git."""
    for name in PEOPLES:
        shutil.copytree(ROOT / name, folder / name)
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    review = Review(folder)
    for _ in run_chain(review):
        pass
    counts = dict(
        line.split(",,") for line in results(review, "counts.csv").splitlines() if ",," in line
    )
    text = TEXT.format(screened=counts["screened"])
    marked = text.replace("--><!-- /n", f"-->{counts['identified']}<!-- /n")
    (folder / "manuscript.md").write_text(marked, encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A finished review")
    return review


def git(folder: Path, *words: str) -> None:
    person = ("-c", "user.name=A Team", "-c", "user.email=team@example.org")
    subprocess.run(["git", *person, *words], cwd=folder, check=True)


def results(review: Review, name: str) -> str:
    return review.path(f"results/{name}").read_text(encoding="utf-8")


def copy_of(review: Review, folder: Path) -> Review:
    """The same bytes at the same times."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(review.root, folder)
    return Review(folder)


def scrambled(review: Review, folder: Path, lots: random.Random) -> Review:
    """A copy in which no file has the time that it had."""
    copy = copy_of(review, folder)
    for path in sorted(folder.rglob("*")):
        if ".git" not in path.parts:
            moment = lots.randrange(1_000_000_000, 1_700_000_000)
            os.utime(path, (moment, moment))
    return copy


def said_of(review: Review) -> set[str]:
    """Everything that check says, each with its code; an error that stops it counts too."""
    try:
        found = check_review(review)
    except CombinedError as error:
        return {str(each).replace(str(review.root), "") for each in error.errors}
    except ReviewError as error:
        return {str(error).replace(str(review.root), "")}
    return {f"{each.code}: {each.message}" for each in found}


# ── lies ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of lie; `plant` makes one in a copy, drawn by lot."""

    name: str
    plant: Callable[[Review, random.Random], None]


def edit(name: str, change: Callable[[str, random.Random], str]) -> Callable[..., None]:
    """One file reads otherwise; what the change leaves as it is, is drawn again."""

    def plant(review: Review, lots: random.Random) -> None:
        path = review.path(name)
        before = path.read_bytes().decode()
        for _ in range(100):
            if (after := change(before, lots)) != before:
                path.write_bytes(after.encode())
                return
        raise ValueError(f"{name} cannot be changed so")

    return plant


def another_digit(text: str, lots: random.Random) -> str:
    """One digit of the text is another."""
    place = lots.choice([match.start() for match in DIGIT.finditer(text)])
    other = lots.choice([digit for digit in "0123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def digit_after(mark: str) -> Callable[[str, random.Random], str]:
    """One digit behind the mark is another."""

    def change(text: str, lots: random.Random) -> str:
        begin = text.index(mark)
        return text[:begin] + another_digit(text[begin:], lots)

    return change


def without_a_line(text: str, lots: random.Random) -> str:
    """One line below the header is gone."""
    lines = text.splitlines(keepends=True)
    del lines[lots.randrange(1, len(lines))]
    return "".join(lines)


def in_a_column(column: str, values: tuple[str, ...]) -> Callable[[str, random.Random], str]:
    """One cell of a decision file says another of the values."""

    def change(text: str, lots: random.Random) -> str:
        lines = text.splitlines(keepends=True)
        place = lines[0].rstrip("\n").split(",").index(column)
        number = lots.randrange(1, len(lines))
        cells = lines[number].rstrip("\n").split(",")
        if '"' in lines[number] or cells[place] not in values:
            return text
        cells[place] = lots.choice([value for value in values if value != cells[place]])
        lines[number] = ",".join(cells) + "\n"
        return "".join(lines)

    return change


def replaced(before: str, after: str) -> Callable[[str, random.Random], str]:
    """Some words are others."""
    return lambda text, _lots: text.replace(before, after, 1)


def cut(text: str, lots: random.Random) -> str:
    """The file ends in the middle."""
    return text[: lots.randrange(len(text) // 4, len(text) - 1)]


def removed(pattern: str) -> Callable[[Review, random.Random], None]:
    """One of the files is gone."""

    def plant(review: Review, lots: random.Random) -> None:
        lots.choice(sorted(review.root.glob(pattern))).unlink()

    return plant


def swapped(one: str, other: str) -> Callable[[Review, random.Random], None]:
    """Each of two files stands in place of the other."""

    def plant(review: Review, _lots: random.Random) -> None:
        here, there = review.path(one).read_bytes(), review.path(other).read_bytes()
        review.path(one).write_bytes(there)
        review.path(other).write_bytes(here)

    return plant


def export_edited(review: Review, lots: random.Random) -> None:
    """One byte of an export is another."""
    path = lots.choice(
        sorted(path for path in review.path("data/raw").rglob("*") if path.is_file())
    )
    content = bytearray(path.read_bytes())
    content[lots.randrange(len(content))] ^= 1
    path.write_bytes(bytes(content))


CINAHL = ("data/raw/cinahl/cinahl-1.ris", "data/raw/cinahl/cinahl-2.ris")
TITLES, FULL = "data/screened/title-abstract", "data/screened/full-text"
VERDICTS = ("include", "exclude", "maybe")
KINDS = (
    Kind("a digit in counts.csv", edit("results/counts.csv", another_digit)),
    Kind("a digit in prisma2020.csv", edit("results/prisma2020.csv", another_digit)),
    Kind("a digit in summary.md", edit("results/summary.md", another_digit)),
    Kind("a digit in the figure", edit("results/flow.svg", digit_after("<desc"))),
    Kind("a digit in provenance.json", edit("results/provenance.json", digit_after("criteria"))),
    Kind("a number in the text, in a marker", edit("manuscript.md", digit_after("identified -->"))),
    Kind("a number in the text, typed", edit("manuscript.md", digit_after("records, "))),
    Kind("a line of counts.csv gone", edit("results/counts.csv", without_a_line)),
    Kind("a result cut short", edit("results/summary.md", cut)),
    Kind("the figure gone", removed("results/flow.svg")),
    Kind("a result gone", removed("results/*.csv")),
    Kind("a decision gone (title)", edit(f"{TITLES}/ab.csv", without_a_line)),
    Kind("a decision gone (full text)", edit(f"{FULL}/cd.csv", without_a_line)),
    Kind("an adjudication gone", edit(f"{TITLES}/consensus.csv", without_a_line)),
    Kind("a retrieval gone", edit("data/screened/retrieval.csv", without_a_line)),
    Kind("a decision file gone", removed("data/screened/*/cd.csv")),
    Kind("a judgement file gone", removed("data/screened/duplicates/*.csv")),
    Kind("two people's files swapped", swapped(f"{TITLES}/ab.csv", f"{TITLES}/cd.csv")),
    Kind("a verdict changed", edit(f"{TITLES}/ab.csv", in_a_column("verdict", VERDICTS))),
    Kind("a verdict changed (full text)", edit(f"{FULL}/ab.csv", in_a_column("verdict", VERDICTS))),
    Kind("a digit in a record id", edit(f"{TITLES}/cd.csv", digit_after(","))),
    Kind("a decision file cut short", edit(f"{FULL}/ab.csv", cut)),
    Kind("an export edited", export_edited),
    Kind("an export gone", removed("data/raw/*/*")),
    Kind("two exports swapped", swapped(*CINAHL)),
    Kind("a strategy gone", removed("config/searches/*.txt")),
    Kind("a strategy edited", edit("config/searches/pubmed.txt", lambda text, _: text + "OR x\n")),
    Kind("a criterion reworded", edit("config/review.toml", replaced("mental health", "any"))),
    Kind("hits changed", edit("config/searches.toml", digit_after("hits = "))),
    Kind("a sha256 changed", edit("config/searches.toml", digit_after('sha256 = "'))),
    Kind("a record edited", edit("data/derived/records.csv", another_digit)),
    Kind("a duplicate link gone", edit("data/derived/duplicates.csv", without_a_line)),
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
