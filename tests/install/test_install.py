"""From a clone to a command: what is built is the same each time, and installs everywhere.

These tests fetch packages from the index, so they stand outside the suite: `make install-test`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import scopingreview

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"

pytestmark = pytest.mark.install


def do(*words: object, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    """What a program prints; fails with all of it when its exit status is not 0."""
    done = subprocess.run(
        [str(word) for word in words],
        env=os.environ | (env or {}),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


def environment(folder: Path) -> Path:
    """A new environment with nothing but pip in it; its folder of programs."""
    venv.create(folder, with_pip=True)
    return folder / SCRIPTS


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs that people build and install with."""
    programs = environment(tmp_path_factory.mktemp("tools"))
    do(programs / "python", "-m", "pip", "install", "--quiet", "build", "pipx", "uv")
    return programs


def built(tools: Path, tree: Path, folder: Path) -> dict[str, str]:
    """The digest of everything that a build of the tree puts into the folder, by name."""
    do(tools / "python", "-m", "build", "--outdir", folder, tree)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def wheel(tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built(tools, ROOT, folder)
    return next(folder.glob("*.whl"))


def test_two_builds_in_two_places_are_the_same_bytes(tools: Path, wheel: Path, tmp_path: Path):
    copy = tmp_path / "elsewhere" / "copy"
    tracked = do("git", "ls-files", cwd=ROOT).splitlines()
    for name in tracked:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    again = built(tools, copy, tmp_path / "dist")
    assert again[wheel.name] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    shutil.rmtree(tmp_path / "dist")
    assert built(tools, copy, tmp_path / "dist") == again


def test_the_wheel_holds_the_package_its_page_of_man_and_nothing_else(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    package = {
        f"scopingreview/{path.relative_to(ROOT / 'src/scopingreview').as_posix()}"
        for path in (ROOT / "src/scopingreview").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    man = f"scopingreview-{scopingreview.__version__}.data/data/share/man/man1/scopingreview.1"
    assert {name for name in names if ".dist-info/" not in name} == package | {man}


def test_uv_installs_it(tools: Path, wheel: Path, tmp_path: Path):
    places = {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin")}
    do(tools / "uv", "tool", "install", wheel, env=places)
    assert do(tmp_path / "bin" / "scopingreview", "--version").strip() == scopingreview.__version__


def test_pipx_installs_it(tools: Path, wheel: Path, tmp_path: Path):
    places = {"PIPX_HOME": str(tmp_path / "home"), "PIPX_BIN_DIR": str(tmp_path / "bin")}
    do(tools / "pipx", "install", wheel, env=places)
    assert do(tmp_path / "bin" / "scopingreview", "--version").strip() == scopingreview.__version__


def commands_of_the_readme() -> list[str]:
    """The lines of "Your own review", a line each; how to install comes first and is left out."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Your own review")[1]
    block = re.findall(r"(?:^ {4}.*\n|^\n)+", section, re.M)
    text = "".join(block).replace("\\\n", " ")
    lines = [re.split(r"\s+#", line)[0].strip() for line in text.splitlines()]
    return [line for line in lines if line.startswith(("scopingreview", "cd "))]


def downloads(home: Path) -> None:
    """Invented exports under the names, and with the hits, that the README gives them."""
    folder = home / "Downloads"
    folder.mkdir(parents=True)
    pubmed = (
        f"PMID- {n}\nDP  - 2019\nTI  - Stress in ward {n}.\nAU  - Okafor A{chr(65 + n % 26)}\n"
        for n in range(1, 413)
    )
    (folder / "pubmed-set.nbib").write_text("\n".join(pubmed), encoding="utf-8")
    wos = (
        f"PT J\nAU Okafor, A\nTI Night shift {n}\nPY 2019\nUT WOS:{n:015}\nER\n"
        for n in range(1, 732)
    )
    (folder / "savedrecs.txt").write_text(
        "FN Clarivate Analytics Web of Science\nVR 1.0\n" + "\n".join(wos) + "\nEF\n",
        encoding="utf-8",
    )


def test_the_commands_of_the_readme_run_word_for_word(wheel: Path, tmp_path: Path):
    programs = environment(tmp_path / "environment")
    do(programs / "python", "-m", "pip", "install", "--quiet", wheel)
    downloads(tmp_path)
    (tmp_path / "wos.txt").write_text("TS=(stress AND nurs*)\n", encoding="utf-8")
    lines = commands_of_the_readme()
    assert [line.split()[1] for line in lines if line.startswith("scopingreview")][:2] == [
        "init",
        "add",
    ]
    script = "\n".join(["set -e", "PS4=", "set -x", *lines[:-1]])
    env = {"HOME": str(tmp_path), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    (tmp_path / "stress").mkdir()
    (tmp_path / "wos.txt").rename(tmp_path / "stress" / "wos.txt")
    do("bash", "-c", script, env=env, cwd=tmp_path)
    assert lines[-1] == "scopingreview count --final && scopingreview draw"
    final = subprocess.run(
        ["bash", "-c", lines[-1]],
        env=os.environ | env,
        cwd=tmp_path / "stress",
        capture_output=True,
        text=True,
        check=False,
    )
    assert final.returncode == 1, "1,143 records that nobody has screened"
    assert "1143" in final.stderr.replace(",", "")
