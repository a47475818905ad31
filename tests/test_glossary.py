"""The words of the ledger are complete in English, French and Dutch: terms, accounts, headings."""

from __future__ import annotations

import re
from itertools import pairwise
from string import Formatter

import pytest
from typer.testing import CliRunner

from domain.aggregates.assembly import AssemblyState
from domain.aggregates.fund_aid import AidState
from domain.aggregates.payment_order import Pays
from domain.aggregates.poll import PollState
from domain.bookkeeping import chart
from domain.bookkeeping.account_names import TRANSLATED, names_in
from domain.catalogue import AGGREGATES
from domain.errors import LANGUAGES
from domain.governance.rules import Choice
from tests.ledgers import Ledger
from tests.test_tidy import ROOT, SOURCES, name_of, text_of
from workers.cli import session
from workers.cli.app import build
from workers.cli.sentences import SENTENCES
from workers.cli.words import WORDS, said

GLOSSARY = text_of(ROOT / "docs/reference/glossary.md")
TERMS, ACCOUNTS = (
    [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("| ")
    ]
    for part in GLOSSARY.split("## Accounts")
)
LITERAL = re.compile(r"""(?:\bColumn\(|\bwords\(|\bsaid\(|\btitle\(session, )["']([a-z][a-z0-9.-]*)["']""")

TOLD = re.compile(r"""\btold\(["']([a-z-]+)["']""")

ASKED = (
    ["trial-balance"],
    ["balance"],
    ["fund"],
    ["fund", "--aid"],
    ["shares"],
    ["shares", "--entity", "COOP"],
    ["dividends"],
    ["patronage"],
    ["journal"],
    ["votes"],
    ["assemblies"],
    ["calendar"],
    ["member-statement", "1"],
    ["waiting"],
    ["quotations"],
    ["invoice-drafts"],
    ["credit-notes"],
    ["doubts"],
    ["reminders"],
    ["late-claims"],
    ["claims"],
    ["orders"],
    ["payrolls"],
    ["settings"],
)
"""Commands that answer with a table."""


def test_every_aggregate_stands_in_the_glossary() -> None:
    named = {word for term, *_ in TERMS for word in re.findall(r"\w+", term)}
    missing = sorted(each.__name__ for each in AGGREGATES if each.__name__ not in named)
    assert not missing, f"write them into docs/reference/glossary.md, in three languages: {missing}"


def test_the_glossary_is_in_the_order_of_the_alphabet_and_whole() -> None:
    terms = [term.replace("`", "").casefold() for term, *_ in TERMS[1:]]
    for before, after in pairwise(terms):
        assert before < after, f"“{after}” stands after “{before}” in docs/reference/glossary.md"
    assert all(len(row) == 3 and all(row) for row in TERMS)


def test_every_account_of_the_chart_is_named_in_three_languages() -> None:
    untold = sorted(set(chart.NAMES) ^ set(TRANSLATED))
    assert not untold, f"name them in domain/bookkeeping/account_names.py: {untold}"
    for lang in LANGUAGES:
        names = names_in(lang)
        assert set(names) == set(chart.NAMES)
        assert len(set(names.values())) == len(names), "no two accounts have one name"
        assert all(name == name.strip() and name[0].isupper() for name in names.values())


def test_the_glossary_lists_every_account_as_the_chart_names_it() -> None:
    roles = {name: value for name, value in vars(chart).items() if name.isupper() and isinstance(value, str)}
    rows = [
        [f"`{role}`", account, chart.NAMES[account], *TRANSLATED[account]]
        for role, account in sorted(roles.items(), key=lambda each: each[1])
    ]
    listed = [row for row in ACCOUNTS[1:] if row]
    wrong = [row for row in rows if row not in listed]
    assert not wrong, f"write them into docs/reference/glossary.md, under Accounts: {wrong}"
    assert listed == rows, "in the order of the accounts, and no others"


def test_every_heading_and_word_is_there_in_three_languages() -> None:
    assert {len(translations) for translations in WORDS.values()} == {len(LANGUAGES)}
    assert all(word and word == word.strip() for translations in WORDS.values() for word in translations)


def test_every_word_a_command_names_is_known() -> None:
    named = {
        (name_of(path), key)
        for path in SOURCES
        if name_of(path).startswith("workers/cli/")
        for key in LITERAL.findall(text_of(path))
    }
    assert len(named) > 80
    assert not {(where, key) for where, key in named if key not in WORDS}, "add it to workers/cli/words.py"


def test_every_sentence_tells_the_same_in_three_languages() -> None:
    for key, told in SENTENCES.items():
        assert len(set(told)) >= 2, key
        english, *others = ([field for _, field, *_ in Formatter().parse(each) if field] for each in told)
        assert all(sorted(other) == sorted(english) for other in others), f"{key}: the same braces in each"
        commands = [re.findall(r"`[^`]*`|tutti [a-z-]+|--[a-z]+", each) for each in told]
        assert commands[0] == commands[1] == commands[2], f"{key}: the same commands in each"


def test_every_sentence_is_told_somewhere_and_no_other() -> None:
    sources = [text_of(path) for path in SOURCES if name_of(path).startswith("workers/")]
    named = {key for text in sources for key in TOLD.findall(text)}
    assert not named - set(SENTENCES), "add it to workers/cli/sentences.py"
    written = "\n".join(text for text in sources if "SENTENCES:" not in text)
    assert not [key for key in SENTENCES if f'"{key}"' not in written]


def test_what_an_order_pays_and_how_aid_polls_and_assemblies_stand_have_words() -> None:
    keys = [str(pays) for pays in Pays] + [f"aid-{state}" for state in AidState]
    keys += [f"state-{state}" for states in (AssemblyState, PollState) for state in states]
    keys += [str(choice) for choice in Choice]
    assert not [key for key in keys if key not in WORDS], "add it to workers/cli/words.py"


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_no_key_stands_for_a_word_in_a_table(
    demo: Ledger, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    unknown: list[str] = []

    def noted(key: str, lang: str) -> str:
        if key not in WORDS:
            unknown.append(key)
        return said(key, lang)

    monkeypatch.setattr(session, "said", noted)
    place = ["--data-dir", str(demo.settings.data_dir), "--lang", "nl"]
    url = demo.settings.database_url or ""
    ran = CliRunner(env={"DATABASE_URL": url, "COLUMNS": "200"}).invoke(build(words), [*words, *place])
    assert (ran.exit_code, unknown) == (0, []), ran.output


@pytest.mark.parametrize(
    ("lang", "customers"), [("en", "Customers"), ("fr", "Clients"), ("nl", "Handelsdebiteuren")]
)
def test_the_trial_balance_names_its_accounts_in_the_language_asked_for(
    demo: Ledger, lang: str, customers: str
) -> None:
    words = ["trial-balance", "--lang", lang, "--data-dir", str(demo.settings.data_dir)]
    env = {"DATABASE_URL": demo.settings.database_url or "", "COLUMNS": "200"}
    shown = CliRunner(env=env).invoke(build(words), words).stdout
    assert re.search(rf"400 +{customers}", shown), shown
