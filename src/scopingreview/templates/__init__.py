"""The files a new review begins with, as text with $placeholders (string.Template)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from string import Template

FILES = {
    "config/review.toml": "review.toml",
    "config/searches.toml": "searches.toml",
    "Makefile": "review.mk",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".github/workflows/review.yml": "workflow.yml",
    "README.md": "readme.md",
}
"""Where each file stands in the review, and the template it is made from."""


def render(name: str, values: Mapping[str, str]) -> str:
    """The template with its placeholders filled; other dollar signs (make's) stay."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return Template(text).safe_substitute(values)
