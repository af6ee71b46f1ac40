"""`doctor`: whether this machine, this terminal and this folder have what the program needs."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from scopingreview.cli.console import USUAL, Setting
from scopingreview.errors import ReviewError
from scopingreview.review.surroundings import Look, look_around

NAME_OF_PACKAGE = re.compile(r"[\w.-]+")
SMALLEST = (80, 24)  # columns and lines at which a record is comfortably read


def doctor(setting: Setting = USUAL) -> None:
    """Look at what the program needs of this machine.

    Versions, terminal and language, and of the review you stand in its disk, locks, git and
    fonts: each with what to do where it falls short. A question to us is answered sooner with it.
    Writes nothing.

    Example: scopingreview doctor
    """
    console = setting.console()
    looks = [*_program(), *_terminal()]
    try:
        looks += look_around(setting.review())
    except ReviewError as error:
        looks.append(Look("review", error.message, error.hint))
    console.document({"looks": looks})
    for look in looks:
        console.say(f"{look.what:<14}  {look.stands}")
    for look in looks:
        if look.advice:
            console.note(f"{look.what}: {look.advice}")
    console.next_step("scopingreview check")


def _program() -> Iterator[Look]:
    yield Look("scopingreview", version("scopingreview"))
    yield Look("Python", f"{platform.python_version()} on {platform.platform(terse=True)}")
    held, missing = [], []
    for requirement in requires("scopingreview") or []:
        if "extra ==" in requirement:
            continue
        name = NAME_OF_PACKAGE.match(requirement)[0]  # type: ignore[index]  # it begins so
        try:
            held.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    yield Look("libraries", ", ".join(held))
    if missing:
        yield Look("libraries", f"not there: {', '.join(missing)}", "Install scopingreview again.")


def _terminal() -> Iterator[Look]:
    size = shutil.get_terminal_size()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield Look("terminal", "none: commands ask line by line")
    else:
        small = size.columns < SMALLEST[0] or size.lines < SMALLEST[1]
        yield Look(
            "terminal",
            f"{os.environ.get('TERM', 'unnamed')}, {size.columns} × {size.lines}",
            "Make the window at least 80 × 24 to screen in." if small else "",
        )
    encoding = sys.stdout.encoding or "none"
    is_utf8 = encoding.lower().replace("-", "") == "utf8"
    language = ".".join(filter(None, locale.getlocale())) or "none"
    yield Look(
        "text",
        f"{encoding}, locale {language}",
        "" if is_utf8 else "Set PYTHONUTF8=1 or a UTF-8 locale: titles hold letters of any script.",
    )
