"""The page of the JSON documents, and a JSON Schema file for each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from reference.documents import DOCUMENTS, schema_of

INTRODUCTION = """# JSON documents

Made from the types of the program when this page was built. What holds of all of them, and which
options print which, is told in [JSON](../json.md). Each has a JSON Schema (2020-12) to check
against or to make types from. Keys stay; others may come, so let pass what you do not know.
"""


def json_page() -> str:
    """Every document: its keys, what they hold, and where its schema is."""
    parts = [INTRODUCTION]
    for name in DOCUMENTS:
        schema = schema_of(name)
        kinds = schema.get("$defs", {})
        parts.append(f"## {name}\n\n[Schema]({file_of(name)})\n")
        parts.append(_table(schema["properties"]))
        parts += [f"`{kind}`:\n\n{_table(kinds[kind]['properties'])}" for kind in kinds]
    return "\n".join(parts)


def schema_files() -> dict[str, str]:
    """The text of each schema, by the name of its file."""
    return {
        file_of(name): json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"
        for name in DOCUMENTS
    }


def file_of(name: str) -> str:
    """`count --check` is schemas/count-check.json."""
    return f"schemas/{re.sub('[^a-z]+', '-', name)}.json"


def _table(properties: Mapping[str, Any]) -> str:
    rows = [f"| `{key}` | {_in_words(schema)} |" for key, schema in properties.items()]
    return "\n".join(["| key | holds |", "|---|---|", *rows]) + "\n"


def _in_words(schema: Mapping[str, Any]) -> str:
    """What a value is, for people."""
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{each}`" for each in schema["enum"] if each)
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "anyOf" in schema:
        return " or ".join(map(_in_words, schema["anyOf"]))
    if schema.get("type") == "array":
        each = schema.get("items") or {}
        return f"a list of {_in_words(each)}" if each else "a list"
    if schema.get("type") == "object":
        return f"by key: {_in_words(schema.get('additionalProperties', {}))}"
    words = {"string": "text", "integer": "a whole number", "number": "a number",
             "boolean": "true or false", "null": "null"}  # fmt: skip
    return str(schema.get("description") or words.get(schema.get("type", ""), "anything"))
