"""The command line as a whole: its list, its help, its exit status."""

import inspect
import re
from pathlib import Path

import pytest

from scopingreview.cli.commands import COMMANDS
from tests.conftest import Run

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_has_help_that_begins_as_the_list_says_and_an_example(run: Run, command):
    help_text = inspect.getdoc(command.function()) or ""
    assert help_text.splitlines()[0] == command.says
    assert f"Example: scopingreview {command.name}" in help_text
    assert not re.search(r"\S\n *Example:", help_text), "an example is a paragraph of its own"
    shown = run(command.name, "--help")
    assert shown.status == 0
    assert command.says in shown.out


def test_the_list_shows_every_command(run: Run):
    shown = run("--help").out
    for command in COMMANDS.values():
        assert re.search(rf"^  {command.name} +{re.escape(command.says)}$", shown, re.MULTILINE)


def test_the_readme_names_every_command():
    readme = README.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"| `{name}` |" not in readme] == []


def test_an_unknown_command_is_wrong_usage_and_names_the_nearest(run: Run):
    answer = run("sceen")
    assert answer.status == 2
    assert "Did you mean 'screen'" in answer.err


def test_outside_a_review_the_error_says_how_to_begin_one(run: Run, tmp_path: Path):
    answer = run("status", "-C", tmp_path)
    assert answer.status == 1
    assert answer.err.startswith("error: ")
    assert "scopingreview init" in answer.err
    assert answer.out == ""


def test_an_unknown_phase_is_wrong_usage_and_names_the_nearest(run: Run, tmp_path: Path):
    from tests.reviews import found_with, record

    found_with(tmp_path, [record("pubmed:1")])
    answer = run("screen", "fulltext", "--as", "ab", "-C", tmp_path)
    assert answer.status == 2
    assert 'Did you mean "full-text"?' in answer.err


def test_of_a_word_that_is_missing_it_is_told_what_it_is(run: Run, tmp_path: Path):
    answer = run("criteria", "-C", tmp_path)
    assert answer.status == 2
    assert "Missing argument 'PHASE': title-abstract (ta) or full-text (ft).\n" in answer.err
    answer = run("chart", "-C", tmp_path)
    assert answer.err.endswith("): Who decides, as named in config/review.toml.\n")
    assert "No such option: --nonsense" in run("criteria", "ta", "--nonsense").err


def test_the_folder_may_stand_before_the_command_as_for_git_and_make(run: Run, tmp_path: Path):
    from tests.reviews import found_with, record

    found_with(tmp_path, [record("pubmed:1")])
    before = run("-C", tmp_path, "status")
    assert before.status == 0
    assert before == run("status", "-C", tmp_path)
    other = found_with(tmp_path / "other", [record("pubmed:1"), record("pubmed:2")])
    assert "2 records" in run("-C", tmp_path, "status", "-C", other.root).out


def test_init_takes_its_folder_behind_the_command_only(run: Run, tmp_path: Path):
    answer = run("-C", tmp_path, "init", tmp_path / "new")
    assert answer.status == 2
    assert "scopingreview init DIR" in answer.err
