"""The page of all commands: what `scopingreview COMMAND --help` says, set as a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scopingreview.cli.commands import EXIT_STATUS, SECTIONS, LazyCommands

INTRODUCTION = f"""# Commands

Made from the help of the commands, when this page was built: `scopingreview COMMAND --help` says
the same of the version you have. What is printed with `--json` stands in [JSON](../json.md).

{EXIT_STATUS}
"""
EVERYWHERE = ("folder", "as_json", "quiet", "dry_run")
AN_EXAMPLE = re.compile(r"^Example: *", re.MULTILINE)


def commands_page() -> str:
    """Every command by its section: what it does, examples, arguments and options."""
    commands = LazyCommands()
    parts = [INTRODUCTION]
    for section, listed in SECTIONS.items():
        parts.append(f"## {section}\n")
        parts += [_command(each.name, commands[each.name]) for each in listed]
    parts.append(f"## Options of every command\n\n{_everywhere(commands.values())}\n")
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    """`command` is typer's; it gives no types of its own."""
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    own = [each for each in options if each.name not in EVERYWHERE]
    parts = [
        f"### {name}\n",
        f"```sh\n{' '.join(['scopingreview', name, *_usage(arguments, options)])}\n```\n",
        *_help(command.help or ""),
    ]
    if rows := [(_metavar(each), each.help or "") for each in arguments]:
        parts.append(_table("argument", rows))
    if rows := [(_spelled(each), _said(each)) for each in own]:
        parts.append(_table("option", rows))
    shared = [each.opts[0] for each in options if each.name in EVERYWHERE]
    parts.append(f"Also {', '.join(f'`{name}`' for name in shared)}.\n")
    return "\n".join(parts)


def _usage(arguments: Sequence[Any], options: Sequence[Any]) -> Iterator[str]:
    for each in arguments:
        name = _metavar(each).removesuffix("…") + ("…" if each.nargs != 1 else "")
        yield name if each.required else f"[{name}]"
    yield from (_spelled(each) for each in options if each.required)
    yield "[OPTIONS]"


def _help(text: str) -> Iterator[str]:
    """The paragraphs of the help; each example as something to copy."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        line = " ".join(paragraph.split())
        if AN_EXAMPLE.match(line):
            yield f"```sh\n{AN_EXAMPLE.sub('', line)}\n```\n"
        else:
            yield f"{_escaped(line)}\n"


def _everywhere(commands: Iterable[Any]) -> str:
    found: dict[str, tuple[str, str]] = {}
    for command in commands:
        for each in command.params:
            if each.name in EVERYWHERE and each.param_type_name == "option":
                found.setdefault(each.name, (_spelled(each), _said(each)))
    return _table("option", [found[name] for name in EVERYWHERE])


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _spelled(option: Any) -> str:
    """`--as NAME`; a flag has nothing behind it, and both of its spellings."""
    names = ", ".join((*option.opts, *option.secondary_opts))
    if option.is_flag:
        return names
    kind = {"integer": "N", "integer range": "N", "float": "X", "float range": "X"}
    return f"{names} {option.metavar or kind.get(option.type.name, 'TEXT')}"


def _said(option: Any) -> str:
    told = [option.help or ""]
    if option.envvar:
        told.append(f"Or the variable {option.envvar}.")
    if option.required:
        told.append("Needed.")
    if option.multiple:
        told.append("May be given several times.")
    return " ".join(filter(None, told))


def _table(head: str, rows: Sequence[tuple[str, str]]) -> str:
    lines = [f"| {head} | |", "|---|---|"]
    lines += [f"| `{name}` | {_escaped(' '.join(text.split()))} |" for name, text in rows]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """The text as Markdown that shows just it."""
    return re.sub(r"([\\|*_<>\[\]`])", r"\\\1", text)
