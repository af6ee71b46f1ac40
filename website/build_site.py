"""Build the documentation as a site: the pages of the repository, and what is made from the code.

    make docs                            build/site, broken links are errors
    python website/build_site.py --help

The pages are taken as they lie in the repository, so that one link is good in both. Nothing of the
site asks for anything outside of it: no fonts, no scripts from elsewhere.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from reference.codes import codes_page
from reference.commands import commands_page
from reference.config_keys import config_page
from reference.files import files_page
from reference.json_page import json_page, schema_files
from reference.links import broken_links

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "pages"
SITE = ROOT / "build" / "site"
# What the site shows of the repository: its pages, and what they show or lead to.
TAKEN = (
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"),
    *("docs/**/*", "benchmarks/README.md", "benchmarks/results.md"),
    *("results/*.svg", "results/report.html", "results/figures/*.svg", "website/style.css"),
)
# The pages that are made from the code, by name.
REFERENCE: dict[str, Callable[[], str]] = {
    "commands": commands_page,
    "tables": files_page,
    "config": config_page,
    "codes": codes_page,
    "documents": json_page,
}


def main() -> None:
    """The site stands in build/site; exit status 1 when a page of it leads nowhere."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    gather_pages(PAGES)
    write_reference(PAGES / "docs" / "reference")
    shutil.rmtree(SITE, ignore_errors=True)
    generator = Path(sys.executable).with_name("zensical")
    built = subprocess.run([generator, "build", "--clean", "--strict"], cwd=ROOT, check=False)
    if built.returncode:
        sys.exit(built.returncode)
    if broken := broken_links(SITE):
        sys.exit("\n".join(broken))
    site = SITE.relative_to(ROOT)
    print(f"Open {site}/index.html; its search wants a server: python -m http.server -d {site}")


def gather_pages(folder: Path) -> None:
    """The folder holds what the site shows of the repository, in the same places, and no more."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in _taken():
        target = folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def write_reference(folder: Path) -> None:
    """The folder holds what is made from the code: the pages, and the schemas of the documents."""
    (folder / "schemas").mkdir(parents=True)
    for name, text in REFERENCE.items():
        (folder / f"{name}.md").write_text(text(), encoding="utf-8")
    for file, schema in schema_files().items():
        (folder / file).write_text(schema, encoding="utf-8")


def _taken() -> Iterator[Path]:
    for pattern in TAKEN:
        yield from (path for path in sorted(ROOT.glob(pattern)) if path.is_file())


if __name__ == "__main__":
    main()
