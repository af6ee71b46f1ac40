"""Three people at three clones, whatever they do in whatever order, end with the same review.

Here a few dozen steps are taken; `benchmarks/faults.py --steps N` takes as many as it is told, and
SCOPINGREVIEW_FAULTS_SEED is another order.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.faults.team import Team

STEPS = 80
SEED = int(os.environ.get("SCOPINGREVIEW_FAULTS_SEED", "1"))

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(
        not Path("/proc/self/fd").is_dir(), reason="no /proc tells which file a descriptor is of"
    ),
    pytest.mark.filterwarnings("ignore::scopingreview.errors.ReviewWarning"),
]


def test_clones_agree_with_a_plain_model_and_merge_without_a_hand(tmp_path: Path):
    team = Team(tmp_path, SEED)
    assert team.play(STEPS) == []
    assert len(team.clones[0].rows) > STEPS / 5
    assert {"decide", "stop", "pull", "screen None"} <= team.done.keys()
