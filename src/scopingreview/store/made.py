"""What each stage made, and from what: data/derived/made/STAGE.json, written after its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from scopingreview.paths import Review
from scopingreview.store.files import write_text


@dataclass(frozen=True, slots=True)
class Made:
    """What a stage was made from (files by name, and settings), and the files it made.

    Each with its digest; "" stands for a file that was not there.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)


def write_made(review: Review, stage: str, made: Made) -> None:
    """It is on file what the stage made and from what."""
    document = {"inputs": dict(made.inputs), "outputs": dict(made.outputs)}
    write_text(review.made(stage), json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def read_made(review: Review, stage: str) -> Made:
    """What the stage made last and from what; nothing when it is not on file, or spoiled."""
    try:
        document = json.loads(review.made(stage).read_text(encoding="utf-8"))
        return Made(dict(document["inputs"]), dict(document["outputs"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Made()
