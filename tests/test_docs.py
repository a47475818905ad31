"""What the pages tell people to type works: every command of the README and the how-tos is run."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interchange.camt053 import entry_of, statement_of, write_camt053
from tests.ledgers import Ledger
from workers.cli.app import COMMANDS, GROUPS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^ *```sh\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")

# Run by tests of their own: the service, the suite itself, and a database of the reader's.
ELSEWHERE = {"up", "test"}
NOT_OURS = {"export", "curl"}


def commands(page: Path) -> list[list[str]]:
    """Every command of a page, in order, without comments."""
    lines = "".join(FENCE.findall(page.read_text(encoding="utf-8"))).splitlines()
    return [shlex.split(line, comments=True) for line in lines if shlex.split(line, comments=True)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_is_one_there_is(page: Path) -> None:
    for program, *words in commands(page):
        if program in NOT_OURS:
            continue
        assert program == "./tutti", (page.name, program)
        if words[0] not in COMMANDS:
            known = GROUPS[words[0]][1]
            assert words[1] in known if words[1:] else "list" in known, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_what_the_readme_asks_is_answered_on_the_demo(demo: Ledger) -> None:
    asked = [words for _, *words in commands(ROOT / "README.md") if words[0] not in ELSEWHERE]
    assert len(asked) >= 8
    for words in asked:
        demo.tutti(*words)


def test_the_steps_to_start_a_ledger_run_in_their_order_and_then_a_statement_is_imported(
    empty_ledger: Ledger, tmp_path: Path
) -> None:
    steps = [words for _, *words in commands(ROOT / "docs/howto/start-a-ledger.md")]
    assert len(steps) >= 6
    for words in steps:
        empty_ledger.tutti(*words)

    (opening,) = [words for words in steps if words[:2] == ["bank", "open"]]
    day = datetime(2026, 1, 31, tzinfo=UTC)
    month = statement_of(
        account=opening[2],
        number=1,
        opening_c=5_000_00,
        from_on=day.date(),
        to_on=day.date(),
        entries=[entry_of(key="E1", booked_on=day.date(), amount_c=100_00)],
    )
    file = tmp_path / "statement.xml"
    file.write_bytes(write_camt053([month], version="001.08", created_at=day, message_id="M1"))
    how = [words for _, *words in commands(ROOT / "docs/howto/import-a-bank-statement.md")]
    imported = [words for words in how if words[0] == "import-bank"]
    assert imported
    for words in imported:
        empty_ledger.tutti(*[str(file) if word == "statement.xml" else word for word in words])
    assert empty_ledger.json("trial-balance")["total_debit_c"] == 5_100_00


def test_the_books_are_checked_as_the_page_says(own_demo: Ledger) -> None:
    asked = [words for _, *words in commands(ROOT / "docs/howto/check-the-books.md")]
    assert len(asked) >= 4
    for words in asked:
        own_demo.tutti(*words)


def test_the_reference_of_the_command_line_is_complete() -> None:
    page = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z][a-z -]*)` \| ([^|]+) \|$", page, re.MULTILINE))
    grouped = {
        f"{group} {name}": said for group, (_, each) in GROUPS.items() for name, (_, said) in each.items()
    }
    assert listed == {name: said for name, (_, said) in COMMANDS.items()} | grouped
