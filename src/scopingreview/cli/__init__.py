"""The commands that people type. Only this room prints, and only `main` leaves the program."""

from __future__ import annotations

import os

from scopingreview.garbage import look_seldom


def main() -> None:
    """Run the command line and leave with its exit status."""
    look_seldom()
    # The linear algebra of numpy starts a thread for each core as it loads, and that takes longer
    # than any sum of vectors here does. One thread also adds up in the same order everywhere.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from scopingreview.cli.app import run_command_line

    run_command_line()
