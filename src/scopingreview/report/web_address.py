"""Addresses of the web: what an outside text may lead to, and where a record can be read.

An address is a database's word or a colleague's, and following one hands it to another program: so
it is an address of the web, encoded as such, and nothing else.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from scopingreview.model import Record

WEB = ("http", "https")
OF_ADDRESSES = "/:?#[]@!$&'()*+,;=~%"  # what has a meaning in one, or is encoded already
OF_DOIS = OF_ADDRESSES.replace("?", "").replace("#", "")
LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def web_address(text: str) -> list[str]:
    """The text as an address of the web, every odd character percent-encoded; [] if it is none.

    >>> web_address("https://example.org/a b\u202e"), web_address("file:///etc/passwd")
    (['https://example.org/a%20b%E2%80%AE'], [])
    """
    wanted = LONE_PERCENT.sub("%25", text.strip())
    try:
        address = quote(wanted, safe=OF_ADDRESSES)
        parts = urlsplit(address)
    except ValueError:  # half a surrogate pair, or half an IPv6 address
        return []
    return [address] if parts.scheme in WEB and parts.netloc else []


def addresses_of(record: Record) -> list[str]:
    """Where the web has the record, the best first: by its DOI, its own address, PubMed."""
    found = []
    if record.doi:
        found += web_address(f"https://doi.org/{quote(record.doi, safe=OF_DOIS)}")
    found += web_address(record.url)
    if record.pmid:
        found += web_address(f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/")
    return found
