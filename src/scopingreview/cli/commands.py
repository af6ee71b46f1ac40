"""Every command: its name, a line on what it does, and where its function stands.

The functions' modules are loaded when their command is called and not before, so that the list
of commands shows at once. A test holds each line against the function's own help.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer

from scopingreview.cli.spread import spread

EXIT_STATUS = "Exit status: 0 fine, 1 something to put right, 2 wrong usage, 130 interrupted."
USUAL_WIDTH = 80  # columns of help: what is longer is hard to read


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `place` is module:function in this room."""

    name: str
    says: str
    place: str

    def function(self) -> Callable[..., None]:
        """The function that does it."""
        module, _, name = self.place.partition(":")
        function: Callable[..., None] = getattr(import_module(f"{__package__}.{module}"), name)
        return function


SECTIONS: dict[str, tuple[Command, ...]] = {
    "In the order of a review": (
        Command(
            "init", "Begin a review: a folder with all it needs, and no records yet.", "setup:init"
        ),
        Command(
            "add", "Take exports into the review untouched and register their search.", "adding:add"
        ),
        Command(
            "import",
            "Read every registered export into one table of records.",
            "importing:import_exports",
        ),
        Command("dedupe", "Find which records are one report.", "deduping:dedupe"),
        Command(
            "screen", "Decide on records, one by one or from a script or a sheet.", "screen:screen"
        ),
        Command("conflicts", "Settle what the reviewers disagree on.", "screen:conflicts"),
        Command(
            "retrieve",
            "Record which full texts were got hold of, or list the missing.",
            "retrieval:retrieve",
        ),
        Command(
            "correct",
            "Mend what a record says: a missing abstract, a wrong year.",
            "correcting:correct",
        ),
        Command("link", "Say which study reports tell of.", "study:link"),
        Command("unlink", "Take the link of reports to their study back.", "study:unlink"),
        Command("chart", "Chart the included studies in the form of the protocol.", "chart:chart"),
        Command(
            "count", "Count every box of the flow diagram and check that they add up.", "flow:count"
        ),
        Command("draw", "Draw the PRISMA 2020 flow diagram.", "flow:draw"),
        Command("tables", "Make the tables of the review, or show one.", "tabulating:tables"),
        Command("figures", "Draw the figures of the review.", "figuring:figures"),
        Command(
            "checklists",
            "Fill in the checklists of the reporting guidelines, or show one.",
            "checklists:checklists",
        ),
        Command("report", "Write the whole review as one page for people.", "reporting:report"),
    ),
    "At any time": (
        Command(
            "status", "Show how far the review is, who owes what and what is next.", "status:status"
        ),
        Command("run", "Run every stage that is out of date, from import to report.", "status:run"),
        Command("check", "Check that the review holds together.", "status:check"),
        Command("repair", "Set aside a line that was cut off in mid-write.", "repair:repair"),
        Command("doctor", "Look at what the program needs of this machine.", "doctor:doctor"),
        Command("explain", "Explain a code that a check has reported.", "flow:explain"),
        Command("trace", "Show the way of one record through the review.", "trace:trace"),
        Command("numbers", "Put the counted numbers into Markdown texts.", "flow:numbers"),
    ),
    "For the team": (
        Command("pilot", "Show a phase's pilot, open a round of it, or override it.", "team:pilot"),
        Command(
            "discuss", "Read and write the threads of records in conflict.", "discussing:discuss"
        ),
        Command("agreement", "Show how well the reviewers agree.", "agreement:agreement"),
        Command(
            "criteria",
            "Show the criteria and the decisions made under other ones.",
            "team:criteria",
        ),
        Command(
            "stopping",
            "Show how much is found, at least, and log the look.",
            "stopping:stopping",
        ),
        Command(
            "simulate",
            "Replay a labelled review in the order of a model.",
            "simulate:simulate",
        ),
        Command(
            "ai-use",
            "Say for the methods what a model did and what people did.",
            "ai_use:tell_ai_use",
        ),
        Command("source", "Show the sources, or give one another name.", "source:source"),
        Command("rescreen", "Screen a phase again, by stricter criteria.", "rescreening:rescreen"),
        Command("limits", "Show what each limit removes before anyone screens.", "limits:limits"),
        Command(
            "reviewer",
            "Show who screens, take a reviewer out, or take them back.",
            "reviewer:reviewer",
        ),
        Command("send-back", "Send records back to an earlier phase.", "sending_back:send_back"),
        Command(
            "unblind", "Show who said what in conflicts, and log that you asked.", "team:unblind_"
        ),
        Command(
            "export",
            "Write records as a sheet or for a reference manager.",
            "transfer:export",
        ),
        Command(
            "import-decisions",
            "Take decisions from a sheet or another screening program.",
            "transfer:import_decisions",
        ),
    ),
}


def settings() -> dict[str, Any]:
    """How help is asked for, and how wide it is: the library itself would not go below 50."""
    width = min(shutil.get_terminal_size().columns, USUAL_WIDTH)
    return {"help_option_names": ["-h", "--help"], "terminal_width": width}


COMMANDS = {command.name: command for section in SECTIONS.values() for command in section}


class LazyCommands(Mapping[str, Any]):
    """The commands as typer wants them, each made when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        command = COMMANDS[name]
        single = typer.Typer(
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode=None,
            context_settings=settings(),
        )
        single.command(name, epilog=EXIT_STATUS)(spread(command.function()))
        return typer.main.get_command(single)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)
