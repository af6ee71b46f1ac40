"""`repair`: what was cut off in mid-write is set aside, with every byte of it."""

from pathlib import Path

from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, decide, found_with, record

RECORDS = [record("pubmed:1"), record("pubmed:2")]
LOG = "data/screened/title-abstract/ab.csv"


def test_check_names_the_line_and_repair_sets_it_aside(run: Run, tmp_path: Path):
    review = found_with(tmp_path, RECORDS, decisions=[decide("pubmed:1", "include", "ab")])
    path = review.decisions(TITLE_ABSTRACT, "ab")
    with path.open("ab") as file:
        file.write(b"2023-05-01T10:00:00Z,pubmed:2,incl\x1b[31m")
    before = path.read_bytes()

    found = run("check", "-C", tmp_path)
    assert found.status == 1
    assert f"V08 error: {LOG}:3: the last line was cut off" in found.out
    assert f"scopingreview repair {LOG}" in found.out
    assert run("screen", "ta", "--as", "cd", "-C", tmp_path).status == 0

    done = run("repair", LOG, "-C", tmp_path)
    assert done.status == 0
    assert f"{LOG}:3: set aside: 2023-05-01T10:00:00Z,pubmed:2,incl␛[31m" in done.out
    assert path.read_bytes().startswith(before)
    assert "V08 note" in run("check", "-C", tmp_path).out
    assert run("status", "-C", tmp_path).err.count("cut off") == 0

    again = run("repair", path, "-C", tmp_path)
    assert "nothing was changed" in again.out


def test_only_what_commands_append_to_is_repaired(run: Run, tmp_path: Path):
    review = found_with(tmp_path, RECORDS, decisions=[decide("pubmed:1", "include", "ab")])
    protocol = review.path("config/review.toml").read_bytes()
    for name in ("config/review.toml", "data/screened/title-abstract/abc.csv", "/etc/passwd"):
        refused = run("repair", name, "-C", tmp_path)
        assert refused.status == 1
        assert "only what commands append to is repaired" in refused.err
    assert f'Did you mean "{LOG}"?' in run("repair", "title-abstract/ab.csv", "-C", tmp_path).err
    assert review.path("config/review.toml").read_bytes() == protocol
