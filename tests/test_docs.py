"""The documentation says what is so: the tutorial is run, and every key of a file is explained."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scopingreview import config, store
from tests.conftest import Run

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FILES = (DOCS / "files.md").read_text(encoding="utf-8")
READERS = {
    "table",
    "tables",
    "text",
    "texts",
    "number",
    "share",
    "flag",
    "choice",
    "day",
    "wordings",
}


def steps() -> Iterator[tuple[list[str], list[str]]]:
    """The tutorial's commands block by block, and the lines they are said to print."""
    text = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    for commands, shown in re.findall(r"```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?", text, re.S):
        yield commands.splitlines(), shown.splitlines()


def do(line: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a line of the tutorial prints; only the few commands it uses are understood."""
    command, _, aside = line.partition("  # ")
    name, *words = shlex.split(command)
    if name == "scopingreview":
        keys = aside.removeprefix("keys: ").replace(" ", "\n") + "\n"
        answer = run(*words, typed=keys)
        assert answer.status == (1 if aside == "exit status 1" else 0), f"{line}\n{answer.err}"
        return answer.out + answer.err
    if name == "cd":
        monkeypatch.chdir(words[0])
    elif name == "sed":
        _, old, new, _ = words[1].split("/")
        path = Path(words[2])
        assert old in path.read_text(encoding="utf-8")
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    elif name == "cp" and words[0] == "-r":
        source = Path(words[1])
        folder = Path(words[2]) / source.name
        shutil.copytree(source, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    else:
        assert name == "cp"
        shutil.copyfile(*words)
    return ""


def test_every_command_of_the_tutorial_does_what_it_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "scopingreview").symlink_to(ROOT)
    monkeypatch.chdir(tmp_path)
    blocks = list(steps())
    assert len(blocks) > 10
    for commands, shown in blocks:
        printed = "".join(do(line, run, monkeypatch) for line in commands)
        for line in shown:
            assert line in printed, f"{commands[0]} does not print: {line}\n{printed}"


def keys_of_config() -> set[str]:
    """Every key that the program reads from the files in config/."""
    modules = Path(config.__file__).parent.glob("*.py")
    tree = ast.parse("\n".join(module.read_text(encoding="utf-8") for module in modules))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in READERS
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("key", sorted(keys_of_config()))
def test_every_key_of_the_config_files_is_explained(key: str):
    assert re.search(rf"[`\[_.]{key}\b|\b{key} = ", FILES), f"docs/files.md does not explain {key}"


def test_the_columns_of_every_table_are_explained():
    tables = [ROOT / path for path in Path(store.__file__).parent.glob("*.py")]
    columns = {
        str(element.value)
        for path in tables
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id.endswith("_COLUMNS")
        for element in ast.walk(node.value)
        if isinstance(element, ast.Constant)
    }
    assert len(columns) > 20
    assert {name for name in columns if not re.search(rf"\b{name}\b", FILES)} == set()
