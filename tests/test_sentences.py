"""Every refusal says its sentence in English, French and Dutch, keeps its code, and is met by a test."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.languages import preferred
from domain.errors import LANGUAGES, Malformed, Refusal
from tests.test_tidy import ROOT, refusals, text_of

CODES = ROOT / "tests/codes.txt"
"""Every code there is, one a line, in the order of the alphabet. Programs go by them."""

NOT_MET: dict[str, str] = {}
"""Refusals that no test provokes, by code, each with its reason."""

# What no French or Dutch sentence holds outside names of things, and most English ones do.
ENGLISH = {
    "fr": "the this that these is are was were be been has have not no of by from with without which who only "
    "already yet cannot must its it and in at for to there what when every each first again",
    "nl": "the this that these are were be been has have not by from with without which who only "
    "already yet cannot must its it and at for to there what when every each first again",
}


def sentences() -> list[tuple[type[Refusal], str, str]]:
    return [(kind, lang, str(vars(kind).get(lang, ""))) for kind in refusals() for lang in ("fr", "nl")]


def marked(sentence: str) -> list[str]:
    """What is typed or sent as it stands, whatever the language."""
    return re.findall(r"`([^`]*)`", sentence)


def words_of(sentence: str) -> set[str]:
    unmarked = re.sub(r"`[^`]*`|\([^)]*\)|\S*[_./-]\S*", " ", sentence.lower())
    return set(re.findall(r"[a-zà-ÿ]+", unmarked))


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: str(kind.__name__))
def test_a_refusal_says_its_own_sentence_in_french_and_in_dutch(kind: type[Refusal]) -> None:
    silent = [lang for lang in LANGUAGES[1:] if lang not in vars(kind)]
    assert not silent, f"{kind.__name__} in {kind.__module__}: write `fr` and `nl` below its code"
    english, french, dutch = (kind.says(lang) for lang in LANGUAGES)
    assert len({english, french, dutch}) == len(LANGUAGES)
    for sentence in (french, dutch):
        assert sentence == " ".join(sentence.split()), sentence
        assert sentence[0].isupper(), f"begins with a capital: {sentence}"
        assert sentence.endswith("."), f"ends with a full stop: {sentence}"


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_no_english_is_left_in_a_translation(lang: str) -> None:
    english = set(ENGLISH[lang].split())
    left = {
        f"{kind.__name__}.{lang}: {' '.join(sorted(found))}"
        for kind, which, sentence in sentences()
        if which == lang and (found := words_of(sentence) & english)
    }
    assert not left


def test_the_words_of_this_test_would_catch_english() -> None:
    caught = [kind for kind in refusals() if words_of(kind.says("en")) & set(ENGLISH["nl"].split())]
    assert len(caught) > len(refusals()) * 2 // 3


def test_commands_names_and_figures_are_the_same_in_every_language() -> None:
    for kind, lang, sentence in sentences():
        assert marked(sentence) == marked(kind.says("en")), f"{kind.__name__}.{lang}"
        assert re.sub(r"\D", "", sentence) == re.sub(r"\D", "", kind.says("en")), f"{kind.__name__}.{lang}"


def test_french_sets_its_colons_apart_and_dutch_does_not() -> None:
    for kind, lang, sentence in sentences():
        text = re.sub(r"`[^`]*`|[A-Z]+:[A-Z]+|\S+::\S+", "", sentence)
        close = re.findall(r"\S[:;](?=\s)", text)
        apart = re.findall(r"\s[:;]", text)
        assert not (close if lang == "fr" else apart), f"{kind.__name__}.{lang}: {sentence}"


def test_no_two_refusals_say_the_same() -> None:
    for lang in LANGUAGES:
        said = [kind.says(lang) for kind in refusals()]
        assert not {sentence for sentence in said if said.count(sentence) > 1}


def test_a_refusal_that_was_forgotten_says_what_its_parent_says() -> None:
    class Forgotten(Malformed):
        """This one has no translation."""

    forgotten = Forgotten(day="2026-02-30")
    assert forgotten.sentence() == "This one has no translation. (day: 2026-02-30)"
    assert forgotten.sentence("fr") == f"{Malformed.fr} (day: 2026-02-30)"
    assert forgotten.sentence("nl") == f"{Malformed.nl} (day: 2026-02-30)"


def test_a_code_stays() -> None:
    listed = CODES.read_text(encoding="utf-8").split()
    own = {kind.code for kind in refusals()}
    assert listed == sorted(listed), f"{CODES.name} is in the order of the alphabet"
    assert not set(listed) - own, "renamed or gone, though programs go by them"
    assert not own - set(listed), f"new: write them into tests/{CODES.name}"


def test_every_refusal_is_provoked_by_a_test() -> None:
    written = "\n".join(
        text_of(path) for path in (ROOT / "tests").rglob("*.py") if path.name != "test_sentences.py"
    )
    leaves = [kind for kind in refusals() if not kind.__subclasses__()]
    unmet = {
        kind.code for kind in leaves if not re.search(rf"\b{kind.__name__}\b|[\"']{kind.code}[\"']", written)
    }
    missing, needless = sorted(unmet - set(NOT_MET)), sorted(set(NOT_MET) - unmet)
    assert not missing, f"provoke these in a test, or say in NOT_MET why not: {missing}"
    assert not needless, f"a test provokes these now, or they are gone: {needless}"


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("nl-BE, fr;q=0.8, en;q=0.5", "nl"),
        ("de, FR-be;q=0.7, nl;q=0.9", "nl"),
        ("en;q=0.1, fr ; q=0.2", "fr"),
        ("fr, nl", "fr"),
        ("fr;q=0, nl;q=0.001", "nl"),
        ("fr;q=0", "en"),
        ("*, fr;q=0.5", "en"),
        ("fr;q=2, nl", "nl"),
        ("fr;level=1, nl;q=0.3", "nl"),
        ("de", "en"),
    ],
)
def test_an_answer_speaks_the_language_it_is_asked_in(accepted: str, lang: str) -> None:
    assert preferred(accepted) == lang


@given(st.text(alphabet="frnlde*,;=q.01- é\t", max_size=60))
def test_whatever_is_asked_an_answer_speaks_one_of_its_languages(accepted: str) -> None:
    assert preferred(accepted) in LANGUAGES
