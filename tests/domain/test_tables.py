"""Tables that are read, not reckoned: parameters, accounts, grids, and the words that facts are stored in."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from types import ModuleType
from typing import Any

import pytest

import domain
from domain.aggregates.payment_order import Pays
from domain.errors import InvalidParameter
from domain.governance.rolls import EntryReason
from domain.ledger.presets import BELGIAN_COOPERATIVE, require_parameter
from domain.vat import VatCategory
from tests import accounts_page, parameters_page

PAGES: tuple[ModuleType, ...] = (accounts_page, parameters_page)

NAMED_OTHERWISE: dict[Enum, str] = {
    # The codes of EN 16931 (UNCL 5305), as invoices bear them.
    VatCategory.STANDARD: "S",
    VatCategory.ZERO_RATED: "Z",
    VatCategory.EXEMPT: "E",
    VatCategory.REVERSE_CHARGE: "AE",
    VatCategory.INTRA_COMMUNITY: "K",
    VatCategory.EXPORT: "G",
    VatCategory.OUTSIDE_SCOPE: "O",
    # The documents that are paid, by the names of their topics.
    Pays.CLAIM: "expense-claim",
    Pays.PURCHASE: "purchase-invoice",
    Pays.WITHDRAWAL: "withdrawal-share",
    EntryReason.NONE: "",
}


@pytest.mark.parametrize("of", PAGES, ids=lambda of: str(of.PAGE.name))
def test_the_page_says_what_the_table_says(of: ModuleType) -> None:
    assert of.PAGE.read_text(encoding="utf-8") == of.page(), f"write it anew: python -m {of.__name__}"


def modules() -> list[ModuleType]:
    """Every module of the domain."""
    names = [each.name for each in pkgutil.walk_packages(domain.__path__, "domain.")]
    return [importlib.import_module(name) for name in names]


def words() -> list[type[Enum]]:
    """Every enumeration of the domain."""
    return [
        kind
        for module in modules()
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Enum) and kind.__module__ == module.__name__
    ]


@pytest.mark.parametrize("kind", words(), ids=lambda kind: str(kind.__name__))
def test_a_word_is_stored_and_told_in_small_letters_with_hyphens(kind: type[Enum]) -> None:
    """Facts of years ago, the API and the auditor's copy all hold these words: a rename would orphan them."""
    for each in kind:
        assert each.value == NAMED_OTHERWISE.get(each, each.name.lower().replace("_", "-"))


def test_every_parameter_is_readable_as_it_is_at_first() -> None:
    for name, value, _ in BELGIAN_COOPERATIVE:
        require_parameter(name, value)


READABLE = {
    "invoice.payment-term-days": "0 7 30 60 120",
    "vat.rates-bp": "0 2100 0,600,1200,2100",
    "resignation.window-last-month": "1 6 9 10 11 12",
    "resignation.effect-month": "1 6 9 10 11 12",
    "resignation.founders-from-financial-year": "1 3 9",
    "membership.at-least": "1 3 20 100",
    "accounts.body": "assembly elsewhere",
    "contribution.body": "assembly board",
    "exclusion.body": "assembly board",
    "exclusion.answer-months": "0 1 9 10 11 12",
    "exclusion.notice-days": "0 15 100",
    "assembly.notice-days": "0 15 100",
    "assembly.proxies-per-holder": "0 1 1000",
    "payee.waiting-days": "0 3 30",
    "reminder.first-after-days": "1 7 100",
    "reminder.interval-days": "1 14 100",
    "reminder.most": "0 3 10",
    "withdrawal-share.basis": "paid-in net-asset",
    "withdrawal-share.term-months": "0 1 12",
    "distribution.test-valid-days": "0 60 100",
    "cooperative.approved-regimes": "none nrc-cnc social-enterprise nrc-cnc,social-enterprise",
    "dividend.cap-bp": "0 600 10000",
    "dividend.withholding-bp": "0 3000",
    "patronage.basis": "contribution turnover",
    "activity.overdraft-c": "0 500000",
    "activity.at-risk-after-days": "0 60 100",
    "wage.set-off-limit-bp": "0 2000 10000",
    "late-interest.reference-rates-bp": "2024-01-01=450 2024-01-01=450,2024-07-01=425",
    "late-interest.margin-bp": "0 800",
    "late-interest.rounded-up-to-bp": "1 50",
    "late-interest.days-in-year": "360 365 366",
    "late-payment.flat-c": "0 4000",
    "late-payment.earned-by": "activity cooperative",
    "consumer-debt.clause": "none interest flat interest,flat",
    "consumer-debt.free-reminders": "1 2",
    "consumer-debt.reminder-fee-most-c": "0 750",
    "consumer-debt.term-days": "1 14 100",
    "consumer-debt.post-working-days": "0 3",
    "consumer-debt.interest-from": "term reminder",
    "consumer-debt.flat-tiers": "*=0+0 15000=2000+0,*=6500+500",
    "consumer-debt.flat-most-c": "0 200000",
}
UNREADABLE = {
    "invoice.payment-term-days": "-1 1000 thirty 30.5",
    "vat.rates-bp": "21% 2100, ,2100 21000",
    "resignation.window-last-month": "0 13 06",
    "resignation.effect-month": "0 13 06",
    "resignation.founders-from-financial-year": "0 10",
    "membership.at-least": "-3 1000",
    "accounts.body": "board",
    "contribution.body": "elsewhere",
    "exclusion.body": "elsewhere",
    "exclusion.answer-months": "13 -1",
    "exclusion.notice-days": "1000 -1",
    "assembly.notice-days": "1000 -1",
    "assembly.proxies-per-holder": "10000 -1",
    "payee.waiting-days": "100 -1",
    "reminder.first-after-days": "0 1000",
    "reminder.interval-days": "0 1000",
    "reminder.most": "100 -1",
    "withdrawal-share.basis": "nominal",
    "withdrawal-share.term-months": "100 -1",
    "distribution.test-valid-days": "1000 -1",
    "cooperative.approved-regimes": "social-enterprise,nrc-cnc both",
    "dividend.cap-bp": "6% -1",
    "dividend.withholding-bp": "10000 30%",
    "patronage.basis": "result",
    "activity.overdraft-c": "-1 1.50",
    "activity.at-risk-after-days": "1000 -1",
    "wage.set-off-limit-bp": "10001 -1",
    "late-interest.reference-rates-bp": "2024-02-01=450 2024-01-01=4.5 2024-01-01=450,",
    "late-interest.margin-bp": "-1 10000",
    "late-interest.rounded-up-to-bp": "0 10000",
    "late-interest.days-in-year": "364",
    "late-payment.flat-c": "40.00",
    "late-payment.earned-by": "fund",
    "consumer-debt.clause": "flat,interest",
    "consumer-debt.free-reminders": "0 10",
    "consumer-debt.reminder-fee-most-c": "7.50",
    "consumer-debt.term-days": "0 1000",
    "consumer-debt.post-working-days": "10",
    "consumer-debt.interest-from": "invoice",
    "consumer-debt.flat-tiers": "15000=2000+0 *=6500",
    "consumer-debt.flat-most-c": "-1",
}


def test_every_parameter_but_the_name_of_a_vat_unit_is_read_by_a_form_of_its_own() -> None:
    names = {name for name, _, _ in BELGIAN_COOPERATIVE}
    assert set(READABLE) == set(UNREADABLE) == names - {"vat.unit"}
    require_parameter("vat.unit", "BE0999999922")


@pytest.mark.parametrize("name", READABLE)
def test_a_parameter_is_set_to_what_a_rule_can_read_and_to_nothing_else(name: str) -> None:
    for value in READABLE[name].split():
        require_parameter(name, value)
    for value in UNREADABLE[name].split():
        with pytest.raises(InvalidParameter):
            require_parameter(name, value)


UNSAID = {
    # An assembly is a first convening unless it names the one before; a membership a person's first.
    "Assembly.Convened.convening_no": 1,
    "membership_id.nth": 1,
    # Of a rule that says nothing: one proxy a holder, votes in advance; a second meeting as the law has it.
    "Provisions.advance_votes": True,
    "Proxies.most": 1,
    "Proxies.one_in": 1,
    "SecondConvening.notice_days": 15,
    # The buyer deducts all of the VAT.
    "invoice_within_group.deductible_bp": 10_000,
    "_settled.journal": "deficits",
    "Refusal.says.lang": "en",
    "Refusal.sentence.lang": "en",
}
PLAIN_KINDS = (bool, int, str, tuple, frozenset)


def defaults(holder: Any, module: str) -> Iterator[tuple[str, object]]:
    """What the fields and arguments below a class or module are where nothing is said, by their names."""
    for each in vars(holder).values():
        plain = each.__func__ if isinstance(each, classmethod | staticmethod) else each
        if getattr(plain, "__module__", None) != module:
            continue
        if inspect.isfunction(plain) and plain.__code__.co_filename != "<string>":
            for name, argument in inspect.signature(plain).parameters.items():
                yield f"{plain.__qualname__}.{name}", argument.default
        elif isinstance(plain, type):
            for said in fields(plain) if is_dataclass(plain) else ():
                yield f"{plain.__qualname__}.{said.name}", said.default
            yield from defaults(plain, module)


def test_what_is_not_said_is_nothing() -> None:
    """A field added to a fact later reads as nothing in facts of before; so does an argument left out."""
    found = dict(each for module in modules() for each in defaults(module, module.__name__))
    said = {name: value for name, value in found.items() if type(value) in PLAIN_KINDS and value}
    assert said == UNSAID
    assert len(found) > len(said) + 100
