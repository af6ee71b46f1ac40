"""Every call by which a command changes the disk is made to fail, one at a time.

What was there stays, what was acknowledged is there, the rest is whole or absent; whoever is
refused is told in a sentence; and the next command finds its way. All of it takes half an hour
(benchmarks/faults.py); here a part is drawn anew from each seed: SCOPINGREVIEW_FAULTS=N cases a
command, or `all`.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.faults.commands import COMMANDS, make_review, prepare, problems_of

WANTED = os.environ.get("SCOPINGREVIEW_FAULTS", "4")
SEED = os.environ.get("SCOPINGREVIEW_FAULTS_SEED", "1")

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="no /proc tells which file a descriptor is of"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "base"
    make_review(folder)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_stopped_anywhere_breaks_no_promise(
    name: str, base: Path, tmp_path: Path
):
    case = prepare(name, base, tmp_path / "review")
    faults = case.faults
    if WANTED != "all":
        draw = random.Random(f"{SEED} {name}")
        faults = draw.sample(faults, min(int(WANTED), len(faults)))
    broken = {
        f"{fault}": problems
        for fault in faults
        if (problems := problems_of(case, fault, tmp_path / "review"))
    }
    assert not broken
