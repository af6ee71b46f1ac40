"""Who may import whom, and which library has which door (docs/architecture.md)."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "scopingreview"

VALUES = {"errors", "model", "progress_note"}
RULES = {"exchange", "normalise", "identity", "formats", "screening", "dedupe", "flow"}
EDGES = {"paths", "config", "store", "report"}

# What a room may import besides itself, from the ground floor up: values in, values out; edges
# open files; a review is read; the chain and people write; the two front ends.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "progress_note": set(),
    "toml_table": VALUES,
    "model": {"errors"},
    "normalise": VALUES,
    "identity": VALUES,
    "formats": VALUES | {"normalise"},
    "exchange": VALUES | {"normalise", "formats"},
    "dedupe": VALUES | {"normalise"},
    "screening": VALUES,
    "flow": VALUES | {"screening"},
    "paths": VALUES,
    "store": VALUES | {"paths"},
    "config": VALUES | {"paths", "toml_table", "store"},
    "report": VALUES | {"flow", "screening"},
    "templates": set(),
    "chain": VALUES | {"paths"},
    "review": VALUES | RULES | EDGES | {"chain"},
    "stages": VALUES | RULES | EDGES | {"chain", "review", "templates"},
    "work": VALUES | RULES | EDGES | {"review", "toml_table"},
    "workbench": VALUES | RULES | EDGES | {"review", "work"},
    "cli": VALUES | RULES | EDGES | {"chain", "review", "stages", "work", "workbench"},
    "__main__": {"cli"},
    "__init__": set(),
}

# Each library has one door (or the few that draw and tabulate).
DOORS: dict[str, set[str]] = {
    "bibtexparser": {"formats"},
    "openpyxl": {"formats", "exchange"},
    "xlrd": {"formats"},
    "defusedxml": {"formats"},
    "rapidfuzz": {"dedupe"},
    "matplotlib": {"flow", "report"},
    "tomlkit": {"config"},
    "typer": {"cli"},
    "textual": {"workbench"},
}

# Loaded only by the stage that needs them, so that `--help` stays instant.
HEAVY = {
    "matplotlib",
    "textual",
    "numpy",
    "rapidfuzz",
    "bibtexparser",
    "openpyxl",
}


def modules() -> list[Path]:
    found = sorted(SOURCE.rglob("*.py"))
    assert found
    return found


def room_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            names.append(node.module or "")
            if node.module == "scopingreview":
                names += [f"scopingreview.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_its_room_may(path: Path):
    room = room_of(path)
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        parts = name.split(".")
        if parts[0] == "scopingreview" and len(parts) > 1 and parts[1] != room:
            assert parts[1] in ALLOWED[room], f"{room} may not import {parts[1]}"
        if parts[0] in DOORS:
            assert room in DOORS[parts[0]], f"{parts[0]} has its door in {DOORS[parts[0]]}"


def test_the_command_line_loads_no_heavy_library_before_a_stage_needs_it():
    report = "import sys, scopingreview.cli; print(*{name.split('.')[0] for name in sys.modules})"
    result = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert not HEAVY & set(result.stdout.split())
