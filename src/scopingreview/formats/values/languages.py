"""The language of a record by its English name, whatever code the export used."""

from __future__ import annotations

NAMES = {
    "en": "English", "eng": "English", "en-us": "English", "en-gb": "English",
    "fr": "French", "fre": "French", "fra": "French",
    "de": "German", "ger": "German", "deu": "German",
    "es": "Spanish", "spa": "Spanish", "pt": "Portuguese", "por": "Portuguese",
    "it": "Italian", "ita": "Italian", "nl": "Dutch", "dut": "Dutch", "nld": "Dutch",
    "sv": "Swedish", "swe": "Swedish", "da": "Danish", "dan": "Danish",
    "no": "Norwegian", "nor": "Norwegian", "fi": "Finnish", "fin": "Finnish",
    "pl": "Polish", "pol": "Polish", "cs": "Czech", "cze": "Czech", "ces": "Czech",
    "hu": "Hungarian", "hun": "Hungarian", "tr": "Turkish", "tur": "Turkish",
    "ru": "Russian", "rus": "Russian", "uk": "Ukrainian", "ukr": "Ukrainian",
    "zh": "Chinese", "chi": "Chinese", "zho": "Chinese", "ja": "Japanese", "jpn": "Japanese",
    "ko": "Korean", "kor": "Korean", "ar": "Arabic", "ara": "Arabic",
    "fa": "Persian", "per": "Persian", "fas": "Persian", "he": "Hebrew", "heb": "Hebrew",
    "el": "Greek", "gre": "Greek", "ell": "Greek", "hr": "Croatian", "hrv": "Croatian",
    "sr": "Serbian", "srp": "Serbian", "sl": "Slovenian", "slv": "Slovenian",
    "中文": "Chinese", "英文": "English",
    "ro": "Romanian", "rum": "Romanian", "ron": "Romanian",
}  # fmt: skip


FULL = {name.casefold(): name for name in NAMES.values()}


def language_named(text: str) -> str:
    """`English` for `eng`, `en`, `ENG` or `english`; what is no known code stays as it is."""
    if not text:
        return ""
    lower = text.rstrip(";").casefold()
    return NAMES.get(lower) or FULL.get(lower) or text
