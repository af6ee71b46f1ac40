"""What the shell offers at Tab: the words of this review, at once, and never a complaint."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview import store
from scopingreview.cli.commands import COMMANDS
from scopingreview.cli.completion import MOST, OFFERS, is_flag, narrowed, offers_of
from scopingreview.cli.spread import spread
from scopingreview.model import Phase
from scopingreview.paths import RECORD_INDEX, RECORDS, Review
from tests.reviews import change_protocol, found, found_with, protocol, record

PROGRAM = Path(sys.executable).parent / "scopingreview"


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    records = [record(f"{source}:{number}") for source in ("pubmed", "scopus") for number in (1, 2)]
    review = found_with(tmp_path_factory.mktemp("home") / "nights", records)
    change_protocol(review, 'name = "ab"\nfull_name = ""', 'name = "ab"\nfull_name = "Ada Bo"')
    store.keep_index(review)
    return review


def asked(review: Path, *words: str, shell: str = "bash") -> tuple[list[str], str]:
    """What is offered for the last of the words, and what is complained of."""
    how = {"_SCOPINGREVIEW_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        how |= {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    else:
        how |= {"_TYPER_COMPLETE_ARGS": " ".join(words), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run(
        [PROGRAM], cwd=review, env=os.environ | how, capture_output=True, text=True, check=False
    )
    return done.stdout.split(), done.stderr


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("sta",), ["status"]),
        (("screen", ""), ["full-text", "title-abstract"]),
        (("screen", "ta", "--as", ""), ["ab", "cd", "ef"]),
        (("screen", "ta", "--rec"), ["--record"]),
        (("add", "x.ris", "--source", "s"), ["scopus"]),
        (("export", "--box", "ident"), ["identified"]),
        (("trace", "pub"), ["pubmed:1", "pubmed:2"]),
        (("screen", "ta", "--record", "scopus:"), ["1", "2"]),
        (("trace", "pubmed", ":", "1"), ["1"]),
        (("trace", "pubmed", ":"), ["1", "2"]),
        (("trace", "pubmed:1"), ["1"]),
        (("trace", "nothing"), []),
    ],
    ids=" ".join,
)
def test_the_words_of_this_review_are_offered(
    words: tuple[str, ...], offered: list[str], review: Review
):
    assert asked(review.root, "scopingreview", *words) == (offered, "")


def test_reasons_are_those_of_the_phase_on_the_line(review: Review):
    full, _ = asked(review.root, "scopingreview", "screen", "ft", "--reason", "")
    title, _ = asked(review.root, "scopingreview", "screen", "ta", "--reason", "")
    rules = {phase: set(_rules(review, phase)) for phase in Phase}
    assert set(full) == rules[Phase.FULL_TEXT]
    assert set(title) == rules[Phase.TITLE_ABSTRACT]


def _rules(review: Review, phase: Phase) -> list[str]:
    return list(protocol(review).phases[phase].exclusion_reasons)


def test_a_shell_that_tells_more_is_told_who_they_are(review: Review):
    offered, _ = asked(review.root, "scopingreview", "screen", "ta", "--as", "a", shell="fish")
    assert offered == ["ab", "Ada", "Bo"]


def test_the_review_that_is_named_is_asked(review: Review, tmp_path: Path):
    words = ("trace", "pub")
    root = str(review.root)
    assert asked(tmp_path, "scopingreview", *words) == ([], "")
    before = asked(tmp_path, "scopingreview", "-C", root, *words)
    behind = asked(tmp_path, "scopingreview", "trace", "-C", root, "pub")
    assert before == behind == (["pubmed:1", "pubmed:2"], "")


@pytest.mark.parametrize("name", ["config/review.toml", RECORD_INDEX, RECORDS])
def test_a_broken_review_offers_nothing_and_says_nothing(name: str, review: Review, tmp_path: Path):
    broken = tmp_path / "broken"
    shutil.copytree(review.root, broken)
    (broken / name).write_bytes(b"\xff[{")
    for words in (("screen", "ta", "--as", ""), ("trace", "pub"), ("add", "x", "--source", "")):
        offered, said = asked(broken, "scopingreview", *words)
        assert said == ""
        assert not [line for line in offered if "rror" in line or "Traceback" in line]


def test_before_the_first_import_no_id_is_offered(tmp_path: Path):
    new = found(tmp_path / "new")
    assert asked(new.root, "scopingreview", "trace", "") == ([], "")


def test_a_hundred_thousand_records_are_offered_at_once(review: Review, tmp_path: Path):
    """The whole of it in less than a second here; a third of that on a machine that has nothing
    else to do."""
    import json

    large = tmp_path / "large"
    shutil.copytree(review.root, large)
    index = json.loads((large / RECORD_INDEX).read_bytes())
    ids = [f"pubmed:{number}" for number in range(10_000_000, 10_100_000)]
    index |= {"ids": ";".join(ids), "records": len(ids)}
    (large / RECORD_INDEX).write_text(json.dumps(index))
    begun = time.process_time(), os.times().children_user
    offered, said = asked(large, "scopingreview", "trace", "pubmed:1005")
    assert os.times().children_user - begun[1] < 1
    assert said == ""
    assert offered == [f"1005{digit}" for digit in range(10)]


# Which words are offered


def test_every_option_that_takes_such_a_word_offers_it():
    """By the name of its metavar."""
    named = {"ID", "PHASE", "RECORD", "BOX", "SOURCE"}
    missing = set()
    for command in COMMANDS.values():
        for parameter in _parameters(command.name):
            for info in get_args(parameter.annotation)[1:]:
                takes = info.metavar in named and not is_flag(parameter)
                if takes and offers_of(parameter.name, info) is None:
                    missing.add((command.name, parameter.name))
    assert missing == set()


def _parameters(name: str):
    from inspect import signature

    return signature(spread(COMMANDS[name].function())).parameters.values()


def test_no_row_of_the_table_is_one_that_no_command_asks_for():
    used = set()
    for command in COMMANDS.values():
        for parameter in _parameters(command.name):
            for info in get_args(parameter.annotation)[1:]:
                offers = offers_of(parameter.name, info)
                used |= {word for word, found in OFFERS.items() if found is offers}
    assert used == OFFERS.keys()


words = st.lists(st.text("ab:12", min_size=1, max_size=8), max_size=400)


@given(words, st.text("ab:12", max_size=3))
def test_what_is_offered_leads_to_every_word(all_words: list[str], begun: str):
    meant = {word for word in all_words if word.startswith(begun)}
    offered = narrowed(all_words, begun)
    assert len(offered) <= max(MOST, 5)
    assert all(any(word.startswith(each) for each in offered) for word in meant)
    assert all(any(word.startswith(each) for word in meant) for each in offered)
    if len(meant) > 1:
        assert len(offered) > 1, "a shell ends a word of which there is one"


# The shells themselves


def ask_shell(shell: str, script: str, review: Review) -> str:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [shell, "-c", script],
        cwd=review.root,
        env=os.environ | {"PATH": path, "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_bash_completes_an_id_behind_its_colon(review: Review):
    said = ask_shell(
        "bash",
        """
        source <(_SCOPINGREVIEW_COMPLETE=source_bash scopingreview)
        COMP_WORDS=(scopingreview trace pubmed : 1); COMP_CWORD=4
        _scopingreview_completion scopingreview
        echo "${COMPREPLY[@]}"
        """,
        review,
    )
    assert said.strip() == "1"


def test_fish_completes_an_id_and_tells_who_people_are(review: Review):
    said = ask_shell(
        "fish",
        """
        _SCOPINGREVIEW_COMPLETE=source_fish scopingreview | source
        complete -C "scopingreview trace pubmed:"
        complete -C "scopingreview screen ta --as a"
        """,
        review,
    )
    assert said.splitlines() == ["pubmed:1", "pubmed:2", "ab\tAda Bo"]


def test_zsh_takes_the_script_and_its_answer(review: Review):
    said = ask_shell(
        "zsh",
        """
        autoload -Uz compinit; compinit -u -D
        eval "$(_SCOPINGREVIEW_COMPLETE=source_zsh scopingreview)"
        _TYPER_COMPLETE_ARGS="scopingreview trace pubmed:" \
            _SCOPINGREVIEW_COMPLETE=complete_zsh scopingreview
        """,
        review,
    )
    assert re.findall(r'"pubmed\\\\:(\d)"', said) == ["1", "2"]
