"""Two reviewers and an adjudicator on a real search in five sources, each on a git branch.

    python benchmarks/team_on_a_real_search.py [--keep FOLDER] [--shared DIR]

Founds a review, imports and links 645 records of five files in DIR/exports, runs a pilot of 25
that fails and one that passes, screens the rest on two branches, merges them, settles the
conflicts and prints what a team would see. The verdicts are drawn by lot, so every run is the
same. Needs git.

Exit status 1 when a command fails, a merge conflicts, the numbers do not add up, or data are
missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scopingreview.screening.allocation import random_number
from support.harness import SCOPINGREVIEW, existing, options

SOURCES = {
    "pubmed": ("zotero/gambling_pubmed_176.ris", 176),
    "psycinfo": ("zotero/gambling_psycinfo_124.ris", 124),
    "scopus": ("scopus/gambling_255.ris", 255),
    "lens": ("lens/gambling_49.ris", 49),
    "cja": ("ebsco/gambling_crimjust_41.ris", 41),
}
PILOT = "[title_abstract]\npilot = { size = 25, agreement = 0.75 }\n"
INCLUDED = 0.15  # of the records, by the one truth both reviewers look for
MISTAKEN = {"first pilot": 0.35, "second pilot": 0.03, "screening": 0.05}  # of each one's verdicts


class Team:
    """One review in a folder, its commands and its git."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def says(self, *words: object) -> Any:
        """The document that a command prints; ends the program when the command fails."""
        return json.loads(self.run(*words, "--json").stdout)

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return self._checked([*SCOPINGREVIEW, *map(str, words), "-C", str(self.folder)])

    def git(self, *words: str) -> str:
        person = ("-c", "user.name=A Team", "-c", "user.email=team@example.org")
        return self._checked(["git", "-C", str(self.folder), *person, *words]).stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def decide(self, name: str, record_ids: Iterable[str], part: str) -> None:
        """`name` decides on the records by a sheet."""
        sheet = self.folder.parent / f"{name}.csv"
        rows = [f"{key},{verdict(name, key, part)}" for key in record_ids]
        sheet.write_text("\n".join(["record_id,verdict", *rows]) + "\n", encoding="utf-8")
        self.run("import-decisions", "title-abstract", sheet, "--as", name)

    @staticmethod
    def _checked(command: list[str]) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done


def verdict(name: str, record_id: str, part: str) -> str:
    include = random_number("truth", record_id) < INCLUDED
    if random_number("mistake", name, record_id) < MISTAKEN[part]:
        include = not include
    return "include" if include else "exclude"


def found_review(team: Team, exports: Path) -> None:
    sources = [word for name in SOURCES for word in ("--source", name)]
    people = ("--reviewer", "ab", "--reviewer", "cd", "--adjudicator", "ef")
    init = [*SCOPINGREVIEW, "init", str(team.folder), "--title", "Gambling"]
    subprocess.run([*init, *sources, *people], check=True, capture_output=True)
    for source, (file, hits) in SOURCES.items():
        team.run(
            "add", exports / file, "--source", source, "--hits", hits, "--run-on", "2023-01-05"
        )
    protocol = team.folder / "config/review.toml"
    text = protocol.read_text(encoding="utf-8")
    text = text.replace("[title_abstract]\n", PILOT, 1)
    protocol.write_text(text, encoding="utf-8")
    for stage in ("import", "dedupe"):
        team.run(stage)
    team.git("init", "--quiet", "--initial-branch", "main")
    team.commit("A review")


def on_branches(team: Team, part: str, record_ids: dict[str, list[str]]) -> None:
    """Each reviewer decides on a branch of their own, and both are merged."""
    for name, ids in record_ids.items():
        branch = f"{part.replace(' ', '-')}-{name}"
        team.git("checkout", "--quiet", "-b", branch, "main")
        team.decide(name, ids, part)
        team.commit(f"{part} by {name}")
        team.git("checkout", "--quiet", "main")
    for name in record_ids:
        branch = f"{part.replace(' ', '-')}-{name}"
        team.git("merge", "--quiet", "--no-edit", branch)


def show(team: Team, *words: str) -> None:
    print(f"\n$ scopingreview {' '.join(words)}")
    print(team.run(*words).stdout.rstrip())


def exported(team: Team, *which: str) -> list[str]:
    """The ids of the records that `export` writes."""
    file = team.folder.parent / "exported.ris"
    team.run("export", file, *which, "--overwrite")
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("ID  - ") for line in lines if line.startswith("ID  - ")]


def screen(team: Team) -> bool:
    """The whole phase; whether its numbers add up."""
    for part in ("first pilot", "second pilot"):
        team.run("pilot", "title-abstract", "--open", "--as", "ab")
        team.commit(f"Open the {part}")
        sample = team.says("pilot", "title-abstract")["rounds"][-1]["records"]
        on_branches(team, part, {"ab": sample, "cd": sample})
    show(team, "pilot", "title-abstract")

    owed = {}
    for name in ("ab", "cd"):
        owed[name] = exported(team, "--for-screening", "title-abstract", "--as", name)
    on_branches(team, "screening", owed)
    show(team, "status")
    before = team.says("status")["phases"][0]

    for record_id in exported(team, "--standing", "in-conflict"):
        settled = "include" if random_number("truth", record_id) < INCLUDED else "exclude"
        words = ("--as", "ef", "--record", record_id, "--verdict", settled)
        team.run("conflicts", "title-abstract", *words)
    team.commit("Settle the conflicts")
    show(team, "agreement", "title-abstract", "--round", "screening")
    after = team.says("status")["phases"][0]
    return _adds_up(team, before, after)


def _adds_up(team: Team, before: dict[str, Any], after: dict[str, Any]) -> bool:
    unique = team.says("status")["unique_records"]
    settled = after["included"] + after["excluded"]
    print(
        f"\n{unique} unique records: {before['in_conflict']} conflicts, all settled; "
        f"{after['included']} included + {after['excluded']} excluded = {settled}"
    )
    clean = team.git("status", "--porcelain") == ""
    checked = team.run("check").returncode == 0
    return settled == unique and after["in_conflict"] == 0 and clean and checked


def main() -> int:
    parser = options(__doc__, shared=True)
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="leave the review in this new folder"
    )
    chosen = parser.parse_args()
    exports = chosen.shared.resolve() / "exports"
    for file, _ in SOURCES.values():
        existing(exports / file, "a real export")
    with tempfile.TemporaryDirectory() as folder:
        team = Team((chosen.keep or Path(folder)) / "review")
        found_review(team, exports)
        return 0 if screen(team) else 1


if __name__ == "__main__":
    sys.exit(main())
