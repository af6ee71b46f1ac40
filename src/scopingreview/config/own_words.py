"""config/wording.toml: the words of the flow diagram that are the review's own.

Which words there are, and what each must hold, the diagram says (`flow.diagram.wording`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scopingreview.errors import raise_problems
from scopingreview.paths import WORDING, Review
from scopingreview.store.files import read_text
from scopingreview.toml_table import Table


def load_own_words(review: Review) -> tuple[Mapping[str, str], str | None]:
    """The words by key, and what stands between thousands; nothing where there is no such file.

    Raises ReviewError with everything in the file that is no text.
    """
    path = review.path(WORDING)
    if not path.exists():
        return MappingProxyType({}), None
    top = Table.parse(read_text(path, where=WORDING), WORDING)
    words = top.wordings("words")
    thousands = top.text("thousands") if "thousands" in top.values else None
    top.finish()
    raise_problems(top.problems)
    return MappingProxyType(words), thousands
