"""A share is paid by the person, allotted once paid, and numbered without a gap."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.bank_line import BankLine
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.bookkeeping import chart
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AlreadyExists,
    AlreadyResigned,
    AmountNotPositive,
    AmountTooLarge,
    EmptyText,
    ExceedsLine,
    ExceedsSubscription,
    NotAMember,
    NotAReceipt,
    NotPaidYet,
    OtherEntity,
    PayerNotThePerson,
    QuantityNotPositive,
    ReferenceOfAnotherInvoice,
    UnknownRecord,
)
from domain.ledger.bank import import_statements, line_id, open_bank_account
from domain.ledger.entities import entity_id_of
from domain.ledger.members import apply_for_membership, membership_id, resign
from domain.ledger.shares import (
    allot_shares,
    open_share_class,
    pay_share_contribution,
    share_account_id,
    subscribe_shares,
)
from domain.money import MAX_CENTS
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ENTITY,
    FOUNDED,
    MEMBER,
    OPENING_C,
    OTHER_MEMBER,
    OTHER_PERSON,
    PERSON,
    entry,
    found,
    found_entity,
    join,
    statement,
)
from tests.domain.test_bank_line import OURS, imported
from tests.paper import PaperLedger
from tests.scenario import ID, TODAY, Fact, Given, fact, stamp

LINE = UUID(int=700)
HOLDER = {"membership_id": MEMBER, "person_id": PERSON, "share_class": "A"}
OPENED = fact(ShareAccount.Opened, entity_id=ENTITY, **HOLDER)


def subscribed(qty: int, price_c: int) -> Fact:
    return fact(ShareAccount.Subscribed, entity_id=ENTITY, qty=qty, price_c=price_c)


def paid(amount_c: int) -> Fact:
    return fact(
        ShareAccount.ContributionPaid,
        entity_id=ENTITY,
        booked_on=TODAY,
        line_id=LINE,
        payer_id=PERSON,
        amount_c=amount_c,
    )


def allotted(qty: int, amount_c: int, *, first: int = 1, unavailable: bool = False) -> Fact:
    return fact(
        ShareAccount.Allotted,
        entity_id=ENTITY,
        booked_on=TODAY,
        register_no=1,
        qty=qty,
        from_seq=first,
        to_seq=first + qty - 1,
        amount_c=amount_c,
        unavailable=unavailable,
    )


def subscribing(qty: int, price_c: int) -> Any:
    return lambda account: account.subscribe(stamp(), qty=qty, price_c=price_c)


def paying(amount_c: int, payer_id: UUID = PERSON) -> Any:
    return lambda account: account.pay(
        stamp(), line_id=LINE, payer_id=payer_id, amount_c=amount_c, booked_on=TODAY
    )


def allotting(qty: int, *, first: int = 1) -> Any:
    return lambda account: account.allot(
        stamp(),
        register_no=1,
        qty=qty,
        from_seq=first,
        to_seq=first + qty - 1,
        unavailable=False,
        booked_on=TODAY,
    )


# The account


def test_shares_are_subscribed_at_a_price() -> None:
    Given(ShareAccount, OPENED).when(subscribing(2, 250_00)).then(subscribed(2, 250_00))


@pytest.mark.parametrize(
    ("qty", "price_c", "refusal"),
    [
        (0, 250_00, QuantityNotPositive),
        (-1, 250_00, QuantityNotPositive),
        (1, 0, AmountNotPositive),
        (2, MAX_CENTS, AmountTooLarge),
        (MAX_CENTS + 1, 1, AmountTooLarge),
    ],
)
def test_a_subscription_that_makes_no_sense_is_refused(qty: int, price_c: int, refusal: Any) -> None:
    Given(ShareAccount, OPENED).when(subscribing(qty, price_c)).then_refused(refusal)


def test_what_was_subscribed_is_paid_in_parts_and_never_exceeded() -> None:
    history = (OPENED, subscribed(2, 250_00), paid(300_00))
    Given(ShareAccount, *history).when(paying(200_00)).then(paid(200_00))
    Given(ShareAccount, *history).when(paying(200_01)).then_refused(ExceedsSubscription, open_c=200_00)
    Given(ShareAccount, *history).when(paying(0)).then_refused(AmountNotPositive)
    Given(ShareAccount, OPENED).when(paying(1)).then_refused(ExceedsSubscription, open_c=0)


def test_only_the_person_who_holds_a_share_pays_for_it() -> None:
    Given(ShareAccount, OPENED, subscribed(1, 250_00)).when(paying(250_00, OTHER_PERSON)).then_refused(
        PayerNotThePerson, payer_id=OTHER_PERSON
    )


def test_never_more_is_allotted_than_was_paid() -> None:
    history = (OPENED, subscribed(3, 250_00), paid(500_00))
    Given(ShareAccount, *history).when(allotting(2)).then(allotted(2, 500_00))
    Given(ShareAccount, *history).when(allotting(3)).then_refused(NotPaidYet, paid_c=500_00, needed_c=750_00)
    Given(ShareAccount, *history, allotted(2, 500_00)).when(allotting(1, first=3)).then_refused(
        NotPaidYet, paid_c=0, needed_c=250_00
    )


def test_never_more_is_allotted_than_was_subscribed() -> None:
    history = (OPENED, subscribed(1, 250_00), paid(250_00))
    Given(ShareAccount, *history).when(allotting(2)).then_refused(ExceedsSubscription, to_allot=1)
    Given(ShareAccount, *history, allotted(1, 250_00)).when(allotting(1)).then_refused(ExceedsSubscription)
    Given(ShareAccount, *history).when(allotting(0)).then_refused(QuantityNotPositive)


def test_shares_are_allotted_in_the_order_and_at_the_price_of_their_subscription() -> None:
    history = (OPENED, subscribed(2, 250_00), subscribed(2, 260_00), paid(1_020_00))
    Given(ShareAccount, *history).when(allotting(3)).then(allotted(3, 760_00))
    Given(ShareAccount, *history, allotted(1, 250_00)).when(allotting(3, first=2)).then(
        allotted(3, 770_00, first=2)
    )


# The register and the bank line


@pytest.mark.parametrize("empty", ["share_class", "statutes_ref"])
def test_a_class_without_name_or_source_is_refused(empty: str) -> None:
    says = {"share_class": "A", "statutes_ref": "statutes art. 6"} | {empty: " "}
    Given(ShareRegister).when(
        lambda _: ShareRegister.open(stamp(), id=ID, entity_id=ENTITY, unavailable=False, **says)
    ).then_refused(EmptyText, field=empty)


def for_shares(amount_c: int, *, despite_reference: bool = False) -> Any:
    return lambda line: line.allocate_to(
        BankLine.AllocatedToShares,
        stamp(),
        document_id=ID,
        amount_c=amount_c,
        unless_referenced=not despite_reference,
    )


def to_shares(amount_c: int) -> Fact:
    return fact(BankLine.AllocatedToShares, entity_id=ENTITY, account_id=ID, amount_c=amount_c)


def test_a_receipt_is_set_against_shares_until_nothing_is_left() -> None:
    Given(BankLine, imported(500_00)).when(for_shares(500_00)).then(to_shares(500_00))
    Given(BankLine, imported(500_00), to_shares(300_00)).when(for_shares(200_01)).then_refused(
        ExceedsLine, left_c=200_00
    )
    Given(BankLine, imported(-500_00)).when(for_shares(1)).then_refused(NotAReceipt)


def test_a_receipt_that_names_an_invoice_goes_to_shares_only_explicitly() -> None:
    Given(BankLine, imported(500_00, OURS)).when(for_shares(1)).then_refused(ReferenceOfAnotherInvoice)
    Given(BankLine, imported(500_00, OURS)).when(for_shares(1, despite_reference=True)).then(to_shares(1))


# The use cases

A_ACCOUNT, B_ACCOUNT = share_account_id(MEMBER, "A"), share_account_id(MEMBER, "B")
OTHER_ACCOUNT = share_account_id(OTHER_MEMBER, "A")


@pytest.fixture
def ledger() -> PaperLedger:
    """The cooperative with two classes of shares and a receipt of 10,000.00."""
    ledger = PaperLedger()
    found(ledger.perform)
    for share_class, unavailable in (("A", False), ("B", True)):
        ledger.perform(
            open_share_class,
            entity_id=ENTITY,
            share_class=share_class,
            unavailable=unavailable,
            statutes_ref="statutes art. 6",
        )
    reported = statement(1, [entry("1", 10_000_00, on=TODAY)], opening_c=OPENING_C, on=TODAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported])
    return ledger


RECEIPT = line_id(ACCOUNT_ID, "2026/1", "1")


def takes(
    ledger: PaperLedger, member: UUID, person: UUID, qty: int, share_class: str = "A", *, on: date = TODAY
) -> None:
    """Subscribe, pay and be allotted so many shares at 250.00."""
    account = share_account_id(member, share_class)
    ledger.perform(
        subscribe_shares, on=on, membership_id=member, share_class=share_class, qty=qty, price_c=250_00
    )
    ledger.perform(
        pay_share_contribution,
        on=on,
        bank_line_id=RECEIPT,
        account_id=account,
        payer_id=person,
        amount_c=qty * 250_00,
    )
    ledger.perform(allot_shares, on=on, account_id=account, qty=qty)


def entered(ledger: PaperLedger) -> list[tuple[int, int, int]]:
    return [
        (each.register_no, each.from_seq, each.to_seq)
        for each in ledger.facts
        if isinstance(each, ShareAccount.Allotted)
    ]


def balances(ledger: PaperLedger) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for each in ledger.facts:
        booked = book(each)
        for line in booked.lines if booked else ():
            sums[line.account] += line.debit_c - line.credit_c
    return {account: sum_c for account, sum_c in sums.items() if sum_c}


def test_register_numbers_run_through_the_entity_and_share_numbers_through_the_class(
    ledger: PaperLedger,
) -> None:
    takes(ledger, MEMBER, PERSON, 3)
    takes(ledger, MEMBER, PERSON, 2, "B")
    with pytest.raises(ExceedsSubscription):
        ledger.perform(allot_shares, account_id=A_ACCOUNT, qty=1)
    takes(ledger, OTHER_MEMBER, OTHER_PERSON, 4, on=date(2026, 2, 1))
    assert entered(ledger) == [(1, 1, 3), (2, 1, 2), (3, 4, 7)]


def test_a_receipt_that_names_an_invoice_pays_for_shares_only_if_it_is_overruled(ledger: PaperLedger) -> None:
    named = entry("2", 250_00, on=TODAY, references=("012600000194",))
    later = statement(2, [named], opening_c=OPENING_C + 10_000_00, on=TODAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[later])
    ledger.perform(subscribe_shares, membership_id=MEMBER, share_class="A", qty=1, price_c=250_00)
    asked: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2026/2", "2"), "account_id": A_ACCOUNT}
    asked |= {"payer_id": PERSON, "amount_c": 250_00}
    with pytest.raises(ReferenceOfAnotherInvoice):
        ledger.perform(pay_share_contribution, **asked)
    ledger.perform(pay_share_contribution, **asked, despite_reference=True)


def test_a_contribution_waits_for_its_allotment_and_then_stands_in_class_11(ledger: PaperLedger) -> None:
    takes(ledger, MEMBER, PERSON, 3)
    takes(ledger, MEMBER, PERSON, 2, "B")
    ledger.perform(subscribe_shares, membership_id=OTHER_MEMBER, share_class="A", qty=1, price_c=250_00)
    ledger.perform(
        pay_share_contribution,
        bank_line_id=RECEIPT,
        account_id=OTHER_ACCOUNT,
        payer_id=OTHER_PERSON,
        amount_c=250_00,
    )
    assert balances(ledger) == {
        chart.BANK: OPENING_C + 10_000_00,
        chart.OPENING_BALANCES: -OPENING_C,
        chart.AWAITING_ALLOCATION: -8_500_00,
        chart.AWAITING_ALLOTMENT: -250_00,
        chart.CONTRIBUTIONS: -750_00,
        chart.CONTRIBUTIONS_UNAVAILABLE: -500_00,
    }


def test_a_share_never_touches_an_activity(ledger: PaperLedger) -> None:
    takes(ledger, MEMBER, PERSON, 3)
    booked = [book(each) for each in ledger.facts]
    lines = [line for each in booked if each and each.journal == "shares" for line in each.lines]
    assert lines
    assert all(line.activity_id is None for line in lines)


def test_an_applicant_subscribes_and_is_allotted_nothing_before_admission(ledger: PaperLedger) -> None:
    person = UUID(int=109)
    applicant = membership_id(ENTITY, person)
    says: dict[str, Any] = {"category": "worker", "name": "N", "address": "", "email": ""}
    ledger.perform(apply_for_membership, entity_id=ENTITY, person_id=person, **says)
    with pytest.raises(NotAMember):
        takes(ledger, applicant, person, 1)
    assert entered(ledger) == []


def test_who_gave_notice_subscribes_no_more_and_is_still_allotted_what_was_paid(
    ledger: PaperLedger,
) -> None:
    ledger.perform(subscribe_shares, membership_id=MEMBER, share_class="A", qty=1, price_c=250_00)
    ledger.perform(
        pay_share_contribution,
        bank_line_id=RECEIPT,
        account_id=A_ACCOUNT,
        payer_id=PERSON,
        amount_c=250_00,
    )
    ledger.perform(resign, membership_id=MEMBER, received_on=TODAY)
    with pytest.raises(AlreadyResigned):
        ledger.perform(subscribe_shares, membership_id=MEMBER, share_class="A", qty=1, price_c=250_00)
    ledger.perform(allot_shares, account_id=A_ACCOUNT, qty=1)
    assert entered(ledger) == [(1, 1, 1)]


def test_a_class_is_opened_once_and_before_it_is_subscribed(ledger: PaperLedger) -> None:
    again: dict[str, Any] = {
        "entity_id": ENTITY,
        "share_class": "A",
        "unavailable": True,
        "statutes_ref": "statutes",
    }
    with pytest.raises(AlreadyExists):
        ledger.perform(open_share_class, **again)
    with pytest.raises(UnknownRecord):
        ledger.perform(subscribe_shares, membership_id=MEMBER, share_class="C", qty=1, price_c=1)


def test_a_receipt_of_another_entity_pays_for_no_share(ledger: PaperLedger) -> None:
    other = entity_id_of("OTHER")
    found_entity(ledger.perform, code="OTHER")
    join(ledger.perform, PERSON, entity_id=other)
    account = "BE29539000000289"
    ledger.perform(
        open_bank_account, on=FOUNDED, entity_id=other, account=account, balance_c=0, balance_on=FOUNDED
    )
    ledger.perform(
        open_share_class, entity_id=other, share_class="A", unavailable=False, statutes_ref="statutes"
    )
    theirs = membership_id(other, PERSON)
    ledger.perform(subscribe_shares, membership_id=theirs, share_class="A", qty=1, price_c=250_00)
    with pytest.raises(OtherEntity):
        ledger.perform(
            pay_share_contribution,
            bank_line_id=RECEIPT,
            account_id=share_account_id(theirs, "A"),
            payer_id=PERSON,
            amount_c=250_00,
        )
