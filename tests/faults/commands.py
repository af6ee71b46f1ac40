"""The commands that write, each on a copy of one small review in which it has something to do."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scopingreview import store
from scopingreview.paths import DIGESTS, DUPLICATES, LOCKS, RECORDS, Review
from scopingreview.store.files import CUT_OFF
from tests.faults.stepping import Fault, Outcome, run_stepped
from tests.reviews import FULL_TEXT, change_protocol, decide, found, retrieved

ENTRIES = 12
TITLES = "harbour lantern meadow orchard pebble quarry ribbon saddle timber valley willow anchor"
SHEET = "sheet.csv"
LOGS = ("data/screened/", "data/charted/")


@dataclass(frozen=True, slots=True)
class Command:
    """Its words, what is typed, and whether one run of it may write several lines in turn.

    `makes` is a file that it makes and that is not there yet.
    """

    words: Sequence[str]
    typed: str = ""
    in_turn: bool = False
    makes: str = ""


def _id(number: int) -> str:
    return f"pubmed:{number + 100}"


ONE = ("--record", _id(0))
SCREEN, CONFLICTS = ("screen", "ta", "--as", "gh"), ("conflicts", "ta", "--as", "ef")
CHART = ("chart", "--as", "gh")
FORM = """
[charting]
[[charting.fields]]
key = "n"
type = "number"
[[charting.fields]]
key = "theory"
"""
SEARCH = ("--source", "scopus", "--run-on", "2024-05-01", "--strategy", "s.txt")
COMMANDS: dict[str, Command] = {
    "screen one": Command((*SCREEN, *ONE, "--verdict", "include")),
    "screen from a sheet": Command((*SCREEN, "--from", SHEET)),
    "screen at the prompt": Command((*SCREEN, "--plain"), "i\nm\ni\nu\nq\n", in_turn=True),
    "conflicts": Command((*CONFLICTS, "--record", _id(4), "--verdict", "include")),
    "conflicts at the prompt": Command((*CONFLICTS, "--plain"), "i\ni\nq\n", in_turn=True),
    "retrieve one": Command(("retrieve", *ONE, "--status", "sought")),
    "retrieve from a sheet": Command(("retrieve", "--from", "texts.csv")),
    "chart one": Command((*CHART, "--study", _id(1), "--field", "n=40", "--page", "4")),
    "chart from a sheet": Command((*CHART, "--from", "charted.csv")),
    "chart at the prompt": Command((*CHART, "--plain"), "40\n:p 4\n:u\ntwo\n:q\n", in_turn=True),
    "add": Command(("add", "more.ris", *SEARCH)),
    "import": Command(("import",), makes=RECORDS),
    "dedupe": Command(("dedupe",), makes=DUPLICATES),
    "judge a pair": Command(("dedupe", *ONE, "--other", _id(1), "--different", "--as", "ab")),
    "count": Command(("count",)),
    "draw": Command(("draw", "--out", "results/flow.svg")),
    "export a sheet": Command(("export", "out.csv", "--overwrite")),
    "export a workbook": Command(("export", "out.xlsx", "--overwrite")),
    "import decisions": Command(("import-decisions", "ta", SHEET, "--as", "gh")),
    "pilot": Command(("pilot", "full-text", "--open", "--as", "ab")),
    "repair": Command(("repair", "data/screened/duplicates/cd.csv")),
}


def make_review(folder: Path) -> Review:
    """Twelve records; ab and cd agree on four, differ on two, include one; gh did nothing yet."""
    review = found(folder, reviewers=("ab", "cd", "gh"))
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 2  # of three")
    change_protocol(review, "[full_text]", "[full_text]\npilot = { size = 2, agreement = 0.5 }")
    titles = TITLES.split()
    entries = [
        f"PMID- {number + 100}\nTI  - {' '.join(titles[number:] + titles[:number])}\nDP  - 2001\n"
        for number in range(ENTRIES)
    ]
    (folder / "export.nbib").write_text("\n".join(entries))
    (folder / "more.ris").write_text("TY  - JOUR\nTI  - Another\nID  - 7\nER  - \n")
    (folder / "s.txt").write_text("night shifts AND rest\n")
    added = run_stepped(
        ("add", "export.nbib", "--source", "pubmed", "--run-on", "2023-05-01"), folder
    )
    assert added.status == 0, added.err
    for stage in ("import", "dedupe", "count"):
        done = run_stepped((stage,), folder)
        assert done.status == 0, done.err
    both = ["include"] * 4 + ["exclude"] * 2
    for name, verdicts in (("ab", ["include"] * 6), ("cd", both)):
        store.append_decisions(review, [decide(_id(n), v, name) for n, v in enumerate(verdicts)])
    store.append_retrievals(review, [retrieved(_id(1)), retrieved(_id(2))])
    for name in ("ab", "cd"):
        store.append_decision(review, decide(_id(1), "include", name, FULL_TEXT))
    protocol = folder / "config/review.toml"
    protocol.write_text(protocol.read_text() + FORM)
    (folder / "charted.csv").write_text(f"study_id,n,theory\n{_id(1)},40,rest\n")
    judged = folder / "data/screened/duplicates/cd.csv"
    judged.write_text("decided_at,record_id,other_id,same,note\n2023-05-01T09:00:00Z,pubmed:1")
    rows = "".join(f"{_id(n)},include,,a note\n" for n in range(6, 10))
    (folder / SHEET).write_text(f"record_id,verdict,reason,note\n{rows}")
    (folder / "texts.csv").write_text(f"record_id,status\n{_id(0)},sought\n{_id(3)},retrieved\n")
    (folder / "out.csv").write_text("what stood here before\n")
    shutil.rmtree(folder / LOCKS, ignore_errors=True)
    return review


def files_of(folder: Path) -> dict[str, bytes]:
    """What the folder holds, without locks and the times of files, which are no data."""
    return {
        path.relative_to(folder).as_posix(): _content(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_relative_to(folder / LOCKS) and path != folder / DIGESTS
    }


def _content(path: Path) -> bytes:
    """The bytes of the file; of a workbook, which says when it was written, the sheets."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()) if "sheet" in name)


def _copy(case_base: Path, folder: Path, command: Command) -> None:
    shutil.copytree(case_base, folder)
    if command.makes:
        (folder / command.makes).unlink()


@dataclass(frozen=True, slots=True)
class Case:
    """A command on a review: how the files are before it, after it, and which calls it makes."""

    name: str
    command: Command
    base: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: tuple[str, ...]


def prepare(name: str, base: Path, folder: Path) -> Case:
    """The case, from a run in which nothing fails."""
    command = COMMANDS[name]
    _copy(base, folder, command)
    before = files_of(folder)
    done = run_stepped(command.words, folder, typed=command.typed)
    assert done.status == 0, f"{name}: {done.err}"
    after = files_of(folder)
    assert after != before, name
    shutil.rmtree(folder)
    return Case(name, command, base, before, after, done.calls)


def problems_of(case: Case, fault: Fault, folder: Path) -> list[str]:
    """What is not as promised after the fault, and after the same command once more."""
    _copy(case.base, folder, case.command)
    try:
        met = run_stepped(case.command.words, folder, fault, typed=case.command.typed)
        found = list(_broken_promises(case, met, files_of(folder)))
        again = run_stepped(case.command.words, folder, typed=case.command.typed)
        if again.status not in (0, 1) or "Traceback" in again.err:
            found.append(f"the next command: {again.status} {again.err[-300:]}")
        elif not case.command.in_turn:
            found += _differences(without_cut_off(case.after), without_cut_off(files_of(folder)))
        return found
    finally:
        shutil.rmtree(folder)


def _broken_promises(case: Case, met: Outcome, now: dict[str, bytes]) -> list[str]:
    found = []
    if met.status not in (0, 1, None) or "Traceback" in met.err:
        found.append(f"status {met.status}: {met.err[-300:]}")
    if met.status == 1 and "error: " not in met.err:
        found.append("refused without a word")
    for name in sorted(now.keys() | case.before.keys() | case.after.keys()):
        said = _wrong_file(case, met, name, now.get(name))
        if said:
            found.append(f"{name}: {said}")
    if met.status == 0 and not case.command.in_turn:
        found += _differences(case.after, now)
    if case.command.in_turn:
        lines = sum(text.count(b"\n") for text in now.values())
        before = sum(text.count(b"\n") for text in case.before.values())
        told = sum(map(met.out.count, ("takes it back", "Taken back", "  = ", "kept with")))
        if met.status is not None and lines - before - told not in (0, 1):  # 1: a header
            found.append(f"{told} acknowledged, {lines - before} lines written")
    return found


def _wrong_file(case: Case, met: Outcome, name: str, text: bytes | None) -> str:
    """What is wrong with one file: it is neither as it was nor as it was to become."""
    before, after = case.before.get(name), case.after.get(name)
    if text in (before, after):
        return ""
    if name.endswith(".new"):
        return "" if met.status is None else "left behind"
    if text is None:
        return "gone"
    if met.status is None and name.startswith("data/raw/"):
        return ""
    if name.startswith(LOGS):
        if not text and before is None:
            return ""  # a log without decisions: another program may be about to write into it
        if not text.startswith(before or b""):
            return "lost what stood there"
        if case.command.in_turn and text.endswith(b"\n"):
            return ""
        if met.status is None and (after or b"").startswith(text):
            return ""  # a half line of a killed process, which counts for nothing
    return f"neither old nor new: {text[-80:]!r}"


def _differences(wanted: dict[str, bytes], now: dict[str, bytes]) -> list[str]:
    names = sorted(wanted.keys() | now.keys())
    return [
        f"{name} is not what it was to become: {(now.get(name) or b'')[-80:]!r}"
        for name in names
        if wanted.get(name) != now.get(name) and not name.endswith(".new")
    ]


def without_cut_off(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files without the lines that were set aside, and without a header written anew."""
    return {
        name: b"".join(
            line
            for line in text.splitlines(keepends=True)
            if not (name.startswith(LOGS) and line.endswith(CUT_OFF + b"\n"))
        )
        if CUT_OFF in text
        else text
        for name, text in files.items()
    }
