"""Git, asked as a process: here and nowhere else, and only to read."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping

from scopingreview.paths import Review

NO_REPOSITORY = b"not a git repository"
LAST_COMMIT = "HEAD"


class GitRefusedError(Exception):
    """There is a repository, and git does not want to read it; the message is git's."""


def has_commits(review: Review) -> bool:
    """Whether the review lies in a repository in which something was committed."""
    if shutil.which("git") is None:
        return False
    result = _run(review, "rev-parse", "--verify", "--quiet", LAST_COMMIT)
    if result.returncode == 0:
        return True
    if result.stderr.strip() and NO_REPOSITORY not in result.stderr:
        raise GitRefusedError(_first_line(result.stderr))
    return False


def has_repository(review: Review) -> bool:
    """Whether git is installed and the review lies in a repository of it."""
    return shutil.which("git") is not None and _run(review, "rev-parse").returncode == 0


def attributes(review: Review, file: str) -> Mapping[str, str]:
    """What git has been told of a file, by attribute: text, merge … Raises GitRefusedError."""
    fields = ask(review, "check-attr", "-z", "--all", "--", file).decode().split("\0")
    return dict(zip(fields[1::3], fields[2::3], strict=False))


def ask(review: Review, *words: str) -> bytes:
    """What git prints for the words. Raises GitRefusedError."""
    result = _run(review, *words)
    if result.returncode != 0:
        raise GitRefusedError(_first_line(result.stderr))
    return result.stdout


def _run(review: Review, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(review.root), "-c", "core.quotePath=false", *words]
    spoken = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    return subprocess.run(command, capture_output=True, check=False, env=spoken)


def _first_line(said: bytes) -> str:
    return said.decode(errors="replace").strip().partition("\n")[0]
