"""The documentation says what is so: the tutorial is run, every key of a file is explained, and
what a page names of the code is there."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

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
    "lists",
    "number",
    "share",
    "flag",
    "choice",
    "decimal",
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


# ── what a page names is there ───────────────────────────────────────────────────────────────

SOURCE = ROOT / "src" / "scopingreview"
PAGES = [*sorted(DOCS.rglob("*.md")), *(ROOT / f"{n}.md" for n in ("CONTRIBUTING", "README"))]
on_every_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
FENCED = re.compile(r"^```.*?^```|^    \S.*?$", re.M | re.S)
BESIDE = {"src", "tests", "benchmarks", "examples", "docs", "website", ".ci", ".github"}
FOLDERS = BESIDE | {path.name for path in SOURCE.iterdir() if path.is_dir()} - {"config"}
MODULES = {
    ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")
    for base, package in ((ROOT / "src", "scopingreview"), (ROOT, "tests"))
    for path in (base / package).rglob("*.py")
}
A_FILE = re.compile(r"\.(?:bib|csv|md|mk|mmd|nbib|pdf|png|py|ris|svg|toml|txt|xlsx)$")
ANY_NAME = re.compile(r"(?:^|/)[A-Z]{2,}(?:\.\w+)*(?:/|$)")


def in_backticks(text: str) -> list[str]:
    """The pieces of code in the running text of the page."""
    return re.findall(r"`([^`\n]+)`", FENCED.sub("", text))


def paths_in(text: str) -> set[str]:
    """The paths of files and folders of the source; `FORMAT` and the like stand for any name."""
    code = "\n".join([*FENCED.findall(text), *in_backticks(text)])
    words = {word.rstrip(".,:;") for word in re.findall(r"[\w./*-]+", code)}
    return {
        word
        for word in words
        if word.endswith((".py", ".yaml")) or ("/" in word and word.partition("/")[0] in FOLDERS)
        if not ANY_NAME.search(word)
    }


@on_every_page
def test_every_path_that_a_page_names_is_there(page: Path):
    bare = {path.name for folder in BESIDE for path in (ROOT / folder).rglob("*.py")}
    lost = [
        name
        for name in paths_in(page.read_text(encoding="utf-8"))
        if name not in bare and not any([*ROOT.glob(name), *SOURCE.glob(name)])
    ]
    assert sorted(lost) == []


def means_something(name: str) -> bool:
    """Whether a dotted name is a module of ours, or something in one; True for other names."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        head = ".".join(parts[:length])
        found = [module for module in MODULES if f".{module}".endswith(f".{head}")]
        if found:
            return any(holds(import_module(module), parts[length:]) for module in found)
    return True


def holds(module: ModuleType, names: list[str]) -> bool:
    """Whether the names lead on from the module, or from a class in it."""
    classes = [value for value in vars(module).values() if isinstance(value, type)]
    return any(reaches(start, names) for start in (module, *classes))


def reaches(start: object, names: list[str]) -> bool:
    for name in names:
        if not hasattr(start, name):
            return name in getattr(start, "__annotations__", {})
        start = getattr(start, name)
    return True


@on_every_page
def test_every_module_that_a_page_names_is_there_with_what_it_is_said_to_hold(page: Path):
    text = page.read_text(encoding="utf-8")
    dotted = re.findall(
        r"(?<![\w./\[-])[a-z_]\w*(?:\.[A-Za-z_]\w*)+", "\n".join(in_backticks(text))
    )
    imported = re.findall(r"from (scopingreview[\w.]*) import (.+)", text)
    named = {name for name in dotted if not A_FILE.search(name)}
    named |= {f"{module}.{name.strip()}" for module, names in imported for name in names.split(",")}
    assert [name for name in sorted(named) if not means_something(name)] == []


@on_every_page
def test_every_link_of_a_page_leads_somewhere(page: Path):
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text)
    local = [one or other for one, other in targets if "://" not in (one or other)]
    assert [name for name in local if not (page.parent / name.partition("#")[0]).exists()] == []


@on_every_page
def test_what_a_page_shows_of_a_file_stands_in_it(page: Path):
    text = page.read_text(encoding="utf-8")
    for name, shown in re.findall(r"^```\w+\n# (\S+/\S+)\n(.*?)^```", text, re.M | re.S):
        file, start = (ROOT / name).read_text(encoding="utf-8"), 0
        for part in shown.split("…\n"):
            start = file.find(part, start)
            assert start >= 0, f"{name} has no longer:\n{part}"
            start += len(part)


def test_every_decision_is_listed_has_a_date_and_says_what_follows_from_it():
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert len(DECISIONS) > 10
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        heading = re.match(r"# (\d{4}) (.+)\n\n\d+ \w+ 20\d\d\b", text)
        assert heading, f"{path.name} has no number, title and date"
        assert f"| [{heading[1]}]({path.name}) | {heading[2]} |" in index
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"]


def test_every_library_that_is_installed_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    people = [each for name in extras.keys() - {"dev", "peers"} for each in extras[name]]
    installed = {re.split(r"[<>=\[]", each)[0] for each in (*project["dependencies"], *people)}
    page = (DOCS / "decisions/0017-every-library-has-its-reason.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([\w-]+) \| .+ \| .+ \|$", page, re.M)) - {"library"} == installed
