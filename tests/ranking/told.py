"""Features and rankers of texts as tests ask for them."""

from __future__ import annotations

from collections.abc import Sequence

from scopingreview.long_array import gathered, in_memory
from scopingreview.progress_note import to_nobody
from scopingreview.ranking.text_features import Features, features_of, told_features, told_words
from scopingreview.ranking.tokens import tokenise


def features(texts: Sequence[str], *, pairs: bool) -> Features:
    """The features of the texts, in memory."""
    with in_memory() as new_array:
        tokens = tokenise(texts, new_array)
    told = [told_words(tokens), *told_features(tokens, in_memory, to_nobody, "", pairs=pairs)]
    return features_of(gathered(told), "")
