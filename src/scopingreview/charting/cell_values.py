"""What a person writes into a cell, understood: the value that is kept, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from scopingreview.charting.countries import other_names
from scopingreview.charting.options import BETWEEN, is_chosen, joined, members, options_of
from scopingreview.errors import ReviewError, nearest
from scopingreview.model import UNSTATED, Field, FieldType, Unstated
from scopingreview.visible import without_unseen

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
YEAR = re.compile(r"[0-9]{4}")
FIRST_YEAR, LAST_YEAR = 1000, 2999
TYPED = {":nr": Unstated.NOT_REPORTED, ":?": Unstated.UNCLEAR}  # as at the prompt of `chart`
NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # no workbook takes them


def understood(field: Field, text: str) -> str:
    """The value to keep of what a person wrote: keys for wordings, one blank between words.

    "" stays "". Raises ReviewError for what the field cannot hold, with the nearest that it can.
    """
    value = on_one_line(text)
    if not value:
        return ""
    if unstated := _unstated(value):
        return unstated
    if is_chosen(field):
        return _chosen(field, value)
    if field.type is FieldType.NUMBER:
        return _number(field, value)
    if field.type is FieldType.YEAR:
        return _year(field, value)
    if field.type is FieldType.GROUP:
        inner = ", ".join(f"{field.key}.{each.key}" for each in field.fields)
        raise ReviewError(
            f'{field.label} is a group: only "{Unstated.NOT_REPORTED}" or '
            f'"{Unstated.UNCLEAR}" stands for all of it',
            hint=f"Its fields take values by row: {inner}.",
        )
    return value


def _unstated(text: str) -> Unstated | None:
    """What the text says of a study that gives no value, in words or as the prompt takes it."""
    folded = text.casefold()
    return Unstated(folded) if folded in UNSTATED else meant_by_code(text)


def meant_by_code(value: str) -> Unstated | None:
    """What the value would say if it were typed now; None for what is no code.

    A code may stand as the value of a text: where a person wrote it into the file, and from before
    it was understood wherever a value is.
    """
    return TYPED.get(value.casefold())


def on_one_line(text: str) -> str:
    """The text on one line, without what would act, hide, or turn the letters around."""
    return " ".join(NO_CHARACTERS.sub("", without_unseen(text)).split())


def _chosen(field: Field, text: str) -> str:
    if not field.several:
        return _option(field, text)
    keys = [_option(field, part.strip()) for part in text.split(BETWEEN) if part.strip()]
    apart = [key for key in keys if key in UNSTATED]
    if apart and len(set(keys)) > 1:
        raise ReviewError(
            f'{field.label}: "{apart[0]}" stands alone, not beside options', hint=text
        )
    return apart[0] if apart else joined(field, keys)


def _option(field: Field, text: str) -> str:
    """The key of the option that the text names, by key or wording, whatever its capitals."""
    if unstated := _unstated(text):
        return unstated
    known = words_for_options(field)
    key = known.get(text.casefold())
    if key is None:
        noun = "country" if field.type is FieldType.COUNTRY else "option"
        names = [*options_of(field).values(), *_other_names(field)]
        raise ReviewError(f'{field.label}: "{text}" is no {noun}', hint=nearest(text, names))
    return key


def words_for_options(field: Field) -> Mapping[str, str]:
    """The key of each option by every word that names it, in small letters.

    Keys come before wordings. In a tree a wording that several branches use names none of them
    by itself; with those above it, it does.
    """
    words: dict[str, str] = {}
    for key, name in (*_alone(field), *options_of(field).items()):
        words[name.casefold()] = key
    for other, key in _other_names(field).items():
        words.setdefault(other.casefold(), key)
    return words | {key.casefold(): key for key in options_of(field)}


def _alone(field: Field) -> list[tuple[str, str]]:
    """A tree's options by their own wordings, where those are used once."""
    if field.type is not FieldType.TREE:
        return []
    wordings = [wording.casefold() for wording in field.options.values()]
    return [(k, w) for k, w in field.options.items() if wordings.count(w.casefold()) == 1]


def _other_names(field: Field) -> Mapping[str, str]:
    return other_names() if field.type is FieldType.COUNTRY else {}


def _number(field: Field, text: str) -> str:
    value = text.removesuffix(field.unit).strip() if field.unit else text
    if not NUMBER.fullmatch(value):
        raise ReviewError(
            f'{field.label}: "{text}" is no number', hint=_hint_for_number(field, value)
        )
    _refuse_beyond(field, value)
    return value


def _hint_for_number(field: Field, text: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]+", text):
        bare, pointed = text.replace(",", ""), text.replace(",", ".")
        return f"Write {bare}, or {pointed} if the comma parts the fraction."
    if re.fullmatch(r"[0-9][0-9., ']*", text):
        return f"Write digits alone, and a point before the fraction: {re.sub('[^0-9]', '', text)}."
    unit = f" The unit ({field.unit}) need not be written." if field.unit else ""
    return f'One number in digits; "{Unstated.NOT_REPORTED}" where there is none.{unit}'


def _year(field: Field, text: str) -> str:
    if not YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ReviewError(f'{field.label}: "{text}" is no year', hint="Four digits: 2019.")
    _refuse_beyond(field, text)
    return text


def _refuse_beyond(field: Field, text: str) -> None:
    number = Decimal(text)
    if field.least is not None and number < Decimal(str(field.least)):
        raise ReviewError(f"{field.label}: {text} is less than {field.least:g}")
    if field.most is not None and number > Decimal(str(field.most)):
        raise ReviewError(f"{field.label}: {text} is more than {field.most:g}")


def comparable(field: Field, value: str) -> str:
    """What two values of a field are compared by: 12 and 12.0 say the same, so do two spellings.

    Of a text capitals and punctuation do not count.
    """
    if value in UNSTATED:
        return value
    if field.type is FieldType.NUMBER and NUMBER.fullmatch(value):
        return format(Decimal(value).normalize(), "f")
    if field.several:  # the order of the options may have changed since
        return BETWEEN.join(sorted(members(field, value)))
    if field.type is FieldType.TEXT:
        letters = "".join(c if c.isalnum() else " " for c in value.casefold())
        return " ".join(letters.split()) or value
    return value
