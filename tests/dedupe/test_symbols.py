"""Symbols in titles: what a database writes for one is that symbol."""

import pytest

from scopingreview.dedupe.compare.differences import Difference, compare_titles
from scopingreview.dedupe.compare.titles import read_title


@pytest.mark.parametrize(
    ("symbol", "written"),
    [
        ("aged ≥ 50", "aged >= 50"),
        ("aged ≥ 50", "aged > or = 50"),
        ("aged ≥50", "aged >/=50"),
        ("aged ≥ 50", "aged &ge; 50"),
        ("aged ≥ 50", "aged &gt; or = to 50"),
        ("aged ≥ 50", "aged greater-than or equal to 50"),
        ("aged ≥ 50", "aged /spl ges/ 50"),
        ("aged ≥ 50", "aged 50"),
        ("aged ≤ 50", "aged < or =50"),
        ("aged > 50", "aged greater than 50"),
        ("β-blockers", "beta-blockers"),
        ("β-blockers", "ß-blockers"),
        ("β-blockers", "[beta]-blockers"),
        ("β-blockers", "b-blockers"),
        ("β-blockers", "/spl beta/-blockers"),
        ("γ-ray", "ɣ-ray"),
        ("5 μg of", "5 mcg of"),
        ("5 μg of", "5 micrograms of"),
        ("10 µm", "10 microm"),
        ("37 °C", "37 degrees C"),
        ("37 °C", "37oC"),
        ("37°C", "37 degrees Celsius"),
        ("by 45°", "by 45 degrees"),
        ("(±)-salsol", "(+/-)-salsol"),
        ("a ± b", "a plus or minus b"),
        ("why …", "why horizontal ellipsis"),
        ("K⁺ → Na⁺", "K+ right arrow Na+"),
        ("CO₂", "CO^sub 2^"),
        ("CO₂", "CO(2)"),
        ("10⁶ cells", "10<sup>6</sup> cells"),
        ("2 × 2 design", "2X2 design"),
        ("gene × tide", "gene x tide"),
        ("Gene × Tide", "Gene X Tide"),
        ("≈ 30 g", "similar to 30 g"),
        ("30% of", "30 per cent of"),
        ("Salsol™ and", "Salsol(TM) and"),
        ("χ² tests", "chi-square tests"),
    ],
)
def test_a_symbol_and_what_stands_for_it_are_the_same_title(symbol: str, written: str):
    titles = [read_title(f"On {each} in the north")[0] for each in (symbol, written)]
    assert compare_titles(*titles) <= Difference.TRIVIAL
    assert compare_titles(*reversed(titles)) <= Difference.TRIVIAL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aged ≥ 50", "aged < 50"),
        ("aged ≥ 50", "aged less than or equal to 50"),
        ("aged > or = 50", "aged > or = 60"),
        ("TNF-α", "TNF-β"),
        ("(±)-salsol", "(+)-salsol"),
        ("10⁶ cells", "10⁷ cells"),
        ("37 °C", "39 degrees C"),
        ("Factor X", "Factor IX"),
    ],
)
def test_two_symbols_are_two_titles(one: str, other: str):
    titles = [read_title(f"On {each} in the north")[0] for each in (one, other)]
    assert compare_titles(*titles) is Difference.TELLING


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Le lait et les marins", "le lait et les marins"),
        ("Straße und Salz", "strasse und salz"),
        ("Sub-Saharan salt", "sub saharan salt"),
        ("1298A>C and 677C->T", "1298a c and 677c t"),
        ("Less salt than expected", "less salt than expected"),
    ],
)
def test_what_only_looks_like_a_symbol_stays(title: str, words: str):
    assert read_title(title)[0] == words
