"""What git has of the files that people own, beside what stands there now.

Decisions are appended: a line that was committed stands for ever. Outside of a repository there is
nothing to compare with.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scopingreview.model import Finding
from scopingreview.paths import ADJUSTMENTS, CHARTED, RAW, SCREENED, Review
from scopingreview.review.git import LAST_COMMIT, GitRefusedError, ask, has_commits

LOGS = (f"{CHARTED}/", f"{SCREENED}/")  # where people's commands append
SHOWN = 120  # characters of a line that is told
SHORT = 10  # of a commit's name
PATCH = (
    *("--patch", "--unified=0", "--text", "--no-renames", "--no-color", "--no-ext-diff"),
    *("--no-textconv", "--relative"),
)
EVERY = ("log", "--full-history", "--diff-merges=separate", "--format=%x01%H", *PATCH)
# No line of a file stands so: it has its sign before it.
COMMIT_OR_PATCH = re.compile(rb"^(?=\x01|diff --git )", re.MULTILINE)
WITHOUT_END = b"\\ No newline"


@dataclass(frozen=True, slots=True)
class LostLine:
    """A line that stood in a commit and does not stand in its file now.

    `commit` is the last one it stood in, or with every commit the one that took it out.
    """

    commit: str
    file: str
    number: int
    text: str


@dataclass(slots=True)
class Change:
    """What one commit did to one file, beside one of its parents."""

    commit: str
    file: str
    removed: list[tuple[int, bytes]] = field(default_factory=list)
    added: list[bytes] = field(default_factory=list)


def check_committed(review: Review, *, every_commit: bool = False) -> Iterator[Finding]:
    """G01-G03: what was committed of decisions and exports still stands."""
    try:
        if not has_commits(review):
            return
        lost = _lost_lines(review)
        if every_commit:
            lost += _lost_on_the_way(review, {(each.file, each.text) for each in lost})
        exports = _changed_exports(review)
    except GitRefusedError as error:
        yield Finding("G03", f"git could not be asked what it keeps: {error}", error=False)
        return
    for line in lost:
        yield Finding(
            "G01",
            f"{line.file}:{line.number}: a line of commit {line.commit} has gone or was changed: "
            f"{line.text[:SHOWN]}",
            hint=f"Put it back: git show {line.commit}:./{line.file}. To take a decision back, "
            "decide again: lines are appended and never changed.",
        )
    for file in exports:
        yield Finding(
            "G02",
            f"{file} is not the file that was committed",
            hint=f"Exports are never edited. git restore {file} brings it back.",
        )


def _lost_lines(review: Review) -> list[LostLine]:
    """The lines of the last commit that do not stand any more, whatever git has been told."""
    commit = ask(review, "rev-parse", LAST_COMMIT).decode().strip()[:SHORT]
    listed = ask(review, "ls-tree", "-r", "-z", "--name-only", LAST_COMMIT, *LOGS)
    lost: list[LostLine] = []
    for file in map(os.fsdecode, filter(None, listed.split(b"\0"))):
        if not _is_log(file):
            continue
        before = ask(review, "show", f"{LAST_COMMIT}:./{file}")
        path = review.path(file)
        now = path.read_bytes() if path.is_file() else b""
        if not now.startswith(before):
            lines = set(_whole_lines(now))
            lost += (
                LostLine(commit, file, number, line.decode(errors="replace"))
                for number, line in enumerate(_whole_lines(before), 1)
                if line not in lines
            )
    return lost


def _is_log(file: str) -> bool:
    return file.endswith(".csv") and file != ADJUSTMENTS


def _whole_lines(content: bytes) -> list[bytes]:
    """The lines that have an end, whatever kind of end git gave them on this machine."""
    return [line.rstrip(b"\r") for line in content.split(b"\n")[:-1]]


def _lost_on_the_way(review: Review, known: set[tuple[str, str]]) -> list[LostLine]:
    """The lines that some commit took out and that do not stand now, each told once."""
    standing: dict[str, set[bytes]] = {}
    lost: list[LostLine] = []
    for change in _changes(review, *EVERY, LAST_COMMIT, "--", *LOGS):
        if not _is_log(change.file):
            continue
        if change.file not in standing:
            path = review.path(change.file)
            standing[change.file] = set(_whole_lines(path.read_bytes() if path.is_file() else b""))
        for number, line in change.removed:
            text = line.decode(errors="replace")
            if line not in standing[change.file] and (change.file, text) not in known:
                known.add((change.file, text))
                lost.append(LostLine(f"{change.commit[:SHORT]}^", change.file, number, text))
    return lost


def _changed_exports(review: Review) -> list[str]:
    listed = ask(
        review,
        *("diff", "--no-renames", "--no-ext-diff", "--relative", "--diff-filter=DMT"),
        *("--name-only", "-z", LAST_COMMIT, "--", f"{RAW}/"),
    )
    return sorted(map(os.fsdecode, filter(None, listed.split(b"\0"))))


def merged_changes(review: Review) -> list[tuple[Change, Change]]:
    """What the two sides of each merge brought to each file of decisions; [] without git."""
    sides: dict[tuple[str, str], list[Change]] = {}
    try:
        if has_commits(review):
            words = (*EVERY, "--merges", LAST_COMMIT, "--", *LOGS)
            for change in _changes(review, *words):
                sides.setdefault((change.commit, change.file), []).append(change)
    except GitRefusedError:  # told by G03
        return []
    return [(each[0], each[1]) for each in sides.values() if len(each) > 1]


def _changes(review: Review, *words: str) -> Iterator[Change]:
    """The changes that a log with PATCH tells of, in its order."""
    commit = ""
    for part in COMMIT_OR_PATCH.split(ask(review, *words)):
        if part.startswith(b"\x01"):
            commit = part[1:].partition(b"\n")[0].decode()
        elif (change := _change_in(part, commit)).file:
            yield change


def _change_in(patch: bytes, commit: str) -> Change:
    """What the patch does to its file; "" is the file when none of its lines changes."""
    change, added = Change(commit, file=""), 0
    lines = iter(patch.split(b"\n"))
    for line in lines:
        if line.startswith((b"--- ", b"+++ ")):
            change.file = _file_named(line) or change.file
        elif line.startswith(b"@@ "):
            added = _read_hunk(line, lines, change)
        elif line.startswith(WITHOUT_END) and not added:
            change.removed.pop()  # an open line, and so no line
    return change


def _file_named(line: bytes) -> str:
    """The file that a line of a patch's head names; "" on the side that has none."""
    name = line[4:].rstrip(b"\t")
    return "" if name == b"/dev/null" else os.fsdecode(name).partition("/")[2]


def _read_hunk(head: bytes, lines: Iterator[bytes], change: Change) -> int:
    """Keeps what the hunk removes, with its line before, and what it adds; how many it adds."""
    old, new = head.split()[1:3]
    begin, removed = _begin_and_count(old)
    for place in range(removed):
        change.removed.append((begin + place, next(lines, b"")[1:].rstrip(b"\r")))
    _, added = _begin_and_count(new)
    for _ in range(added):
        line = next(lines, b"")
        if line.startswith(WITHOUT_END):  # what was removed was an open line, and so no line
            change.removed.pop()
            line = next(lines, b"")
        change.added.append(line[1:].rstrip(b"\r"))
    return added


def _begin_and_count(words: bytes) -> tuple[int, int]:
    begin, _, count = words[1:].partition(b",")
    return int(begin), int(count or 1)
