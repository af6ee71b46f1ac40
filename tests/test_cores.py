"""How many processes are started where fewer cores may be used than there are."""

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from scopingreview.cores import usable_cores
from scopingreview.dedupe.parallel import WORTH_A_PROCESS, chunks_for
from scopingreview.formats import Span
from scopingreview.stages import reading_pool
from scopingreview.stages.reading_pool import WORTH_A_POOL_BYTES, Job, readers


@pytest.fixture
def given_two_of_64_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {3, 5}, raising=False)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 2, raising=False)


@pytest.mark.usefixtures("given_two_of_64_cores")
def test_cores_that_this_process_may_not_use_are_not_counted():
    assert usable_cores() == 2
    assert chunks_for(64 * WORTH_A_PROCESS) == 2


@pytest.mark.usefixtures("given_two_of_64_cores")
def test_import_starts_a_reader_for_each_core_it_may_use(monkeypatch: pytest.MonkeyPatch):
    started = []

    class Watched(ProcessPoolExecutor):
        def __init__(self, processes: int, **settings: Any) -> None:
            started.append(processes)
            super().__init__(processes, **settings)

    monkeypatch.setattr(reading_pool, "ProcessPoolExecutor", Watched)
    job = Job(Path("big.ris"), Span(0, WORTH_A_POOL_BYTES), "RIS", "pubmed", {})
    with readers([job] * 64):
        pass
    assert started == [2]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system cannot be asked to")
def test_the_system_is_asked_and_not_the_machine_counted():
    program = (
        "import os; from scopingreview.cores import usable_cores; "
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); print(usable_cores())"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout == "1\n", result.stderr
