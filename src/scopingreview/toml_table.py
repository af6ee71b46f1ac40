"""Reading one TOML table key by key, so that nothing in it is ignored in silence.

Every problem is kept with the file and the table it stands in; `finish` names the keys that
nobody asked for and the nearest known ones. What the keys mean is `config`'s business.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from scopingreview.errors import ReviewError, nearest

Word = TypeVar("Word", bound=StrEnum)


class Table:
    """One table of a TOML file. Reading a key types it; problems gather in `problems`.

    What a key holds comes back, or its default when it is missing or is not what it must be.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        where: str,
        name: str = "",
        problems: list[ReviewError] | None = None,
    ) -> None:
        self.values = values
        self.where = where
        self.name = name
        self.problems: list[ReviewError] = [] if problems is None else problems
        self._read: list[str] = []

    @classmethod
    def parse(cls, text: str, where: str) -> Table:
        """The whole file as a table. Raises ReviewError with the line when it is not TOML."""
        try:
            return cls(tomllib.loads(text), where)
        except tomllib.TOMLDecodeError as error:
            raise ReviewError(f"this is not valid TOML: {error}", where=where) from error
        except RecursionError:
            raise ReviewError("this is nested too deep to be read", where=where) from None
        except ValueError as error:  # a number of thousands of digits
            raise ReviewError(f"this cannot be read: {error}", where=where) from error

    def problem(self, message: str, hint: str = "") -> None:
        """Keep a complaint about this table."""
        place = f" in [{self.name}]" if self.name else ""
        self.problems.append(ReviewError(f"{message}{place}", where=self.where, hint=hint))

    def _value(self, key: str, kind: type, says: str, required: bool) -> Any:
        self._read.append(key)
        if key not in self.values:
            if required:
                self.problem(f'"{key}" is missing')
            return None
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.problem(f'"{key}" must be {says}, not {value!r}')
            return None
        return value

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text, without the blanks around it; a `required` one that is missing is a problem."""
        value = self._value(key, str, "text in quotes", required)
        return default if value is None else value.strip()

    def number(self, key: str, default: int | None = None, *, least: int = 0) -> int | None:
        """A whole number, `least` or more."""
        value = self._value(key, int, "a whole number", required=False)
        if value is not None and value < least:
            self.problem(f'"{key}" must be at least {least}, not {value}')
            value = None
        return default if value is None else value

    def share(self, key: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self._value(key, int | float, "a number from 0 to 1", required=False)  # type: ignore[arg-type]
        if value is not None and not 0 <= value <= 1:
            self.problem(f'"{key}" must be from 0 to 1, not {value}')
            value = None
        return default if value is None else float(value)

    def amount(self, key: str, default: float) -> float:
        """A number that is not below 0."""
        value = self._value(key, int | float, "a number, 0 or more", required=False)  # type: ignore[arg-type]
        if value is not None and value < 0:
            self.problem(f'"{key}" must be 0 or more, not {value}')
            value = None
        return default if value is None else float(value)

    def decimal(self, key: str) -> float | None:
        """A number, with a fraction or below 0 or not."""
        value = self._value(key, int | float, "a number", required=False)  # type: ignore[arg-type]
        return None if value is None else float(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self._value(key, bool, "true or false", required=False)
        return default if value is None else value

    def day(self, key: str) -> date | None:
        """A date written without quotes (2023-01-05)."""
        says = "a date such as 2023-01-05, without quotes"
        value: date | None = self._value(key, date, says, required=False)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, in its order; empty when there is none."""
        value = self._value(key, list, "a list of texts", required=False)
        if value is None:
            return ()
        if not all(isinstance(item, str) for item in value):
            self.problem(f'"{key}" must hold texts in quotes only')
            return ()
        return tuple(item.strip() for item in value)

    def lists(self, key: str) -> list[tuple[str, ...]]:
        """A list of lists of texts, in its order; empty when there is none."""
        value = self._value(key, list, 'a list of lists, such as [["one", "other"]]', False) or []
        for item in value:
            if not isinstance(item, list) or not all(isinstance(text, str) for text in item):
                self.problem(f'"{key}" must hold lists of texts only, such as [["one", "other"]]')
                return []
        return [tuple(text.strip() for text in item) for item in value]

    def choice(self, key: str, words: type[Word], default: Word) -> Word:
        """One of the words of a vocabulary."""
        value = self.text(key, default)
        try:
            return words(value)
        except ValueError:
            self.problem(f'unknown {key} "{value}"', nearest(value, words))
            return default

    def wordings(self, key: str) -> dict[str, str]:
        """A table of key = "wording", in the order of the file."""
        table = self.table(key)
        return {name: table.text(name) for name in table.values}

    def table(self, key: str) -> Table:
        """The table under the key, empty when there is none; its problems are kept with these."""
        value = self._value(key, dict, "a table", required=False)
        return Table(value or {}, self.where, self._name(key), self.problems)

    def tables(self, key: str) -> list[Table]:
        """The tables of a `[[key]]` list."""
        value = self._value(key, list, f"tables, each begun by [[{key}]]", required=False) or []
        if not all(isinstance(item, dict) for item in value):
            self.problem(f'"{key}" must be tables')
            return []
        return [Table(item, self.where, self._name(key), self.problems) for item in value]

    def _name(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def finish(self, known: Sequence[str] = ()) -> None:
        """Complain about every key that was not read; `known` adds keys to suggest."""
        for key in self.values:
            if key not in self._read:
                self.problem(f'unknown key "{key}"', nearest(key, (*self._read, *known)))
