"""The protocol and the searches, from TOML to values; `add` writes searches back.

Every key is checked: an unknown one is refused with the nearest known one, and all problems
of a file come at once. The meaning of each key is told in docs/files.md.

What only results are made by has modules that are loaded when they are: `result_rules`,
`own_answers`.
"""

from scopingreview.config.form import load_charting_rules, preset_fields
from scopingreview.config.known_items import load_known_items
from scopingreview.config.known_names import PROPER_NAMES
from scopingreview.config.protocol import (
    can_name_a_file,
    load_protocol,
    load_tables,
    suggested_name,
)
from scopingreview.config.public_config import (
    public_protocol_text,
    public_searches_text,
    public_words_texts,
)
from scopingreview.config.searches import (
    load_all_searches,
    load_searches,
    save_search,
    searches_held,
)
from scopingreview.config.source_names import save_source_name

__all__ = [
    "PROPER_NAMES",
    "can_name_a_file",
    "load_all_searches",
    "load_charting_rules",
    "load_known_items",
    "load_protocol",
    "load_searches",
    "load_tables",
    "preset_fields",
    "public_protocol_text",
    "public_searches_text",
    "public_words_texts",
    "save_search",
    "save_source_name",
    "searches_held",
    "suggested_name",
]
