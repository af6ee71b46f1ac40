"""Pages that quote the program say what it says, and examples in Python run."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scopingreview.report.codes import explanations
from tests.conftest import Run

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "scopingreview"
MESSAGES = re.findall(
    r"^### (.+)$", (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8"), re.M
)


@cache
def texts() -> tuple[str, ...]:
    """Every text of the program, with … for what is filled in."""
    return tuple(text for path in SOURCE.rglob("*.py") for text in _texts_of(path))


def _texts_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (
                str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values
            )
            yield "".join(parts)


def test_messages_are_explained():
    assert len(MESSAGES) > 25
    assert len(set(MESSAGES)) == len(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_that_is_explained_is_one_that_the_program_gives(message: str):
    spelled = ".*".join(map(re.escape, message.split("…")))
    known = [text for text in texts() if re.match(spelled, text)]
    assert known, f"no text of the program is: {message}"


def test_the_codes_that_troubleshooting_names_exist():
    page = (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\b[A-Z]\d\d\b", page)) <= explanations().keys()


def examples() -> list[tuple[str, str]]:
    """Each piece of Python on the page, and what it prints."""
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", page, re.S)


def test_the_examples_in_python_print_what_the_page_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """They are one session, in the bundled review."""
    for name in ("config", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, copy_function=shutil.copyfile)
    monkeypatch.chdir(tmp_path)
    assert run("run", "--until", "dedupe").status == 0
    session: dict[str, object] = {}
    assert len(examples()) > 4
    for code, shown in examples():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "docs/python.md", "exec"), session)
        assert printed.getvalue() == shown, code


def test_the_figures_of_the_pages_are_those_of_one_reviewer(run: Run, tmp_path: Path):
    """`init` with one reviewer asks for one decision: several pages build on it."""
    answer = run("init", tmp_path / "alone", "--title", "T", "--source", "wos", "--reviewer", "ab")
    assert answer.status == 0
    text = (tmp_path / "alone/config/review.toml").read_text(encoding="utf-8")
    assert len(re.findall(r"^reviewers_needed = 1\b", text, re.M)) == 2
