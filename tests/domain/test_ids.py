"""An id follows from what it names, so that one thing can never have two streams."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates.declaration import Levy
from domain.aggregates.legal_entity import LegalEntity
from domain.errors import UnreadableText
from domain.ids import NAMESPACE, derived_id
from domain.ledger import (
    activities,
    assemblies,
    bank,
    claims,
    contributions,
    cutover,
    declarations,
    doubts,
    elections,
    entities,
    funds,
    governance,
    guarantees,
    intercompany,
    late_payment,
    mandates,
    manual_entries,
    members,
    notices,
    old_codes,
    ordering,
    payees,
    payments,
    periods,
    plans,
    purchases,
    reminders,
    rolls,
    shares,
    withdrawals,
    years,
)
from tests.paper import PaperLedger

ONE, TWO, DAY = UUID(int=1), UUID(int=2), date(2026, 1, 1)
PARTS = st.lists(st.text(alphabet="ab:\x1f1", max_size=4), min_size=1, max_size=4)


def test_an_id_stays_what_it_was_for_ever() -> None:
    assert derived_id("period", UUID(int=1), "2026-01") == UUID("c894fbf0-f09a-5b6f-bc47-815b13d5e1b4")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.text() | st.integers()))
def test_an_id_is_a_uuid_by_name(kind: str, key: list[str | int]) -> None:
    said = [kind, *(f"{len(str(part))}:{part}" for part in key)]
    try:
        expected = uuid5(NAMESPACE, "\x1f".join(said))
    except UnicodeEncodeError:
        return
    assert derived_id(kind, *key) == expected


@given(PARTS, PARTS)
def test_two_keys_never_share_an_id(one: list[str], other: list[str]) -> None:
    assert (derived_id("kind", *one) == derived_id("kind", *other)) == (one == other)


def test_two_kinds_never_share_an_id() -> None:
    assert derived_id("bank-line", "1") != derived_id("bank-account", "1")


def test_a_key_that_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableText):
        derived_id("activity", "\ud800")


@pytest.mark.parametrize(
    ("id_of", "named", "was"),
    [
        (activities.activity_id, (ONE, "A1"), "68386e11-4052-5299-a547-7b633ee8b804"),
        (assemblies.record_roll_id, (ONE,), "608b83dc-fd37-5cb3-aa1b-b00c69c7b1d5"),
        (bank.account_id_of, ("BE56539000000188",), "e2e6bbf3-1680-50e1-b8bb-68c859050cad"),
        (bank.line_id, (ONE, "2026/1", "7"), "9836565b-df29-5ea8-b6a8-393ade9c10b1"),
        (claims.receipt_id, ("ab" * 32,), "376074f6-8154-5e8c-93e0-7298e1623569"),
        (contributions.year_id, (ONE, 1, 2026), "41cb756d-c55d-56bf-9eeb-8c5bbfa1ad4d"),
        (cutover.cutover_id, (ONE,), "f57f1dc5-5d36-5817-8220-0e53bfa5259d"),
        (declarations.declaration_id, (ONE, Levy.VAT, DAY), "a1d4726e-39cc-5bdd-ab41-e75fadf98c8e"),
        (declarations.authority_id, (ONE, Levy.VAT), "42515129-285f-5c06-ad3f-039c1e5e4cb7"),
        (doubts.doubt_id, (ONE,), "9fbde1f7-89e9-51d1-9680-b5c55eb24ed6"),
        (elections.paper_id, (ONE, TWO), "7082478f-3138-5ad7-86d8-094daa7e39de"),
        (elections.mandate_id, (ONE, TWO), "ae0ee19b-c780-5a7c-879b-b80edc44b663"),
        (entities.entity_id_of, ("PILOT",), "9af70ef9-0afd-5fb3-973f-3117850fb9d7"),
        (entities.register_id, (ONE,), "75dcc268-21c8-596e-a2f0-4ed6c464adb6"),
        (entities.plan_id, (ONE,), "865b421d-fdb8-5aff-8ca4-e53f98b5236c"),
        (funds.fund_id, (ONE, "SOLIDARITY"), "f9262975-8b84-5459-8356-3d0a1f984b81"),
        (governance.rule_set_id, (ONE, "ordinary", 1), "3385851e-2902-5df7-a5bb-a2b5d829f94b"),
        (governance.voting_right_id, (ONE, TWO), "12a1ca69-6649-57de-8872-fec1af003e16"),
        (governance.box_id, (ONE, TWO), "cc96555c-2d84-506c-833a-de016e8688c5"),
        (guarantees.guarantee_id, (ONE, TWO), "53c2300d-242b-5a48-9dde-d43ce10dff08"),
        (intercompany.link_id, (ONE, TWO), "c039025b-4dfc-5437-945a-9145d6f0390d"),
        (intercompany.intercompany_id, (ONE,), "722794ee-f7f5-565b-aeb4-499c00ad8683"),
        (late_payment.late_claim_id, (ONE,), "827fea81-d6e3-50d7-8ade-49a5185ab80e"),
        (mandates.office_id, (ONE, "director"), "a326b640-f8ae-5dc1-9410-20f52fef57d2"),
        (manual_entries.reversal_id, (ONE,), "ded1d1a3-3f65-5279-adb4-0322fecef2d2"),
        (members.membership_id, (ONE, TWO), "b47d8ef0-20a0-510c-bc15-bb46a2286720"),
        (members.membership_id, (ONE, TWO, 2), "473cbb13-db94-543f-9e5d-7ea0705df586"),
        (notices.notice_id, (ONE,), "ff58101f-7878-5fd8-8155-5b3a0546dfb2"),
        (notices.minutes_id, (ONE,), "36075ec5-c90e-5da3-84c4-3193389df3d7"),
        (old_codes.old_id, ("client", ONE, "D100"), "5253c590-1c58-5795-8a6c-168fe8023832"),
        (ordering.ordered_invoice_id, (ONE,), "1bcf5ec2-82f1-5b55-b78c-7f79f0a97888"),
        (payees.payee_account_id, (ONE,), "0fd5d2e4-5be0-5b24-86fe-3ac6780b34f2"),
        (payments.aid_order_id, (ONE,), "dec48952-4822-5f62-b0c0-7d557aaccf9f"),
        (periods.period_id, (ONE, "2026-01"), "c894fbf0-f09a-5b6f-bc47-815b13d5e1b4"),
        (plans.month_id, (ONE, "2026-01"), "a9625813-9251-5720-9951-ce811a3ec1e8"),
        (purchases.purchase_id, (ONE, " 2026/8 "), "05b4f8bd-7f61-5873-83e2-12033593008f"),
        (reminders.reminder_id, (ONE, 1), "e49608de-fa1d-5b40-984d-d93f97a30b9e"),
        (rolls.share_moves_id, (ONE,), "b386f6a9-062d-56c9-a7fd-8ae461aeee2a"),
        (shares.share_register_id, (ONE, "A"), "cd8a4bf2-f8eb-5278-a33b-a269ecf3afaa"),
        (shares.share_account_id, (ONE, "A"), "a5419c73-bf8d-5a59-96b4-87228c56a68c"),
        (withdrawals.withdrawal_id, (ONE,), "dc7e89db-fbd1-5b61-b67f-8e1f393fd8ca"),
        (withdrawals.distributions_id, (ONE,), "aa7c30e9-7499-50e6-86dd-a8146879fcf4"),
        (years.year_id, (ONE, "2026"), "5807f400-83af-5413-9922-2ef321bb47f2"),
    ],
)
def test_every_stream_of_a_key_is_found_where_it_was_begun(
    id_of: Callable[..., UUID], named: tuple[Any, ...], was: str
) -> None:
    assert id_of(*named) == UUID(was)


def test_shares_are_numbered_where_their_moves_are_looked_for() -> None:
    """A roll is outdated as soon as this series goes on: it must be the one that entries of shares take from."""
    assert rolls.share_moves_id(ONE) == derived_id("number-series", ONE, shares.SERIES, shares.FOR_EVER)


def test_entities_are_numbered_in_a_series_of_the_tenant_whatever_day_they_are_registered() -> None:
    ledger = PaperLedger()
    named: dict[str, Any] = {"name": "Cooperative", "enterprise_no": "", "country": "BE"}
    for code, on in (("PILOT", date(2026, 2, 1)), ("SECOND", DAY)):
        ledger.perform(entities.register_entity, on=on, code=code, **named)
    ordinals = [ledger.get(LegalEntity, entities.entity_id_of(code)).ordinal for code in ("PILOT", "SECOND")]
    series = derived_id("number-series", "tenant", "legal-entity", 0)
    begun = next(fact for fact in ledger.facts if fact.originator_id == series)
    assert (ordinals, begun.entity_id, begun.series, begun.year) == ([1, 2], None, "legal-entity", 0)
