"""The pages on moving say what is so: their commands are run on small exports of each program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.moves.exports import FILES

PAGES = sorted((Path(__file__).parents[2] / "docs/moving").glob("[a-z]*.md"))


def do(line: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a line of a page prints."""
    command, _, aside = line.partition("  # ")
    name, *words = shlex.split(command)
    if name == "cd":
        monkeypatch.chdir(words[0])
        return ""
    assert name == "scopingreview"
    answer = run(*words)
    assert answer.status == (1 if aside == "exit status 1" else 0), f"{line}\n{answer.err}"
    return answer.out + answer.err


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_on_moving_do_what_it_says(
    page: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?", page.read_text("utf-8"), re.S)
    assert sum(len(commands.splitlines()) for commands, _ in blocks) > 4
    for commands, shown in blocks:
        printed = "".join(do(line, run, monkeypatch) for line in commands.splitlines())
        for line in shown.splitlines():
            assert line in printed, f"{commands} does not print: {line}\n{printed}"
