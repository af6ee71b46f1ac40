"""What a record of each format takes to read, in Python and compiled: and that both say the same.

    python benchmarks/reading_profile.py [--shared DIR]

Reads every real export of DIR/exports, understands its records and spells them out, three times
each; the least counts. Prints microseconds of a processor for each record of a format, in Python
alone and, after `make compiled`, as that wheel has it. What was read must be the same to the byte.

Exit status 1 when the two differ, or when data are missing.
"""

from __future__ import annotations

import gc
import hashlib
import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.stages.reading_pool import Job, read_job
from support.harness import COMPILED, existing, installed, machine, options

ROUNDS = 3


def main() -> int:
    """Profile this form of the program, or both."""
    parser = options(__doc__, shared=True)
    parser.add_argument("--one-form", action="store_true", help="print this form's as JSON")
    chosen = parser.parse_args()
    exports = existing(chosen.shared / "exports", "the real exports")
    if chosen.one_form:
        print(json.dumps(_profile(exports)))
        return 0
    print(machine())
    forms = {"in Python": _form(chosen.shared, None)}
    if COMPILED.is_dir():
        forms["compiled"] = _form(chosen.shared, COMPILED)
    print(f"{'format':30}{'records':>8}" + "".join(f"{name:>12}" for name in forms))
    for name, (records, _) in forms["in Python"]["formats"].items():
        costs = (form["formats"][name][1] for form in forms.values())
        print(f"{name:30}{records:8,}" + "".join(f"{cost:12.1f}" for cost in costs))
    digests = {form["sha256"] for form in forms.values()}
    print("the same to the byte" if len(digests) == 1 else f"they differ: {digests}")
    return len(digests) - 1


def _form(shared: Path, package: Path | None) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one-form", "--shared", str(shared)]
    done = subprocess.run(command, env=installed(package), check=True, capture_output=True)
    return dict(json.loads(done.stdout))


def _profile(exports: Path) -> dict[str, object]:
    """For each format how many records and their microseconds; the sha256 of all that was read."""
    gc.disable()
    read = hashlib.sha256()
    records: defaultdict[str, int] = defaultdict(int)
    seconds: defaultdict[str, float] = defaultdict(float)
    for path in sorted(filter(Path.is_file, exports.rglob("*"))):
        try:
            found = formats.recognise(path, {})
            jobs = [
                Job(path, span, found.name, "x", {})
                for span in formats.spans_of(path, found.format)
            ]
            chunks = [read_job(job) for job in jobs]
        except ReviewError as error:
            read.update(str(error).encode())  # no export, or one that has to be told more of
            continue
        read.update(repr(chunks).encode())
        records[found.name] += sum(len(chunk.ids) for chunk in chunks)
        seconds[found.name] += min(_seconds(jobs) for _ in range(ROUNDS))
    return {
        "formats": {name: (n, 1e6 * seconds[name] / n) for name, n in sorted(records.items()) if n},
        "sha256": read.hexdigest(),
    }


def _seconds(jobs: list[Job]) -> float:
    begun = time.process_time()
    for job in jobs:
        read_job(job)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
