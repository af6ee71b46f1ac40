"""The wheel for one platform: what reads exports, compiled.

    make compiled

Without it a wheel holds Python alone and does the same for every platform, in more time. Whoever
builds for a platform sets HATCH_BUILD_HOOKS_ENABLE=1, and needs a C compiler. Why:
docs/decisions/0043-compiled-where-it-counts.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("src")
# The first is written for Cython, the others are as they stand; compose.pxd tells types of one.
COMPILED = (
    "scopingreview/scan/compiled.pyx",
    "scopingreview/formats/compose.py",
    "scopingreview/formats/reading.py",
    "scopingreview/formats/ris.py",
    "scopingreview/formats/ris_tags.py",
    "scopingreview/formats/values/*.py",
    "scopingreview/identity.py",
    "scopingreview/store/derived.py",
)


class CompiledWheel(BuildHookInterface[Any]):
    """Puts what Cython makes of some modules beside them."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return ["cython>=3.1", "setuptools>=80"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """The extensions are built and stand in the wheel, which is one of this platform.

        An installation in place (`pip install --editable`) stays as it is: what is compiled would
        hide what is being edited.
        """
        if version == "editable":
            return
        self.made = tempfile.TemporaryDirectory()
        for built in _built(Path(self.root), Path(self.made.name)):
            build_data["force_include"][str(built)] = str(built.relative_to(self.made.name))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, *_: object) -> None:
        """What was built is in the wheel, and nowhere else."""
        if version != "editable":
            self.made.cleanup()


def _built(root: Path, folder: Path) -> list[Path]:
    """The extension modules, in the folders of their packages inside the folder."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    source = root / SOURCE
    modules = sorted(path for pattern in COMPILED for path in source.glob(pattern))
    extensions = [
        Extension(".".join(path.relative_to(source).with_suffix("").parts), [str(path)])
        for path in modules
        if path.name != "__init__.py"
    ]
    made = cythonize(extensions, build_dir=str(folder / "c"), language_level=3, quiet=True)
    command = Distribution({"name": "scopingreview", "ext_modules": made}).get_command_obj(
        "build_ext"
    )
    command.ensure_finalized()
    command.build_lib, command.build_temp = str(folder), str(folder / "o")
    command.parallel = True
    command.run()
    return sorted(
        path for path in (folder / "scopingreview").rglob("*") if path.suffix in (".so", ".pyd")
    )
