"""The page of man: made of the help of every command, and the one that is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scopingreview.cli.commands import COMMANDS
from scopingreview.cli.manual import VARIABLES, manual_page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page() -> str:
    return manual_page()


def test_the_page_that_is_installed_is_that_of_the_help(page: str):
    kept = (ROOT / "docs" / "scopingreview.1").read_text(encoding="utf-8")
    assert kept == page, "make man"


def test_every_command_is_on_it_with_its_example(page: str):
    plain = page.replace(r"\-", "-")
    assert re.findall(r"^\.SS scopingreview (\S+)", plain, re.M) == list(COMMANDS)
    assert all(f"Example: scopingreview {name}" in plain for name in COMMANDS)


def test_the_variables_that_it_names_are_read_by_the_program(page: str):
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert all(source.count(f'"{name}"') > 1 for name in VARIABLES)
    assert "SCOPINGREVIEW_REVIEWER" in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed here")
def test_man_reads_it_without_a_warning(page: str):
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-Kutf8"],
        input=page.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.decode() == ""
    assert "scopingreview screen [OPTIONS]" in re.sub(
        r".\x08|\x1b\[[\d;]*m", "", done.stdout.decode()
    )


def test_a_line_of_help_is_never_a_request_of_man(page: str):
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".PP", ".TP", ".B"}
