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


def test_a_piece_that_a_merge_closed_stops_everybody_until_somebody_says_yes(
    run: Run, tmp_path: Path
):
    decisions = [decide("pubmed:1", "include", "ab"), decide("pubmed:2", "include", "ab")]
    review = found_with(tmp_path, RECORDS, decisions=decisions)
    path = review.decisions(TITLE_ABSTRACT, "ab")
    header, first, second, _ = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([header, first[:30], second, b""]))
    before = path.read_bytes()
    for command in (("status",), ("check",), ("screen", "ta", "--as", "cd")):
        stopped = run(*command, "-C", tmp_path)
        assert stopped.status == 1
        assert f"{LOG}:2: a line that was cut off in mid-write" in stopped.err
        assert f"scopingreview repair {LOG}" in stopped.err

    asked = run("repair", LOG, "-C", tmp_path)
    assert f"{LOG}:2: is a piece of a line: {first[:30].decode()}" in asked.out
    assert "--yes" in asked.err
    assert path.read_bytes() == before
    tried = run("repair", LOG, "--yes", "--dry-run", "-C", tmp_path)
    assert tried.status == 0
    assert path.read_bytes() == before

    done = run("repair", LOG, "--yes", "-C", tmp_path)
    assert f"{LOG}:2: set aside: {first[:30].decode()}" in done.out
    assert path.read_bytes().startswith(before)
    assert run("status", "-C", tmp_path).status == 0
    assert f"V08 note: {LOG}:2: a line was cut off" in run("check", "-C", tmp_path).out
    assert "every line is whole" in run("repair", LOG, "--yes", "-C", tmp_path).out
