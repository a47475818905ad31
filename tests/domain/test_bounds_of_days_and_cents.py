"""The first day, the last cent and the field that is named: small bounds of many use cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.convening_notice import Channel as NoticeChannel
from domain.aggregates.declaration import Declaration, Levy
from domain.aggregates.exclusion import Exclusion
from domain.aggregates.fiscal_year import FiscalYear
from domain.aggregates.invoice import Invoice
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.share_register import ShareRegister
from domain.elections.casting import CastPaper
from domain.errors import (
    AmountTooLarge,
    EmptyText,
    InvalidDay,
    IssueDateGoesBack,
    MergedAway,
    NothingForMonth,
    OldAccountWithoutItems,
    Refusal,
    RuleNotInForce,
)
from domain.governance.roots import root_of
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.late_payment import Channel
from domain.ledger import (
    elections,
    exclusions,
    late_payment,
    merging,
    notices,
    quotations,
    reminders,
    shares,
    withdrawals,
)
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.bank import import_statements, line_id
from domain.ledger.cutover import take_over
from domain.ledger.entities import map_account, register_entity, register_id
from domain.ledger.governance import adopt_rule_set, annul_poll
from domain.ledger.invoicing import issue_invoice
from domain.ledger.overpayments import allocate_overpayment, hold_overpayment
from domain.ledger.periods import months_not_closed
from domain.ledger.plans import charge_month, enact_contribution_rule
from domain.ledger.purchases import approve_purchase, purchase_id
from domain.ledger.years import open_year
from domain.money import MAX_CENTS
from domain.payouts import PayoutRegime
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    CLIENT,
    ENTITY,
    FOUNDED,
    MEMBER,
    PERSON,
    entry,
    found,
    found_entity,
    invoice,
    join,
    statement,
)
from tests.domain import electing, test_fiscal_years, test_purchases
from tests.domain.departing import MARCH, cooperative, takes, told
from tests.domain.electing import ASH, BIRCH, ELECTION
from tests.domain.ending import closes, lacking, overdrawn, recognises
from tests.domain.spending import CLOSING_C, DAY, paid_cooperative
from tests.domain.test_cutover import entity
from tests.old_books import BOOKS, OLD_SHA256, with_balance
from tests.paper import PaperBooks, PaperLedger
from tests.scenario import TODAY, Given, fact, stamp

NO_DAY, NOBODY = date(1899, 12, 31), UUID(int=1)


@pytest.mark.parametrize(
    ("use_case", "asked"),
    [
        (
            withdrawals.approve_net_asset,
            {
                "entity_id": NOBODY,
                "share_class": "A",
                "closing_on": NO_DAY,
                "net_asset_per_share_c": 1,
                "accounts_ref": "accounts",
                "decision_ref": "assembly",
            },
        ),
        (
            quotations.draft_quotation,
            {
                "quotation_id": NOBODY,
                "activity_id": NOBODY,
                "client_id": NOBODY,
                "valid_until": NO_DAY,
                "lines": [],
            },
        ),
        (quotations.redraft_quotation, {"quotation_id": NOBODY, "valid_until": NO_DAY, "lines": []}),
        (reminders.remind_of_invoice, {"on": NO_DAY, "invoice_id": NOBODY}),
        (
            reminders.send_reminder,
            {"on": NO_DAY, "invoice_id": NOBODY, "number": 1, "channel": Channel.POST},
        ),
        (late_payment.claim_late_payment, {"on": NO_DAY, "invoice_id": NOBODY}),
        (
            notices.send_notice,
            {
                "assembly_id": NOBODY,
                "channel": NoticeChannel.POST,
                "sent_on": NO_DAY,
                "member_ids": [NOBODY],
            },
        ),
        (
            map_account,
            {
                "entity_id": NOBODY,
                "account": "613",
                "code": "6130",
                "valid_from": NO_DAY,
                "source_ref": "board",
            },
        ),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_day_outside_the_calendar_is_refused_before_anything_is_looked_up(
    use_case: Any, asked: dict[str, Any]
) -> None:
    with pytest.raises(InvalidDay):
        PaperLedger().perform(use_case, **asked)


@pytest.mark.parametrize("wrong", ["first_on", "last_on"])
def test_a_declaration_is_of_days_of_the_calendar(wrong: str) -> None:
    says: dict[str, Any] = {"booked_on": TODAY, "first_on": TODAY, "last_on": TODAY, "position": 1}
    says |= {"id": NOBODY, "entity_id": ENTITY, "levy": Levy.VAT, "due_c": 1, "deductible_c": 0}
    Given(Declaration).when(lambda _: Declaration.file(stamp(), **says | {wrong: NO_DAY})).then_refused(
        InvalidDay
    )


def test_a_series_that_goes_on_from_old_books_never_goes_back_before_their_last_day() -> None:
    opened = fact(NumberSeries.Opened, entity_id=ENTITY, series="F", year=2026)
    taken_over = fact(NumberSeries.TakenOver, number=117, on=date(2026, 2, 20))
    Given(NumberSeries, opened, taken_over).when(
        lambda series: series.take(stamp(), on=date(2026, 2, 19))
    ).then_refused(IssueDateGoesBack)


def test_months_are_counted_over_the_end_of_a_year() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    books = PaperBooks(ledger._streams, ledger.position)
    asked = months_not_closed(books, ENTITY, date(2025, 11, 1), date(2027, 1, 31))
    assert (len(asked), asked[0], asked[1], asked[-1]) == (15, "2025-11", "2025-12", "2027-01")


# Members and shares


def test_an_entry_of_shares_is_numbered_when_it_is_recorded_whatever_day_it_is_of() -> None:
    ledger = cooperative()
    takes(ledger, 0, 2, on=TODAY)
    takes(ledger, 1, 2, on=date(2026, 2, 1))
    entered = [each for each in ledger.facts if isinstance(each, ShareRegister.SharesEntered)]
    assert [(each.register_no, each.from_seq, each.to_seq) for each in entered] == [(1, 1, 2), (2, 3, 4)]


def test_what_is_subscribed_in_all_can_be_held() -> None:
    ledger = cooperative()
    asked: dict[str, Any] = {"membership_id": MEMBER, "share_class": "A", "qty": 1}
    ledger.perform(shares.subscribe_shares, **asked, price_c=MAX_CENTS)
    with pytest.raises(AmountTooLarge):
        ledger.perform(shares.subscribe_shares, **asked, price_c=1)


def test_who_was_made_one_with_another_by_mistake_votes_again() -> None:
    ledger = PaperLedger()
    electing.cooperative(ledger.perform)
    electing.opens(ledger.perform, *electing.VOTERS[:2])
    electing.ranks(ledger.perform, electing.CEDAR, 1)
    register = ledger.get(MemberRegister, register_id(ENTITY))
    assert dict(register.open_rolls) == {ELECTION: electing.ROLL}
    other = PaperLedger()
    electing.cooperative(other.perform)
    other.perform(merging.merge_memberships, membership_id=BIRCH, into_id=ASH, reason="the same person")
    electing.opens(other.perform, electing.CEDAR)
    with pytest.raises(MergedAway) as merged:
        electing.ranks(other.perform, BIRCH, 1)
    assert merged.value.facts["into_id"] == ASH
    other.perform(merging.undo_merge, membership_id=BIRCH, reason="another person")
    assert not other.get(MemberRegister, register_id(ENTITY)).merged_into(BIRCH)
    electing.ranks(other.perform, BIRCH, 1)


def test_papers_stand_under_their_root_in_the_order_of_their_members() -> None:
    papers = [CastPaper(UUID(int=2), ((1,),), 1), CastPaper(UUID(int=1), ((2,), (1,)), 3)]
    expected = [f"{UUID(int=1)} 3 2 1", f"{UUID(int=2)} 1 1"]
    assert elections.papers_root(papers) == root_of(expected)


def test_an_election_is_called_under_a_rule_in_force() -> None:
    ledger = PaperLedger()
    electing.cooperative(ledger.perform)
    later = electing.TODAY + timedelta(days=30)
    ledger.perform(
        adopt_rule_set,
        on=electing.TODAY,
        entity_id=ENTITY,
        name="board",
        version=2,
        valid_from=later,
        quorum=Quorum(0, 1),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="statutes 2026",
        provisions=electing.SIX_YEARS,
    )
    with pytest.raises(RuleNotInForce):
        electing.calls(ledger.perform, rule_version=2)


# The field that is named


@pytest.mark.parametrize(
    ("use_case", "asked", "field"),
    [
        (register_entity, {"code": " ", "name": "Pilot", "enterprise_no": "", "country": "BE"}, "code"),
        (register_entity, {"code": "PILOT", "name": " ", "enterprise_no": "", "country": "BE"}, "name"),
    ],
)
def test_an_entity_lacks_what_it_is_told_to_lack(use_case: Any, asked: dict[str, Any], field: str) -> None:
    with pytest.raises(EmptyText) as refused:
        PaperLedger().perform(use_case, **asked)
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("field", ["accounts_ref", "decision_ref"])
def test_what_a_share_is_worth_lacks_what_it_is_told_to_lack(field: str) -> None:
    ledger = cooperative()
    asked: dict[str, Any] = {"entity_id": ENTITY, "share_class": "A", "closing_on": date(2025, 12, 31)}
    asked |= {"net_asset_per_share_c": 1, "accounts_ref": "accounts", "decision_ref": "assembly"}
    with pytest.raises(EmptyText) as refused:
        ledger.perform(withdrawals.approve_net_asset, **asked | {field: " "})
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("field", ["decision_ref", "motivation"])
def test_an_exclusion_lacks_what_it_is_told_to_lack(field: str) -> None:
    ledger = cooperative()
    of: dict[str, Any] = {"exclusion_id": NOBODY}
    ledger.perform(exclusions.propose_exclusion, on=MARCH, membership_id=MEMBER, reasons="Competes", **of)
    exclusion = ledger.get(Exclusion, NOBODY)
    says: dict[str, Any] = {"decision_ref": "board 7", "motion_id": None, "motivation": "For the reasons"}
    with pytest.raises(EmptyText) as refused:
        exclusion.decide(stamp(on=date(2026, 6, 1)), **says | {field: " "})
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("field", ["decision_ref", "reason"])
def test_a_poll_that_is_annulled_lacks_what_it_is_told_to_lack(field: str) -> None:
    ledger = PaperLedger()
    electing.cooperative(ledger.perform)
    electing.carries(ledger)
    says: dict[str, Any] = {"decision_ref": "bureau 1", "reason": "a wrong roll"}
    with pytest.raises(EmptyText) as refused:
        ledger.perform(annul_poll, poll_id=electing.POLL, **says | {field: " "})
    assert refused.value.facts["field"] == field


# The last cent


def test_a_cent_that_an_activity_lacks_is_owed() -> None:
    ledger = overdrawn()
    closes(ledger)
    recognises(ledger, 1)
    with pytest.raises(Refusal):
        recognises(lacking(), 0)


def test_a_bill_says_by_how_much_it_overdraws_the_activity() -> None:
    ledger, overdrawn_c = test_purchases.with_supplier(), []
    # 890.00 are available.
    for number, net_c in enumerate((889_99, 1, 1)):
        bill = replace(test_purchases.LINE, net_c=net_c, vat_c=0, vat_deductible_c=0)
        test_purchases.receive(ledger, bill, purchase_no=f"bill {number}")
        id_ = purchase_id(test_purchases.SUPPLIER, f"bill {number}")
        recorded = ledger.perform(approve_purchase, on=test_purchases.DAY, actor="ben", purchase_id=id_)
        overdrawn_c.append(told(recorded, PurchaseInvoice.Approved).overdrawn_c)
    assert overdrawn_c == [0, 0, 1]


def test_a_bill_of_the_cooperative_itself_overdraws_nobody() -> None:
    ledger = test_purchases.with_supplier()
    test_purchases.receive(ledger, activity_id=None)
    assert told(test_purchases.approve(ledger), PurchaseInvoice.Approved).overdrawn_c == 0


def test_an_adjustment_is_noted_on_its_year_with_the_place_where_it_stands() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    year: dict[str, Any] = {"first_on": test_fiscal_years.FIRST, "last_on": test_fiscal_years.LAST}
    ledger.perform(open_year, entity_id=ENTITY, year="2025", **year)
    test_fiscal_years.close(ledger, "2025-11", "2025-12")
    noted = told(test_fiscal_years.adjust(ledger), FiscalYear.Adjusted)
    assert (noted.entry_id, noted.year, noted.entity_id) == (UUID(int=701), "2025", ENTITY)
    assert ledger.get(FiscalYear, test_fiscal_years.YEAR).adjusted_at == noted.position > 0


@pytest.mark.parametrize(("opened_on", "charged"), [(date(2026, 1, 1), True), (date(2026, 1, 2), False)])
def test_a_month_is_charged_to_an_activity_that_ran_on_its_first_day(
    opened_on: date, *, charged: bool
) -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    says: dict[str, Any] = {
        "valid_from": date(2025, 12, 1),
        "rate_bp": 0,
        "fund_shares": [],
        "fixed_month_c": 1,
    }
    ledger.perform(enact_contribution_rule, on=FOUNDED, entity_id=ENTITY, decision_ref="assembly", **says)
    new: dict[str, Any] = {"code": "A2", "membership_ids": [MEMBER], "payout_regime": PayoutRegime.EMPLOYEE}
    ledger.perform(open_activity, on=opened_on, entity_id=ENTITY, **new)
    asked: dict[str, Any] = {"activity_id": activity_id(ENTITY, "A2"), "month": "2026-01"}
    if charged:
        ledger.perform(charge_month, **asked)
    else:
        with pytest.raises(NothingForMonth):
            ledger.perform(charge_month, **asked)


def test_where_no_rule_is_in_force_no_month_is_charged() -> None:
    ledger = PaperLedger()
    found_entity(ledger.perform)
    join(ledger.perform, PERSON)
    new: dict[str, Any] = {"code": "A1", "membership_ids": [MEMBER], "payout_regime": PayoutRegime.EMPLOYEE}
    ledger.perform(open_activity, on=FOUNDED, entity_id=ENTITY, **new)
    with pytest.raises(NothingForMonth):
        ledger.perform(charge_month, activity_id=ACTIVITY, month="2026-01")


def test_money_held_for_a_client_pays_another_invoice_whatever_the_receipt_named() -> None:
    ledger = paid_cooperative()
    later, named = UUID(int=3_200), UUID(int=3_201)
    for invoice_id in (later, named):
        ledger.perform(issue_invoice, on=DAY, **invoice(invoice_id, on=DAY))
    reference = ledger.get(Invoice, named).reference
    entries = [entry("1", 100_00, on=DAY, references=(reference,))]
    reported = statement(2, entries, opening_c=CLOSING_C, on=DAY)
    ledger.perform(import_statements, on=DAY, account=ACCOUNT, statements=[reported])
    of: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2026/2", "1"), "amount_c": 100_00}
    ledger.perform(hold_overpayment, on=DAY, client_id=CLIENT, **of)
    ledger.perform(allocate_overpayment, on=DAY, invoice_id=later, **of)
    assert ledger.get(Invoice, later).received_c == 100_00


def test_an_account_without_items_is_told_with_nothing_beside_it() -> None:
    old = with_balance(with_balance(BOOKS, "455", -1_00), "240", 1_501_00)
    with pytest.raises(OldAccountWithoutItems) as refused:
        entity().perform(take_over, entity_id=ENTITY, old=old, source_sha256=OLD_SHA256)
    assert (refused.value.facts["about"], refused.value.facts["items_c"]) == ("455", 0)
