"""The road of a review as Windows would have it: no fcntl, no fork, its names, its code page.

`tests/as_windows.py` plays Windows, and says what it cannot show. What is made must be the same
bytes that are made here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.as_windows import DEVICE, FORBIDDEN
from tests.conftest import Run
from tests.reviews import snapshot

ROOT = Path(__file__).parent.parent
REVIEW = ("-C", "nights")
WHAT_PEOPLE_PRINT = (".pdf", ".png", ".xlsx")  # tested by themselves; made/ has their digests

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="only Linux says which files a process has open"
)


def ris(begin: int, end: int) -> str:
    return "".join(
        f"TY  - JOUR\nTI  - Sleep of β nurses on ward {n} ≥ 3\nAU  - Ek, Bo\nPY  - 20{n % 20:02}\n"
        f"UR  - https://doi.org/10.1000/ward.{n}\nER  - \n\n"
        for n in range(begin, end)
    )


def road(folder: Path) -> list[list[str]]:
    """The exports of a small review in the folder, and the command lines from init to report."""
    (folder / "others").mkdir()
    for name, text in (
        ("Aux.ris", ris(0, 60)),
        ("hits.ris", ris(30, 90)),
        ("others/HITS.ris", ris(88, 95)),
        ("update.ris", ris(94, 99)),
        ("strategy.txt", "nurs* AND sleep\r\n"),
        ("ab.csv", "record_id,verdict\npubmed:10.1000/ward.1,include\n"),
    ):
        (folder / name).write_bytes(text.encode())
    day = ("--run-on", "2024-05-02")
    people = [word for name in ("ab", "CON") for word in ("--reviewer", name)]
    sources = [word for name in ("pubmed", "con") for word in ("--source", name)]
    strategy = ("--strategy", "strategy.txt")
    return [
        ["init", "nights", "--title", "Nächte ✓ β", *sources, *people, "--adjudicator", "ef"],
        ["add", "Aux.ris", "--source", "pubmed", "--hits", "60", *day, *strategy, *REVIEW],
        ["add", "hits.ris", "--source", "con_", "--hits", "60", *day, *REVIEW],
        ["add", "others/HITS.ris", "--source", "con_", *day, "--search", "nul", *REVIEW],
        ["import", *REVIEW],
        ["dedupe", *REVIEW],
        ["status", *REVIEW],
        ["status", "--json", *REVIEW],
        ["limits", *REVIEW],
        ["run", *REVIEW],
        ["add", "update.ris", "--source", "pubmed", "--run-on", "2024-06-02", *REVIEW],
        ["run", *REVIEW],
        ["check", *REVIEW],
        ["export", "nights.csv", *REVIEW],
        ["export", "nights.xlsx", *REVIEW],
        ["correct", "pubmed:1", "--field", "year=1999", "--why", "seen", "--as", "ab", *REVIEW],
        ["doctor", *REVIEW],
    ]


@pytest.fixture(scope="module")
def on_windows(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder after the road, and what each command came to, by its name."""
    folder = tmp_path_factory.mktemp("windows")
    lines = road(folder)
    # The records are read anew from here on: no process that has them open may be left.
    update = lines.index(["run", *REVIEW], lines.index(["run", *REVIEW]) + 1)
    answers = [*taken(lines[:update], folder), *taken(lines[update:], folder)]
    return folder, {answer["words"][0]: answer for answer in answers}


def taken(lines: list[list[str]], folder: Path) -> list[dict[str, Any]]:
    """What each of the commands came to, all of them in one process."""
    spoken = {key: value for key, value in os.environ.items() if key not in ("TERM", "COLUMNS")}
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-m", "tests.as_windows", str(folder)],
        input=json.dumps(lines),
        cwd=ROOT,
        env=spoken,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def test_every_step_of_the_road_is_taken(on_windows: tuple[Path, dict[str, Any]]):
    _, answers = on_windows
    wrong = {name: answer for name, answer in answers.items() if answer["status"]}
    assert wrong.keys() == {"correct"}, wrong
    assert "unknown record" in wrong["correct"]["err"]


def test_windows_makes_the_same_bytes(
    on_windows: tuple[Path, dict[str, Any]],
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.chdir(tmp_path)
    for words in road(tmp_path):
        run(*words)

    def made(folder: Path) -> dict[str, bytes]:
        return {
            name: content
            for name, content in snapshot(folder / "nights").items()
            if not name.endswith(WHAT_PEOPLE_PRINT) and "derived/made" not in name
        }

    here, there = made(tmp_path), made(on_windows[0])
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_no_name_that_a_review_makes_is_one_that_windows_cannot_have(
    on_windows: tuple[Path, dict[str, Any]],
):
    folder, _ = on_windows
    names = [path.relative_to(folder / "nights") for path in (folder / "nights").rglob("*")]
    assert [str(name) for name in names if name.name.endswith(".lock")] == []
    assert [
        str(name)
        for name in names
        if any(DEVICE.fullmatch(part) or FORBIDDEN.search(part) for part in name.parts)
    ] == []
    spelled = [str(name).casefold() for name in names]
    assert len(set(spelled)) == len(spelled)


def test_what_the_code_page_lacks_is_told_by_its_number(
    on_windows: tuple[Path, dict[str, Any]],
):
    _, answers = on_windows
    assert answers["init"]["status"] == 0
    status = answers["status"]["out"]
    assert json.loads(status)["title"] == "Nächte ✓ β"
    assert status.isascii(), "JSON is UTF-8 everywhere, and ASCII is both"


def test_a_disk_that_cannot_hold_a_file_is_said_to_keep_locks_by_a_file_beside(
    on_windows: tuple[Path, dict[str, Any]],
):
    assert re.search("^locks +kept$", on_windows[1]["doctor"]["out"], re.M)


def test_a_clone_with_the_line_ends_of_windows_holds_together(
    on_windows: tuple[Path, dict[str, Any]], tmp_path: Path, run: Run
):
    """`core.autocrlf` is on where git for Windows is installed as it asks to be."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed here")
    review, clone = on_windows[0] / "nights", tmp_path / "clone"
    who = ("-c", "user.name=ab", "-c", "user.email=ab@example.org")
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "begin"]):
        subprocess.run(["git", "-C", str(review), *words], check=True)
    subprocess.run(
        ["git", "clone", "-q", "-c", "core.autocrlf=true", str(review), str(clone)], check=True
    )
    assert b"\r\n" in (clone / "README.md").read_bytes()
    assert run("run", "--until", "dedupe", "-C", clone).status == 0
    checked = run("check", "-C", clone)
    assert checked.status == 0, checked.out
