"""How the house is built (docs/architecture.md): every promise about its structure, read from it.

Who may import whom, which library has its door where, who prints, reads the clock and writes
files, and that there is no circle. The source is read as a tree; what a tree cannot tell (which
libraries a fresh process loads, which files a whole chain writes) is asked of the running program.
"""

from __future__ import annotations

import ast
import multiprocessing
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from types import FrameType

import pytest

from scopingreview import cli
from scopingreview.stages.counting import run_count
from tests.reviews import found, found_with, record

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "scopingreview"

VALUES = {
    *("csv_text", "errors", "fingerprint", "garbage", "model", "progress_note", "visible"),
    *("decision_rows", "decision_table", "long_array", "xml_text"),
}
RULES = {
    *("exchange", "normalise", "identity", "formats", "screening", "dedupe", "charting", "flow"),
    *("ranking", "tables", "figures", "checklists", "public_copy"),
}
EDGES = {"paths", "config", "store", "report"}

# What a room may import besides itself, from the ground floor up: values in, values out; edges
# open files; a review is read; the chain and people write; the two front ends.
ALLOWED: dict[str, set[str]] = {
    "visible": set(),
    "errors": {"visible"},
    "csv_text": {"errors"},
    "fingerprint": set(),
    "xml_text": set(),
    "garbage": set(),
    "long_array": set(),
    "progress_note": set(),
    "cores": set(),
    "scan": set(),
    "toml_table": VALUES,
    "model": {"errors"},
    "decision_rows": {"model"},
    "decision_table": {"model", "decision_rows"},
    "normalise": VALUES,
    "identity": VALUES,
    "formats": VALUES | {"normalise", "scan"},
    "exchange": VALUES | {"normalise", "formats", "charting"},
    "dedupe": VALUES | {"normalise", "cores"},
    "screening": VALUES,
    "ranking": VALUES,
    "charting": VALUES | {"screening"},
    "flow": VALUES | {"screening"},
    "tables": VALUES | {"screening", "charting", "flow", "exchange"},
    "figures": VALUES | {"flow", "tables"},
    "checklists": VALUES | {"toml_table", "tables"},
    "public_copy": VALUES | {"screening"},
    "paths": VALUES,
    "store": VALUES | {"paths", "scan"},
    "config": VALUES | {"paths", "toml_table", "store"},
    "report": VALUES | {"flow", "screening", "exchange", "tables"},
    "templates": set(),
    "chain": VALUES | {"paths"},
    "review": VALUES | RULES | EDGES | {"chain"},
    "stages": VALUES | RULES | EDGES | {"cores", "chain", "review", "templates"},
    "work": VALUES | RULES | EDGES | {"review", "toml_table"},
    "workbench": VALUES | RULES | EDGES | {"review", "work"},
    "browser": set(),
    "cli": VALUES | RULES | EDGES | {"browser", "chain", "review", "stages", "work", "workbench"},
    "__main__": {"cli"},
    "__init__": set(),
}

# Each library has one door; workbooks are read and written, and columns are in three places.
DOORS: dict[str, set[str]] = {
    "PIL": {"flow"},
    "aiohttp": {"browser"},
    "bibtexparser": {"formats", "exchange"},
    "defusedxml": {"formats"},
    "docx": {"report"},
    "filelock": {"store"},
    "ftfy": {"review"},
    "jinja2": {"report"},
    "matplotlib": {"flow", "figures"},
    "numpy": {"decision_table", "dedupe", "long_array", "ranking", "store", "work"},
    "openpyxl": {"formats", "exchange", "tables"},
    "pandas": {"dedupe", "tables"},
    "platformdirs": {"cli"},
    "pylatexenc": {"formats"},
    "pypdf": {"store"},
    "pyspark": {"dedupe"},
    "rapidfuzz": {"dedupe"},
    "rispy": {"exchange"},
    "textual": {"workbench"},
    "textual_serve": {"browser"},
    "tomlkit": {"config"},
    "typer": {"cli"},
    "xlrd": {"formats"},
}

# Rooms that look at the same things: a noun of one may name a module of each of the others. The
# two front ends each have their `app`.
MIRRORED = (
    {"model", "config", "store"},
    {"screening", "charting", "review", "work", "stages", "cli"},
    {"workbench", "cli"},
)

# The module that writes files, and what others may do of it: a lock is no data.
WRITER = "scopingreview.store.files"
WRITING_ELSEWHERE = {
    "scopingreview.store.lock": {"os.open", "os.write", "os.ftruncate"},
    # A folder, opened to be held or synced.
    "scopingreview.store.holding": {"os.open"},
    "scopingreview.store.file_system": {"os.open"},
    # A member of an archive that `files` is given piece by piece.
    "scopingreview.store.arrays": {"open(w)"},
    # What is in an archive, outside of the review and gone when it has been looked at.
    "scopingreview.store.unpacking": {"tempfile", "open(xb)", "parent.mkdir"},
}
WRITING = {
    *("write_text", "write_bytes", "touch", "mkdir", "makedirs", "rename", "renames", "unlink"),
    *("rmdir", "chmod", "symlink_to", "hardlink_to", "mkfifo", "rmtree"),
}
WRITING_OF_OS = {
    *("open", "fdopen", "write", "pwrite", "remove", "replace", "truncate", "ftruncate"),
    *("link", "symlink", "utime", "sendfile", "copy_file_range", "removedirs"),
}
NOT_WRITING_OF_SHUTIL = {"disk_usage", "get_terminal_size", "which"}
MODE_TO_WRITE = re.compile(r"[rbt]*[wax+][wax+rbt]*")

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}

PATH_OF_THE_PROJECT = re.compile(r"\b(?:docs|benchmarks|tests|examples)/[\w./-]*\w")


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the program: its full name, its text, and the text as a tree."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder under the program's, or the module itself on the ground floor."""
        return self.path.relative_to(SOURCE).parts[0].removesuffix(".py")

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)


def read_module(path: Path) -> Module:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    text = path.read_text(encoding="utf-8")
    name = ".".join(part for part in parts if part != "__init__")
    return Module(path, name, text, ast.parse(text))


MODULES = {module.name: module for module in map(read_module, sorted(SOURCE.rglob("*.py")))}


def wherever(finds: Callable[[Module], Iterable[str]]) -> dict[str, list[str]]:
    """What is found in each module, by its name; modules in which nothing is are left out."""
    found = {name: list(finds(module)) for name, module in MODULES.items()}
    return {name: lines for name, lines in found.items() if lines}


def imported(module: Module) -> Iterator[str]:
    """The names of what it imports, those it imports late or for types only among them.

    What is taken from a package is named in full: `scopingreview.store.files`, not its package.
    """
    for node in module.nodes():
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}: imports are written out in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules_of(module: Module) -> set[str]:
    """The modules of the program that it imports."""
    places = ((name, name.rpartition(".")[0]) for name in imported(module))
    nearest = (next(filter(MODULES.get, place), "") for place in places)
    return {name for name in nearest if name}


def attributes(module: Module) -> Iterator[tuple[str, str, int]]:
    """Every `a.b` of the module, as the last word of `a`, `b`, and the line."""
    for node in module.nodes():
        if isinstance(node, ast.Attribute):
            owner = node.value
            yield getattr(owner, "attr", getattr(owner, "id", "")), node.attr, node.lineno


def test_the_house_is_there():
    assert {module.room for module in MODULES.values()} == ALLOWED.keys()


# Who may import whom


def test_a_module_imports_only_what_its_room_may():
    def strangers(module: Module) -> set[str]:
        rooms = {MODULES[name].room for name in modules_of(module)}
        return rooms - ALLOWED[module.room] - {module.room, "__init__"}  # its version is anyone's

    assert not wherever(strangers)


def test_no_module_is_imported_by_what_it_imports():
    """So the modules of a room stand in floors, as the rooms do: each import leads down."""
    floors = TopologicalSorter({name: modules_of(module) for name, module in MODULES.items()})
    try:
        floors.prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def test_what_reads_a_review_imports_nothing_that_writes():
    acts = re.compile(r"scopingreview\.(?:store|config|stages)\b.*\.(?:append|write|save|copy)_\w+")
    stages = re.compile(r"scopingreview\.stages\.\w+\.(?:run|add|found|draw)_\w+")

    def writes(module: Module) -> Iterator[str]:
        used = {f"scopingreview.{owner}.{name}" for owner, name, _ in attributes(module)}
        for name in used | set(imported(module)):
            if module.room == "review" and (acts.fullmatch(name) or stages.fullmatch(name)):
                yield name

    assert not wherever(writes)


# Which library has its door where


def third_party(module: Module) -> set[str]:
    tops = {name.partition(".")[0] for name in imported(module)}
    return tops - sys.stdlib_module_names - {"scopingreview"}


def test_each_library_has_its_door_and_no_door_leads_nowhere():
    rooms: dict[str, set[str]] = defaultdict(set)
    for module in MODULES.values():
        for library in third_party(module):
            rooms[library].add(module.room)
    assert rooms == DOORS


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *optional["browser"], *optional["docx"]]
    declared = {re.split(r"[^\w-]", words)[0].lower() for words in wanted}
    owners = packages_distributions()
    extras = {re.split(r"[^\w-]", words)[0] for words in project["optional-dependencies"]["spark"]}
    libraries = set().union(*map(third_party, MODULES.values())) - extras
    assert {owner.lower() for library in libraries for owner in owners[library]} == declared


def test_the_command_line_loads_no_library_before_a_stage_needs_it():
    """But the one that reads its words, so that `--help` stays instant."""
    asked = "print(*{name.split('.')[0] for name in sys.modules})"
    report = f"import sys, scopingreview.cli.app; {asked}"
    result = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert DOORS.keys() & set(result.stdout.split()) == {"typer"}


def modules_loaded(*words: str) -> set[str]:
    """What a fresh process has loaded when it has run the command."""
    script = (
        "import sys\nfrom scopingreview import cli\n"
        f"sys.argv = {['scopingreview', *words]!r}\ntry:\n    cli.main()\nfinally:\n"
        "    print(*sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.splitlines()[-1].split())


def rooms_loaded(*words: str) -> set[str]:
    """The rooms that a fresh process has loaded when it has run the command."""
    ours = "scopingreview."
    return {name.split(".")[1] for name in modules_loaded(*words) if name.startswith(ours)}


def test_help_loads_no_room_but_that_of_the_command_line():
    """What a review consists of takes longer to load than the help takes to read."""
    assert rooms_loaded("--help").isdisjoint(RULES | EDGES | {"model", "review", "stages", "work"})


def test_who_looks_at_a_review_loads_no_export_format():
    """But for known items, which are looked for as records of other programs are."""
    assert "formats" not in rooms_loaded("status", "-C", str(ROOT))
    assert "review" in rooms_loaded("status", "-C", str(ROOT))


@pytest.mark.parametrize("command", ["check", "count", "draw"])
def test_who_checks_counts_or_draws_loads_nothing_of_the_network(tmp_path: Path, command: str):
    """What fetches pages takes longer to load than a small review to count."""
    if command == "check":
        found(tmp_path)
    else:
        run_count(found_with(tmp_path, [record("pubmed:1")]))
    loaded = modules_loaded(command, "-C", str(tmp_path))
    assert "scopingreview.xml_text" in loaded
    assert loaded.isdisjoint({"ssl", "http.client", "urllib.request"})


def test_who_decides_loads_nothing_that_counts():
    """Nor the libraries of numbers that only agreement is worked out with."""
    assert "flow" not in rooms_loaded("screen", "--help")
    assert "work" in rooms_loaded("screen", "--help")


def test_who_decides_loads_nothing_of_sheets_training_stopping_and_results():
    """Each has modules of its own, and a value of theirs takes as long to load as to decide."""
    loaded = modules_loaded("screen", "--help")
    assert "scopingreview.work.open_session" in loaded
    others = {
        "config.own_answers",
        "config.result_rules",
        "model.full_texts",
        "screening.agreement",
        "screening.discussion",
        "screening.stopping",
        "screening.training",
        "store.filled_sheet",
    }
    assert loaded.isdisjoint({f"scopingreview.{name}" for name in others})
    assert loaded.isdisjoint({"importlib.resources", "tempfile", "zipfile"})


# Who prints, who reads the clock, who writes files


def test_only_the_command_line_prints_asks_and_leaves():
    def talks(module: Module) -> Iterator[str]:
        for node in module.nodes():
            if isinstance(node, ast.Name) and node.id in ("print", "input", "exit", "SystemExit"):
                yield f"{node.lineno}: {node.id}"
        for owner, name, line in attributes(module):
            if owner == "sys" and name.strip("_") in ("stdout", "stderr", "stdin", "exit"):
                yield f"{line}: sys.{name}"

    assert wherever(talks).keys() <= {name for name in MODULES if MODULES[name].room == "cli"} | {
        "scopingreview.__main__"
    }


def test_every_line_for_people_goes_through_the_door_of_the_console():
    """Else a title could act on the terminal; the prompt shows its question by itself."""

    def prints(module: Module) -> Iterator[str]:
        for node in module.nodes():
            if isinstance(node, ast.Name) and node.id == "print":
                yield f"{node.lineno}: print"

    doors = {"scopingreview.cli.console", "scopingreview.cli.prompt", "scopingreview.cli.app"}
    assert wherever(prints).keys() == doors


def test_only_the_console_reads_the_clock():
    def looks(module: Module) -> Iterator[str]:
        asked = {(owner, name): line for owner, name, line in attributes(module)}
        yield from (f"{asked[clock]}: {'.'.join(clock)}" for clock in CLOCKS & asked.keys())
        yield from {".".join(clock) for clock in CLOCKS} & set(imported(module))

    assert wherever(looks).keys() == {"scopingreview.cli.console"}


def writings(module: Module) -> Iterator[tuple[str, int]]:
    """Every place where the module could write a file by itself: what it does, and the line."""
    for name in imported(module):
        first, _, taken = name.partition(".")
        if first == "tempfile" or (first in ("os", "shutil") and taken and taken != "path"):
            yield name, 0
    for owner, name, line in attributes(module):
        writes = (
            (owner == "os" and name in WRITING_OF_OS)
            or (owner == "shutil" and name not in NOT_WRITING_OF_SHUTIL)
            or (owner not in ("store", "os", "shutil") and name in WRITING)
        )
        if writes:
            yield f"{owner}.{name}", line
    for node in module.nodes():
        if isinstance(node, ast.Call) and (does := _written_by(node)):
            yield does, node.lineno


def _written_by(call: ast.Call) -> str:
    """What a call of `open` or `replace` does; "" when it writes nothing."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "open" and isinstance(call.func, ast.Name):
        return "open"  # a path has its own
    if name == "open":
        given = [*call.args, *(word.value for word in call.keywords)]
        modes = [str(each.value) for each in given if isinstance(each, ast.Constant)]
        return next((f"open({mode})" for mode in modes if MODE_TO_WRITE.fullmatch(mode)), "")
    # A text's `replace` takes two words and a time's takes names: a path's takes one word.
    if name == "replace" and isinstance(call.func, ast.Attribute) and not call.keywords:
        return "replace" if len(call.args) == 1 else ""
    return ""


def test_only_one_module_writes_files():
    def writes(module: Module) -> Iterator[str]:
        may = WRITING_ELSEWHERE.get(module.name, set())
        yield from (f"{line}: {does}" for does, line in writings(module) if does not in may)

    assert wherever(writes).keys() == {WRITER}


WAYS_TO_WRITE: dict[str, str] = {
    "a file opened to write": "path.open('w')",
    "a file that must be new": "path.open('xb')",
    "a file opened to append to, by name": "path.open(encoding='utf-8', mode='ab')",
    "a file opened to change": "path.open('r+b')",
    "the built-in": "open(path)",
    "a text": "path.write_text(text)",
    "bytes": "review.path(name).write_bytes(content)",
    "a method handed on": "list(map(Path.unlink, paths))",
    "a rename": "temporary.replace(path)",
    "a folder": "path.parent.mkdir(parents=True)",
    "a descriptor": "os.open(path, os.O_RDWR)",
    "a copy": "shutil.copyfileobj(one, other)",
    "a temporary file": "import tempfile",
    "something taken from os": "from os import remove",
}


@pytest.mark.parametrize("line", WAYS_TO_WRITE.values(), ids=WAYS_TO_WRITE)
def test_the_reader_of_the_source_knows_every_way_to_write(line: str):
    assert list(writings(Module(SOURCE / "a.py", "a", line, ast.parse(line))))


@pytest.mark.parametrize(
    "line",
    [
        "path.open('rb')",
        "path.open(encoding='utf-8', newline='')",
        "text.replace('a', 'b')",
        "time.replace(tzinfo=UTC)",
        "replace(record, title='')",
        "store.write_text(path, text)",
        "os.pread(descriptor, 1, 0)",
        "shutil.which('git')",
        "import os.path",
    ],
)
def test_the_reader_of_the_source_takes_no_reading_for_a_writing(line: str):
    assert not list(writings(Module(SOURCE / "a.py", "a", line, ast.parse(line))))


def watch(commands: list[tuple[str, ...]], folder: str, writers: SimpleQueue[str]) -> None:
    """Which file of the program wrote each file of the folder, while these commands ran."""
    to_write = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def watcher(event: str, words: tuple[object, ...]) -> None:
        writes = event in ("os.rename", "os.remove", "os.mkdir", "os.truncate", "os.link")
        if not writes and not (event == "open" and int(str(words[2])) & to_write):
            return
        if not str(words[0]).startswith(folder):
            return
        frame: FrameType | None = sys._getframe()
        while frame and not frame.f_code.co_filename.startswith(str(SOURCE)):
            frame = frame.f_back
        writers.put(f"{frame and frame.f_code.co_filename} {event}")

    sys.addaudithook(watcher)
    for words in commands:
        sys.argv = ["scopingreview", *words]
        try:
            cli.main()
        except SystemExit as leaving:
            if leaving.code:
                raise


def test_a_whole_review_is_written_by_that_module(tmp_path: Path):
    """What a tree cannot tell: a library that is given a path and writes to it."""
    export = tmp_path / "export.ris"
    export.write_text("TY  - JOUR\nTI  - Night shifts\nID  - 1\nER  - \n" * 2)
    review = str(tmp_path / "review")
    at = ("-C", review)
    begin = ("init", review, "--title", "Rest", "--source", "pubmed", "--reviewer", "ab")
    commands = [
        begin,
        ("add", str(export), "--source", "pubmed", "--run-on", "2023-01-05", *at),
        ("run", *at),
        ("draw", "--out", f"{review}/figure.tiff", *at),
        ("export", f"{review}/all.xlsx", *at),
        ("numbers", *at),
    ]
    context = multiprocessing.get_context("fork")
    writers = context.SimpleQueue()
    process = context.Process(target=watch, args=(commands, review, writers))
    process.start()
    process.join()
    assert process.exitcode == 0
    found = set()
    while not writers.empty():
        found.add(writers.get())
    by_files = f"{MODULES[WRITER].path} "
    assert found == {by_files + event for event in ("open", "os.rename", "os.remove", "os.mkdir")}


# What things are called


def test_a_file_name_says_where_it_is_or_what_it_mirrors():
    rooms: dict[str, list[str]] = defaultdict(list)
    for module in MODULES.values():
        if module.path.stem != "__init__":
            rooms[module.path.stem].append(module.room)
    twice = {
        name: found
        for name, found in rooms.items()
        if len(found) != len(set(found))
        or (len(found) > 1 and not any(mirrored.issuperset(found) for mirrored in MIRRORED))
    }
    assert not twice


def test_every_file_of_the_project_that_the_source_names_is_there():
    def missing(module: Module) -> set[str]:
        named = set(PATH_OF_THE_PROJECT.findall(module.text))
        return {name for name in named if not (ROOT / name).exists()}

    assert not wherever(missing)
