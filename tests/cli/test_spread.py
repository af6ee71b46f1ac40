"""Options that belong together are one value, and to whoever types them options like all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer
from typer.testing import CliRunner

from scopingreview.cli.spread import spread


@dataclass(frozen=True, slots=True)
class Sheet:
    """How wide, which must be said, and how sharp."""

    width: Annotated[int, typer.Option("-w", "--width-mm", help="Millimetres.")]
    dpi: Annotated[int, typer.Option(help="Dots per inch.")] = 300


def draw(sheet: Sheet, out: Annotated[str, typer.Option(help="A file.")] = "flow.svg") -> None:
    """Draw it."""
    print(sheet.width, sheet.dpi, out)


app = typer.Typer(rich_markup_mode=None)
app.command()(spread(draw))


def test_an_option_of_a_group_has_the_name_the_help_and_the_default_that_it_says():
    help_text = CliRunner().invoke(app, ["--help"]).output
    for word in ("Draw it.", "-w, --width-mm", "Millimetres.", "--dpi", "default: 300", "--out"):
        assert word in help_text, word
    assert CliRunner().invoke(app, ["-w", "170", "--out", "a.svg"]).output == "170 300 a.svg\n"


def test_an_option_of_a_group_without_a_default_must_be_given():
    answer = CliRunner().invoke(app, ["--dpi", "600"])
    assert answer.exit_code == 2
    assert "Missing option" in answer.output
