"""A ranker as bytes, and from bytes: building it takes longer than reading it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np

from scopingreview.ranking.models import RankingModel
from scopingreview.ranking.ranker import Ranker
from scopingreview.ranking.sparse_rows import SparseRows
from scopingreview.ranking.text_features import Features

WRITING = 1  # of the bytes; it is part of the digest under which they are kept


def packed(ranker: Ranker) -> bytes:
    """The ranker's features in numpy's own file format; values in 4 bytes: they have no more."""
    arrays: dict[str, Any] = {
        "words": np.frombuffer("\n".join(ranker.views[0].words).encode(), np.uint8)
    }
    for number, view in enumerate(ranker.views):
        arrays |= {
            f"lengths{number}": np.diff(view.rows.starts).astype(np.int32),
            f"columns{number}": view.rows.columns.astype(np.int32, copy=False),
            f"values{number}": view.rows.values.astype(np.float32),
            f"width{number}": np.array(view.rows.width),
            f"terms{number}": view.terms.astype(np.int32),
        }
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def unpacked(model: RankingModel, content: bytes) -> Ranker | None:
    """The ranker that was packed; None for bytes that are spoiled or of another model."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            words = tuple(arrays["words"].tobytes().decode().split("\n"))
            views = tuple(_view(arrays, number, words) for number in range(len(model.views)))
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
        return None
    return Ranker(model, views)


def _view(arrays: Any, number: int, words: tuple[str, ...]) -> Features:
    lengths = arrays[f"lengths{number}"]
    rows = SparseRows(
        np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))),
        arrays[f"columns{number}"],
        arrays[f"values{number}"].astype(np.float64),
        int(arrays[f"width{number}"]),
    )
    return Features(rows, words, arrays[f"terms{number}"])
