"""Another name for a source, in config/review.toml, its comments kept.

Record ids begin with a source's name, and decisions hang on them: so the first name stays with the
source, as `formerly`, and ids go on beginning with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scopingreview.errors import ReviewError
from scopingreview.paths import PROTOCOL, Review
from scopingreview.store.files import read_text, write_text


def renamed_by_hand(name: str) -> str:
    """What to do about a source that is named nowhere any more."""
    return (
        "Was it renamed? Record ids begin with its name, and every decision hangs on them: "
        f"scopingreview source rename {name} NEW gives it the new one, and no id changes."
    )


def save_source_name(review: Review, table_of: str, name: str, formerly: Sequence[str]) -> None:
    """The source in the table of that name is called `name`, and was `formerly` called those.

    Nothing else in the file changes. Raises ReviewError when the file has no such table.
    """
    import tomlkit

    document = tomlkit.parse(read_text(review.path(PROTOCOL), where=PROTOCOL))
    tables: Any = document.get("sources", [])
    for table in tables:
        if str(table.get("name", "")).strip() == table_of:
            table["name"] = name
            table["formerly"] = list(formerly)
            write_text(review.path(PROTOCOL), tomlkit.dumps(document))
            return
    raise ReviewError(f'no [[sources]] has the name "{table_of}"', where=PROTOCOL)
