"""A file that its source cannot have written is noticed, and no other."""

from __future__ import annotations

import pytest

from scopingreview.formats.databases import foreign_database


@pytest.mark.parametrize(
    ("layout", "source"),
    [
        ("RIS from Ovid MEDLINE", "scopus"),
        ("RIS from Ovid MEDLINE", "embase"),
        ("RIS from Ovid MEDLINE", "pubmed"),
        ("RIS from Scopus", "wos"),
        ("RIS from Scopus", "psycinfo"),
        ("Web of Science tagged text", "Scopus"),
        ("RIS from EBSCOhost", "scopus"),
        ("PubMed (.nbib)", "cinahl"),
        ("RIS from The Lens", "web-of-science"),
    ],
)
def test_a_file_of_another_database_is_noticed(layout: str, source: str):
    assert foreign_database(["RIS", layout], [source]) == layout


@pytest.mark.parametrize(
    ("layout", "source"),
    [
        ("RIS from Ovid MEDLINE", "medline"),
        ("RIS from Ovid", "embase"),
        ("RIS from Ovid", "psycinfo"),
        ("RIS from EBSCOhost", "cinahl"),
        ("Web of Science tagged text", "wos"),
        ("Web of Science tagged text", "medline"),
        ("PubMed (.nbib)", "medline"),
        ("PubMed (.nbib)", "eric"),
        ("Cochrane Library text", "central"),
        ("RIS from Ovid", "central"),
        # A reference manager's file, and a plain one, may hold anything.
        ("RIS", "scopus"),
        ("Zotero CSV", "pubmed"),
        ("RIS from PubMed by EndNote", "scopus"),
        # What is called like no database may be any.
        ("RIS from Scopus", "hand"),
        ("RIS from Scopus", "cja"),
    ],
)
def test_a_file_that_may_be_the_source_s_is_not_doubted(layout: str, source: str):
    assert foreign_database([layout], [source]) == ""


def test_the_platform_and_the_label_speak_for_a_source_too():
    assert foreign_database(["RIS from Scopus"], ["s1", "Scopus"]) == ""
    assert foreign_database(["RIS from Ovid"], ["wos", "Web of Science", "Ovid"]) == ""
