"""Error messages name the nearest right word, and stay short."""

from scopingreview.errors import nearest


def test_the_nearest_word_is_named_whatever_its_case():
    assert nearest("Exlude", ["include", "exclude"]) == 'Did you mean "exclude"?'


def test_few_words_are_named_when_none_is_near():
    assert nearest("xyz", ["ab", "cd"]) == "Known here: ab, cd."


def test_thousands_of_record_ids_are_not_listed():
    ids = [f"pubmed:{number}" for number in range(100_000)]
    assert nearest("nonsense", ids) == ""
    assert nearest("pubmed:12345x", ids).startswith('Did you mean "pubmed:')


def test_nothing_known_is_nothing_said():
    assert nearest("ab", []) == ""
