"""Options that belong together as one value: a dataclass with a field for each option."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

from scopingreview.cli.completion import offered


def spread(function: Callable[..., None]) -> Callable[..., None]:
    """The function as typer reads it: a parameter that is a dataclass becomes its fields.

    Fields carry `typer.Option` as parameters do; the function is called with the value.
    """
    groups: dict[str, Any] = {
        each.name: each.annotation
        for each in signature(function, eval_str=True).parameters.values()
        if dataclasses.is_dataclass(each.annotation)
    }

    def command(**given: Any) -> None:
        values = {
            name: group(**{each.name: given.pop(each.name) for each in dataclasses.fields(group)})
            for name, group in groups.items()
        }
        with _rehearsed(values):
            function(**given, **values)

    command.__name__, command.__doc__ = function.__name__, function.__doc__
    command.__signature__ = Signature(offered(_parameters(function)))  # type: ignore[attr-defined]
    return command


@contextmanager
def _rehearsed(values: Mapping[str, Any]) -> Iterator[None]:
    """Nothing is written when a group of options says so; what would have been is told."""
    setting = next((each for each in values.values() if getattr(each, "dry_run", False)), None)
    if setting is None:
        yield
        return
    from scopingreview.store.rehearsal import rehearsed

    with rehearsed() as running:
        yield
    setting.console().tell_dry_run(running)


def _parameters(function: Callable[..., None]) -> Iterator[Parameter]:
    for each in signature(function, eval_str=True).parameters.values():
        if not dataclasses.is_dataclass(each.annotation):
            yield each.replace(kind=Parameter.KEYWORD_ONLY)
            continue
        hints = get_type_hints(each.annotation, include_extras=True)
        for field in dataclasses.fields(each.annotation):
            default = Parameter.empty if field.default is dataclasses.MISSING else field.default
            yield Parameter(
                field.name, Parameter.KEYWORD_ONLY, default=default, annotation=hints[field.name]
            )
