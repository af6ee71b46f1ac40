"""One short text for a value: the same for the same value, another for any other."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def fingerprint(value: object) -> str:
    """The sha256, in hex, of a value made of dataclasses, mappings, sequences, text and numbers.

    The order of a mapping counts: reasons stand in the order in which they are tried. A field
    whose metadata say `"fingerprint": False` is left out: its value stands in a file of its own,
    and whoever follows it follows that file.

    >>> fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    False
    """
    text = json.dumps(_plain(value), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        followed = [each.name for each in fields if each.metadata.get("fingerprint", True)]
        return {name: _plain(getattr(value, name)) for name in followed}
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
