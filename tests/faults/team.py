"""Three clones of one review at work at once, beside a plain model of what they should hold.

People decide, change their minds, take decisions back, settle conflicts, are killed in the middle
of it, commit, and pull from one another, in an order that a seed gives; their clocks differ. The
model knows nothing of the program: it keeps what was acknowledged as rows, a set for each clone,
and adds them up by the rules of the documentation.
"""

from __future__ import annotations

import csv
import random
import re
import subprocess
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.stages.new_review import Plan, found_review
from scopingreview.store import write_duplicates, write_records
from scopingreview.store.files import CUT_OFF
from tests.faults.stepping import (
    KILL,
    KILL_HALF_WAY,
    NOW,
    Fault,
    StoppedClock,
    make_ready,
    run_stepped,
)
from tests.reviews import record

IDS = tuple(f"pubmed:{number}" for number in range(8))
REVIEWERS, ADJUDICATORS = ("ab", "cd"), ("ef", "gh")
# Who sits at each clone: gh shares a desk with cd.
DESKS = (("ab",), ("cd", "gh"), ("ef",))
HEADER = re.compile("d")  # a line of one begins with its year
LOGS = "data/screened/title-abstract"
STAMP = "%Y-%m-%dT%H:%M:%SZ"
MOST_CALLS = 20  # of a command on the folder, to draw the one at which it is stopped
FAULTS = (KILL, KILL_HALF_WAY, "ENOSPC", "EIO")


@dataclass(frozen=True, slots=True)
class Row:
    """A decision as a line has it."""

    decided_at: str
    record_id: str
    verdict: str
    by: str


@dataclass(slots=True)
class Clone:
    """A clone with who sits at it, how far its clock is off, and the rows it should hold.

    `unsaid` are rows of killed commands of which all but the line end may stand: a merge that gives
    such a line its end makes it a row, which is as good as no row, since nobody was told either.
    """

    folder: Path
    people: tuple[str, ...]
    clock_off: timedelta
    rows: set[Row] = field(default_factory=set)
    unsaid: set[Row] = field(default_factory=set)

    def stands(self, person: str, record_id: str) -> str:
        """What the person has said of the record last."""
        said = (row for row in self.rows if (row.by, row.record_id) == (person, record_id))
        return max(said, key=_when, default=Row("", record_id, "withdrawn", person)).verdict


def outcome_of(rows: set[Row], record_id: str) -> str:
    """Where the record stands by the rules: two decide, adjudicators settle what they differ on."""
    about = sorted((row for row in rows if row.record_id == record_id), key=_when)
    last = {row.by: row for row in about if row.by in REVIEWERS}
    votes = {row.verdict != "exclude" for row in last.values() if row.verdict != "withdrawn"}
    if sum(row.verdict != "withdrawn" for row in last.values()) < 2:
        return "awaiting"
    if len(votes) == 1:
        return "included" if votes == {True} else "excluded"
    words = {row.by: row for row in about if row.by in ADJUDICATORS}
    standing = [row for row in words.values() if row.verdict != "withdrawn"]
    if not standing:
        return "in conflict"
    return "included" if max(standing, key=_when).verdict == "include" else "excluded"


def _when(row: Row) -> tuple[str, str]:
    return row.decided_at, row.by


def rows_on_file(folder: Path) -> set[Row]:
    """What the logs of the clone hold, read without the program; a torn line is no row."""
    found = set()
    for path in (folder / LOGS).glob("*.csv"):
        lines = path.read_bytes().split(b"\n")[:-1]
        whole = [line.decode() for line in lines if not line.endswith(CUT_OFF)]
        header = max(filter(HEADER.match, whole), key=len, default="")
        for cells in csv.DictReader([header, *whole]):
            if not HEADER.match(cells["decided_at"]) and None not in cells.values():
                by = cells.get("decided_by", path.stem)
                found.add(Row(cells["decided_at"], cells["record_id"], cells["verdict"], by))
    return found


class Team:
    """The clones, and what has gone wrong so far."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.draw = random.Random(seed)
        self.problems: list[str] = []
        self.now = NOW
        self.done: dict[str, int] = {}
        first = folder / "0"
        found_review(first, Plan("A review", ["pubmed"], list(REVIEWERS), list(ADJUDICATORS)))
        git(first, "init", "--quiet", "--initial-branch", "main")
        git(first, "add", "--all")
        git(first, "commit", "--quiet", "--message", "A review")
        self.clones = []
        for number, people in enumerate(DESKS):
            place = folder / str(number)
            if number:
                git(folder, "clone", "--quiet", str(first), str(place))
            write_records(Review(place), [record(key) for key in IDS])
            write_duplicates(Review(place), [], [])
            words = ("ta", "--record", IDS[0], "--verdict", "include", "--dry-run", "--as")
            for command, name in (("screen", "ab"), ("conflicts", "ef")):
                tried = run_stepped((command, *words, name), place)
                make_ready((command,), tried.modules)
            off = timedelta(minutes=self.draw.randrange(-90, 90))
            self.clones.append(Clone(place, people, off))

    def play(self, steps: int) -> list[str]:
        """What has gone wrong after so many steps and a last round in which all pull from all."""
        for number in range(steps):
            self.now += timedelta(seconds=self.draw.randrange(1, 400))
            clone = self.draw.choice(self.clones)
            step = self.draw.choices((self.decide, self.stop, self.pull), (6, 3, 2))[0]
            step(clone)
            self.done[step.__name__] = self.done.get(step.__name__, 0) + 1
            self.compare(clone, f"step {number}, {step.__name__} at {clone.folder.name}")
        for _ in self.clones:
            for clone in self.clones:
                self.pull(clone)
                self.compare(clone, f"the last round at {clone.folder.name}")
        if any(clone.rows != self.clones[0].rows for clone in self.clones):
            self.problems.append("the clones hold different rows in the end")
        return self.problems

    def decide(self, clone: Clone, fault: Fault | None = None) -> None:
        """One of the clone's people decides, or takes a decision back."""
        person = self.draw.choice(clone.people)
        command, verdicts = "screen", ["include", "exclude", "maybe", "withdrawn"]
        if person in ADJUDICATORS:
            command, verdicts = "conflicts", ["include", "exclude", "withdrawn"]
        record_id, verdict = self.draw.choice(IDS), self.draw.choice(verdicts)
        stands = clone.stands(person, record_id)
        time = (self.now + clone.clock_off).strftime(STAMP)
        row = Row(time, record_id, verdict, person)
        words = (command, "ta", "--as", person, "--record", record_id, "--verdict", verdict)
        before = rows_on_file(clone.folder)
        StoppedClock.at = self.now + clone.clock_off
        met = run_stepped(words, clone.folder, fault)
        gained = rows_on_file(clone.folder) - before
        allowed = {frozenset({row})} if met.status == 0 else {frozenset()}
        if met.status is None:
            allowed = {frozenset(), frozenset({row})}
        if verdict == stands:  # said already
            allowed = {frozenset()}
        if gained not in allowed or "Traceback" in met.err or met.status not in (0, 1, None):
            self.problems.append(f"{words}, {fault}: {met.status}, wrote {gained}: {met.err}")
        self.done[f"{command} {met.status}"] = self.done.get(f"{command} {met.status}", 0) + 1
        clone.rows |= gained
        if met.status is None and not gained:
            clone.unsaid.add(row)

    def stop(self, clone: Clone) -> None:
        """As `decide`, and one of its calls fails or kills it."""
        step = self.draw.randrange(1, MOST_CALLS)
        self.decide(clone, Fault(step, self.draw.choice(FAULTS)))

    def pull(self, clone: Clone) -> None:
        """The clone commits what it has and pulls what another has committed."""
        other = self.draw.choice([each for each in self.clones if each is not clone])
        for each in (clone, other):
            git(each.folder, "add", "--all")
            git(each.folder, "commit", "--quiet", "--allow-empty", "--message", "Decisions")
        git(clone.folder, "pull", "--quiet", "--no-rebase", "--no-edit", str(other.folder), "main")
        clone.rows |= other.rows
        clone.unsaid |= other.unsaid
        clone.rows |= clone.unsaid & rows_on_file(clone.folder)
        self.mend(clone)

    def mend(self, clone: Clone) -> None:
        """Where the merge closed a torn line, the program names it and the command that mends."""
        for path in sorted((clone.folder / LOGS).glob("*.csv")):
            name = str(path.relative_to(clone.folder))
            told = run_stepped(("status",), clone.folder).err
            if f"scopingreview repair {name}" in told and "a merge closed" in told:
                met = run_stepped(("repair", name, "--yes"), clone.folder)
                self.done[f"repair {met.status}"] = self.done.get(f"repair {met.status}", 0) + 1
                if met.status != 0:
                    self.problems.append(f"repair {name}: {met.err}")

    def compare(self, clone: Clone, told: str) -> None:
        """The clone holds the rows it should, and the program adds them up as the model does."""
        if rows_on_file(clone.folder) != clone.rows:
            self.problems.append(f"{told}: {rows_on_file(clone.folder) ^ clone.rows}")
        outcomes = load_state(Review(clone.folder)).outcomes[Phase.TITLE_ABSTRACT]
        mine = {key: outcome_of(clone.rows, key) for key in IDS}
        theirs = {key: str(outcome.standing) for key, outcome in outcomes.items()}
        if theirs != mine:
            self.problems.append(f"{told}: {theirs} is not {mine}")


def git(folder: Path, *words: str) -> None:
    """What was asked of git is done; the test fails when git does not do it."""
    person = ("-c", "user.name=A Team", "-c", "user.email=team@example.org")
    result = subprocess.run(
        ["git", *person, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{words}: {result.stdout}{result.stderr}"
