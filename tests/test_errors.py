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


def test_an_id_that_is_cut_off_leads_to_the_record_that_begins_so():
    ids = [f"pubmed:{number}" for number in (630, 628, 62912345)]
    assert nearest("pubmed:629", ids) == 'Did you mean "pubmed:62912345"?'
    assert nearest("62912", ids) == 'Did you mean "pubmed:62912345"?'
    assert nearest("PUBMED:62", ids) == 'Did you mean "pubmed:628" or "pubmed:62912345"?'


def test_of_many_that_begin_so_the_first_are_named_and_all_counted():
    ids = [f"pubmed:{number}" for number in range(1000, 3000)]
    told = "1,000 begin so: pubmed:1000, pubmed:1001, pubmed:1002 …"
    assert nearest("pubmed:1", ids) == told
