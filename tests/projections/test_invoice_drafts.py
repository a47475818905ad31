"""Drafts of invoices as staff and members see them, and the doctor finds no fault."""

from __future__ import annotations

from projections.doctor.books import examine_books
from projections.invoice_drafts import invoice_draft, invoice_drafts, lines_of
from projections.reader import Reader
from projections.receivables import invoices
from projections.waiting import Waits, waiting
from tests.cooperative import ACTIVITY, ENTITY, MEMBER
from tests.projections.drafting import (
    INVOICE,
    ISSUED,
    MEMBERS_KEY,
    OTHER_KEY,
    REJECTED,
    WAITING,
    WITHDRAWN,
    drafts,
)
from tests.projections.world import MARCH, World


def test_a_draft_shows_what_it_asks_now_why_it_was_rejected_and_its_invoice(
    world: World, reader: Reader
) -> None:
    drafts(world, on=MARCH)
    world.project()
    found = invoice_draft(reader, ISSUED)
    assert found is not None
    assert (found.state, found.invoice_id, found.gross_c) == ("issued", INVOICE, 6_050_00)
    assert (found.reason, found.answered_on) == ("the hours are missing", MARCH)
    assert [(each.description, each.net_c) for each in lines_of(reader, ISSUED)] == [
        ("Carpentry", 4_000_00),
        ("Carpentry", 1_000_00),
    ]
    (issued,) = (each for each in invoices(reader) if each.invoice_id == INVOICE)
    assert issued.gross_c == found.gross_c


def test_drafts_are_listed_by_state_and_by_who_made_them_the_latest_first(
    world: World, reader: Reader
) -> None:
    drafts(world, on=MARCH)
    world.project()
    every = [each.invoice_draft_id for each in invoice_drafts(reader, entity_id=ENTITY)]
    assert every == [WITHDRAWN, WAITING, REJECTED, ISSUED]
    assert [each.invoice_draft_id for each in invoice_drafts(reader, state="rejected")] == [REJECTED]
    own = [each.invoice_draft_id for each in invoice_drafts(reader, of=MEMBERS_KEY)]
    assert own == [WITHDRAWN, REJECTED, ISSUED]
    assert invoice_draft(reader, WAITING, of=MEMBERS_KEY) is None
    assert invoice_draft(reader, WAITING, of=OTHER_KEY) is not None


def test_what_was_submitted_waits_for_staff_until_it_is_answered(world: World, reader: Reader) -> None:
    drafts(world, on=MARCH)
    world.project()
    (waits,) = waiting(reader, waits=Waits.INVOICE_TO_ISSUE).items
    assert (waits.id, waits.activity_id, waits.who) == (WAITING, ACTIVITY, MEMBER)
    assert (waits.amount_c, waits.since_on) == (242_00, MARCH)
    assert waits.next == ("invoice-draft.issue", "invoice-draft.reject")


def test_live_replayed_and_examined_books_agree_and_a_wrong_figure_is_named(world: World) -> None:
    drafts(world, on=MARCH)
    world.project()
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
    world.tamper("UPDATE invoice_draft SET net_c = net_c + 1 WHERE state = 'submitted'")
    named = {finding.check for finding in examine_books(world.dsn, tenant="default", log=world.log).findings}
    assert "what a draft asks are the lines that were said last" in named
