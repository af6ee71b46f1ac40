"""Writing the counted numbers into the team's own Markdown texts."""

from __future__ import annotations

from collections.abc import Sequence

from scopingreview import store
from scopingreview.paths import Review
from scopingreview.review.manuscript import outdated_texts


def put_numbers(review: Review, names: Sequence[str] = ()) -> list[str]:
    """The texts hold the counted numbers in their markers; the names of those that changed.

    Without names, every text that has a marker. Raises CombinedError naming every marker that
    means nothing; then no text is touched.
    """
    texts = outdated_texts(review, names)
    for name, text in texts.items():
        store.write_text(review.path(name), text)
    return list(texts)
