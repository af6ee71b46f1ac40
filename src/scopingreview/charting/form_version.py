"""Which version of the form a cell was charted under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scopingreview.fingerprint import fingerprint
from scopingreview.model import Field, Form

VERSION_DIGITS = 8


def form_version(form: Form) -> str:
    """The short name of the form as it stands: another as soon as a value would mean another thing.

    Eight hex digits over the keys, types, units and options of its fields. Labels, help, bounds,
    and what is required may be polished.
    """
    return fingerprint([_meaning(field) for field in form.fields])[:VERSION_DIGITS]


def _meaning(field: Field) -> Mapping[str, Any]:
    return {
        "key": field.key,
        "type": field.type,
        "several": field.several,
        "unit": field.unit,
        "options": {key: " ".join(wording.split()) for key, wording in field.options.items()},
        "fields": [_meaning(inner) for inner in field.fields],
    }
