"""The commands that write, each on a copy of one small review in which it has something to do."""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scopingreview import store
from scopingreview.paths import DIGESTS, DUPLICATES, LOCKS, RECORDS, Review
from scopingreview.store.files import CUT_OFF
from tests.faults.stepping import Fault, Outcome, faults_of, make_ready, run_stepped
from tests.faults.traced import run_traced, traced_faults_of
from tests.reviews import FULL_TEXT, change_protocol, decide, found, retrieved

ENTRIES = 12
TITLES = "harbour lantern meadow orchard pebble quarry ribbon saddle timber valley willow anchor"
SHEET = "sheet.csv"
NOTES = ("a note", "", "naïve – 漢字", 'so ""quoted""', "x" * 300, "=1+1")
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
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


@dataclass(frozen=True, slots=True)
class Runner:
    """A way to run a command with a fault: how, the faults it knows, and whether time stands."""

    run: Callable[..., Outcome]
    faults_of: Callable[[Sequence[str]], list[Fault]]
    stops_clock: bool


IN_PROCESS = Runner(run_stepped, faults_of, stops_clock=True)
WHOLE_PROCESS = Runner(run_traced, traced_faults_of, stops_clock=False)


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


def make_review(folder: Path, seed: int = 1) -> Review:
    """A dozen records; ab and cd agree on four, differ on two, include one; gh did nothing yet.

    Titles, notes and how many records there are come from the seed.
    """
    draw = random.Random(seed)
    review = found(folder, reviewers=("ab", "cd", "gh"))
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 2  # of three")
    change_protocol(review, "[full_text]", "[full_text]\npilot = { size = 2, agreement = 0.5 }")
    titles = draw.sample(TITLES.split(), ENTRIES)
    entries = [
        f"PMID- {number + 100}\nTI  - {' '.join(titles[number:] + titles[:number])}\nDP  - 2001\n"
        for number in range(ENTRIES - draw.randrange(3))
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
    rows = "".join(f'{_id(n)},include,,"{draw.choice(NOTES)}"\n' for n in range(6, 10))
    (folder / SHEET).write_text(f"record_id,verdict,reason,note\n{rows}")
    (folder / "texts.csv").write_text(f"record_id,status\n{_id(0)},sought\n{_id(3)},retrieved\n")
    (folder / "out.csv").write_text("what stood here before\n")
    shutil.rmtree(folder / LOCKS, ignore_errors=True)
    return review


def files_of(folder: Path, *, timeless: bool = False) -> dict[str, bytes]:
    """What the folder holds, without locks and the times of files, which are no data.

    When `timeless`, the times in them are all the same.
    """
    return {
        path.relative_to(folder).as_posix(): TIME.sub(b"TIME", text) if timeless else text
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_relative_to(folder / LOCKS) and path != folder / DIGESTS
        for text in [_content(path)]
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
    runner: Runner
    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: tuple[str, ...]

    @property
    def faults(self) -> list[Fault]:
        """Every fault that one of its calls can meet."""
        return self.runner.faults_of(self.calls)

    def run(self, folder: Path, fault: Fault | None = None) -> Outcome:
        """The command, run in the folder; what it came to."""
        return self.runner.run(self.command.words, folder, fault, typed=self.command.typed)

    def files(self, folder: Path) -> dict[str, bytes]:
        """What the folder holds, so that it can be compared."""
        return files_of(folder, timeless=not self.runner.stops_clock)


def prepare(name: str, base: Path, folder: Path, runner: Runner = IN_PROCESS) -> Case:
    """The case, from a run in which nothing fails."""
    command = COMMANDS[name]
    _copy(base, folder, command)
    case = Case(name, command, base, runner, {}, {}, ())
    before = case.files(folder)
    done = case.run(folder)
    assert done.status == 0, f"{name}: {done.err}"
    after = case.files(folder)
    assert after != before, name
    make_ready(command.words, run_stepped(command.words, folder, typed=command.typed).modules)
    shutil.rmtree(folder)
    return replace(case, before=before, after=after, calls=done.calls)


def problems_of(case: Case, fault: Fault, folder: Path) -> list[str]:
    """What is not as promised after the fault, and after the same command once more."""
    _copy(case.base, folder, case.command)
    try:
        met = case.run(folder, fault)
        found = list(_broken_promises(case, fault, met, case.files(folder)))
        again = run_stepped(case.command.words, folder, typed=case.command.typed)
        if again.status not in (0, 1) or "Traceback" in again.err:
            found.append(f"the next command: {again.status} {again.err[-300:]}")
        elif not case.command.in_turn:
            found += _differences(without_cut_off(case.after), without_cut_off(case.files(folder)))
        return found
    finally:
        shutil.rmtree(folder)


def _broken_promises(case: Case, fault: Fault, met: Outcome, now: dict[str, bytes]) -> list[str]:
    found = []
    if fault.call.startswith("unlink"):  # what may not be taken away is left, hidden
        now = {name: text for name, text in now.items() if not name.endswith(".new")}
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
        lines = sum(text.count(b"\n") for name, text in now.items() if not name.endswith(".new"))
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
