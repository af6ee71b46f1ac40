"""The review's config folder: protocol and strategies as they stand here, searches as they ran."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

from invented.searches import RunSearch

CONFIG = Path(__file__).parent / "config"
HEAD = "# Written by `scopingreview add`: every search, and the files its records came in.\n\n"


def config_files(found: list[RunSearch]) -> dict[str, bytes]:
    """Every file of `config/` by its path in the review."""
    fixed = [path for path in sorted(CONFIG.rglob("*")) if path.is_file()]
    files = {f"config/{path.relative_to(CONFIG).as_posix()}": path.read_bytes() for path in fixed}
    register = HEAD + "\n".join(registered(search) for search in found)
    return files | {"config/searches.toml": register.encode()}


def criteria_version(phase: str) -> str:
    """The version that the criteria of a phase have in the protocol, as decisions name it."""
    protocol = tomllib.loads((CONFIG / "review.toml").read_text(encoding="utf-8"))
    rules = protocol[phase.replace("-", "_")]
    reasons = [list(reason) for reason in rules["exclusion_reasons"].items()]
    text = json.dumps([rules["criteria"], reasons])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def form_version() -> str:
    """The version of the charting form, as cells name it."""
    protocol = tomllib.loads((CONFIG / "review.toml").read_text(encoding="utf-8"))
    meanings = [
        [
            ["key", field["key"]],
            ["type", field.get("type", "text")],
            ["several", field.get("several", False) or field.get("type") == "multi"],
            ["unit", field.get("unit", "")],
            ["options", [list(option) for option in field.get("options", {}).items()]],
            ["fields", []],
        ]
        for field in protocol["charting"]["fields"]
    ]
    text = json.dumps(meanings, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def raw_files(found: list[RunSearch]) -> dict[str, bytes]:
    """Every export by its path in the review."""
    return {
        f"data/raw/{search.source}/{name}": content
        for search in found
        for name, content in search.files.items()
    }


def registered(search: RunSearch) -> str:
    """The search's table in config/searches.toml."""
    exports = "".join(
        f'    {{file = "{path}", sha256 = "{hashlib.sha256(content).hexdigest()}"}},\n'
        for path, content in raw_files([search]).items()
    )
    strategy = f"config/searches/{search.source}.txt"
    run_as = (CONFIG / "searches" / f"{search.source}.txt").read_bytes()
    return (
        f"[{search.name}]\n"
        f'source = "{search.source}"\n'
        f'platform = "{search.platform}"\n'
        f"run_on = {search.run_on}\n"
        f"hits = {len(search.entries)}\n"
        f'strategy = "{strategy}"\n'
        f'strategy_sha256 = "{hashlib.sha256(run_as).hexdigest()}"\n'
        f"exports = [\n{exports}]\n"
    )
