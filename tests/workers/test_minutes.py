"""`tutti minutes`: what an assembly decided, as a page or as paper."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from domain.ledger.assemblies import convene_assembly
from domain.ledger.entities import entity_id_of
from domain.ledger.governance import table_motion
from eventstore.desk import Caller
from tests.ledgers import Ledger

ASSEMBLY, MOTION = UUID(int=77), UUID(int=78)


@pytest.fixture
def assembly(own_demo: Ledger) -> str:
    """An assembly that was convened and not held yet."""
    entity_id, day = entity_id_of("COOP"), date(2026, 3, 20)
    steps = (
        partial(table_motion, motion_id=MOTION, entity_id=entity_id, title="A van", text="Buy a van."),
        partial(
            convene_assembly,
            assembly_id=ASSEMBLY,
            entity_id=entity_id,
            held_on=day,
            notice_on=day,
            agenda=[MOTION],
        ),
    )
    with own_demo.workshop() as workshop:
        for key, run in enumerate(steps):
            workshop.desk.perform(
                Caller("anna", "anna"), operation="test", key=str(key), body=b"", effective_on=day, run=run
            )
    return str(ASSEMBLY)


def test_the_page_is_printed_in_the_language_asked_for(own_demo: Ledger, assembly: str) -> None:
    page = own_demo.tutti("minutes", assembly, "--lang", "nl")
    assert page.startswith("<!doctype html>")
    assert "Notulen van de algemene vergadering" in page


def test_a_file_is_a_page_or_a_paper_by_its_name(own_demo: Ledger, assembly: str, tmp_path: Path) -> None:
    page, paper = tmp_path / "minutes.html", tmp_path / "minutes.pdf"
    told = own_demo.json("minutes", assembly, "--output", str(page))
    assert told["position"] > 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    own_demo.tutti("minutes", assembly, "--output", str(paper))
    assert paper.read_bytes().startswith(b"%PDF")
    again = own_demo.run("minutes", assembly, "--output", str(paper), "--json")
    assert json.loads(again.stdout)["code"] == "cannot-write"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["00000000-0000-4000-8000-000000000000"], "unknown-record"),
        (["00000000-0000-4000-8000-000000000000", "--output", "minutes.doc"], "neither-page-nor-paper"),
    ],
)
def test_what_cannot_be_is_refused_by_name(demo: Ledger, words: list[str], code: str) -> None:
    ran = demo.run("minutes", *words, "--json")
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["code"] == code


def test_no_id_is_a_wrong_command_line(demo: Ledger) -> None:
    assert demo.run("minutes", "x").exit_code == 2
