"""After a power cut what was acknowledged is there, and the rest whole, absent or told.

Every write, sync, rename and new name of a command is recorded; after each of them the power is
cut, and each of the disks that may be left is read and worked on.
"""

from __future__ import annotations

import pickle
import shutil
from itertools import chain
from pathlib import Path

import pytest

from tests.faults.commands import COMMANDS, LOGS, files_of, make_review, without_cut_off
from tests.faults.disk import Disk, lay_out
from tests.faults.stepping import run_stepped

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="no /proc tells which file a descriptor is of"
)
CHECKED = ("screen one", "screen from a sheet", "conflicts", "chart one", "add", "import")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("power") / "base"
    make_review(folder)
    return folder


def recorded(name: str, folder: Path, kept: Path) -> list[list[tuple[str, dict[str, bytes]]]]:
    """What may be left after each call of the command, and after its end."""
    disk = Disk.of(folder)
    states = [list(disk.states())]

    def told(call: str, words: tuple[object, ...], result: object) -> None:
        disk.asked(call, words, result)
        states.append(list(disk.states()))
        kept.write_bytes(pickle.dumps(states))

    command = COMMANDS[name]
    done = run_stepped(command.words, folder, typed=command.typed, told=told)
    assert done.status == 0, done.err
    found: list[list[tuple[str, dict[str, bytes]]]] = pickle.loads(kept.read_bytes())
    return found


def wrong(before: bytes | None, after: bytes | None, now: bytes | None) -> bool:
    """Whether a file is neither as it was nor as it was to become, nor begins as either."""
    if now in (before, after):
        return False
    if now is None or not now.startswith(before or b""):
        return True
    rest = now.removeprefix(before or b"")
    return bool(rest.strip(b"\0")) and not (after or b"").startswith(now)


@pytest.mark.parametrize("name", CHECKED)
def test_what_was_acknowledged_outlives_a_power_cut(name: str, base: Path, tmp_path: Path):
    folder, command = tmp_path / "review", COMMANDS[name]
    shutil.copytree(base, folder)
    if command.makes:
        (folder / command.makes).unlink()
    before = files_of(folder)
    states = recorded(name, folder, tmp_path / "states")
    after = files_of(folder)
    assert len(states) > 5
    seen: set[bytes] = set()
    for step, left in enumerate(states):
        is_over = step == len(states) - 1
        for kind, files in left:
            owned = {n: c for n, c in files.items() if not n.endswith((".new", ".lock"))}
            told = f"{kind} after call {step}"
            for file in sorted(before.keys() | after.keys()):
                now, then = owned.get(file), (before.get(file), after.get(file))
                assert not wrong(*then, now), f"{told}: {file}: {(now or b'')[-80:]!r}"
                assert not is_over or now == after.get(file), f"{told}: {file} was acknowledged"
            key = pickle.dumps(sorted(owned.items()))
            if key not in seen:
                seen.add(key)
                works_on(name, files, after, tmp_path / "left", told)


def works_on(
    name: str, files: dict[str, bytes], after: dict[str, bytes], folder: Path, told: str
) -> None:
    """The same command does its work on what the disk has left."""
    lay_out(files, folder)
    for log in chain.from_iterable((folder / logs).rglob("*.csv") for logs in LOGS):
        if b"\0" in log.read_bytes():  # the disk lost what was never acknowledged: that is told
            done = run_stepped(("repair", str(log)), folder)
            assert done.status == 0, f"{told}: {done.err}"
    done = run_stepped(COMMANDS[name].words, folder)
    assert done.status in (0, 1), f"{told}: {done.err}"
    assert "Traceback" not in done.err, f"{told}: {done.err}"
    now = without_cut_off(files_of(folder))
    for file, content in without_cut_off(after).items():
        assert now.get(file) == content, f"{told}: {file}: {now.get(file, b'')[-80:]!r} {done.err}"
    shutil.rmtree(folder)
