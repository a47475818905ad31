"""The grids of the Belgian VAT return: what each fact is declared in.

Different zeros stand in different grids: exempt is not reverse charge, and neither is an export. The
numbers are those of the periodical return (form 625) ◇. A supply of services to the Union by reverse
charge (44) needs a category of its own before it can be told from a domestic one (45); so do purchases
within the Union (86, 88, 55) before they can be told from domestic reverse charge (87, 56). Of what is
bought, supplies stand in 81 and all else in 82; investments (83) are entries of the accountant. Grids 81, 82
and 87 are less what suppliers credited and what was reversed, which stands in 85 once more; the VAT of a
credit note received in 63, that of what is reversed without one, or fell under reverse charge, in 61 and 62.
What a member of a VAT unit buys of another is no more declared than what it sells there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from domain.aggregates.credit_note import CreditNote
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.invoice import Invoice
from domain.aggregates.manual_entry import ManualEntry
from domain.aggregates.purchase_credit_note import PurchaseCreditNote
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.bookkeeping import chart
from domain.spending import ExpenseType
from domain.vat import VatCategory, VatRow

Grids = Mapping[str, int]
"""What a fact adds to each grid, in cents."""

DUE = ("54", "55", "56", "57", "61", "63")
"""The grids of VAT that is owed; their sum is XX of the form."""
DEDUCTIBLE = ("59", "62", "64")
"""The grids of VAT that comes back; their sum is YY of the form."""
TO_PAY, TO_RECOVER = "71", "72"

NAMES: Mapping[str, tuple[str, str, str]] = {
    "00": ("Sales at 0 % or exempt", "Ventes à 0 % ou exemptées", "Verkopen tegen 0 % of vrijgesteld"),
    "01": ("Sales at 6 %", "Ventes à 6 %", "Verkopen tegen 6 %"),
    "02": ("Sales at 12 %", "Ventes à 12 %", "Verkopen tegen 12 %"),
    "03": ("Sales at 21 %", "Ventes à 21 %", "Verkopen tegen 21 %"),
    "45": ("Sales, VAT owed by the client", "Ventes, TVA due par le client", "Verkopen, btw door de klant"),
    "46": ("Supplies within the Union", "Livraisons intracommunautaires", "Intracommunautaire leveringen"),
    "47": ("Exports and other exempt", "Exportations et autres exemptées", "Uitvoer en andere vrijgestelde"),
    "48": (
        "Credit notes within the Union",
        "Notes de crédit intracommunautaires",
        "Creditnota's binnen de Unie",
    ),
    "49": ("Other credit notes issued", "Autres notes de crédit émises", "Andere uitgereikte creditnota's"),
    "54": ("VAT on sales", "TVA sur les ventes", "Btw op verkopen"),
    "56": ("VAT owed on purchases", "TVA due sur des achats", "Btw verschuldigd op aankopen"),
    "59": ("VAT deductible", "TVA déductible", "Aftrekbare btw"),
    "61": ("Corrections owed to the State", "Régularisations dues à l'État", "Regularisaties voor de Staat"),
    "62": ("Corrections in our favour", "Régularisations en notre faveur", "Regularisaties in ons voordeel"),
    "63": (
        "VAT of credit notes received",
        "TVA des notes de crédit reçues",
        "Btw van ontvangen creditnota's",
    ),
    "64": (
        "VAT of credit notes issued",
        "TVA des notes de crédit émises",
        "Btw van uitgereikte creditnota's",
    ),
    "71": ("VAT to pay", "TVA à payer", "Te betalen btw"),
    "72": ("VAT to recover", "TVA à récupérer", "Terug te krijgen btw"),
    "81": ("Supplies bought", "Marchandises et fournitures achetées", "Aangekochte goederen"),
    "82": (
        "Services and other goods bought",
        "Services et biens divers achetés",
        "Aangekochte diensten en diversen",
    ),
    "85": (
        "Credit notes received and corrections",
        "Notes de crédit reçues et corrections",
        "Ontvangen creditnota's en verbeteringen",
    ),
    "87": ("Purchases, VAT owed by us", "Achats, TVA due par nous", "Aankopen, btw door ons verschuldigd"),
}
"""What each grid that is used holds, in English, French and Dutch."""

_BY_RATE: Mapping[int, str] = {600: "01", 1200: "02", 2100: "03"}
_BY_CATEGORY: Mapping[VatCategory, str] = {
    VatCategory.ZERO_RATED: "00",
    VatCategory.EXEMPT: "00",
    VatCategory.REVERSE_CHARGE: "45",
    VatCategory.INTRA_COMMUNITY: "46",
    VatCategory.EXPORT: "47",
}
_CREDITED_ABROAD = "48"
_CREDITED = "49"


def grid_of_sale(row: VatRow) -> str | None:
    """Return the grid of the base of a row of an invoice, none outside the scope of VAT.

    Raises LookupError for a rate without one.
    """
    if row.category is VatCategory.OUTSIDE_SCOPE:
        return None
    if row.category is VatCategory.STANDARD:
        return _BY_RATE[row.rate_bp]
    return _BY_CATEGORY[row.category]


def grid_of_credit(row: VatRow) -> str | None:
    """Return the grid of the base of a row of a credit note: 48 within the Union, else 49; as of a sale."""
    if row.category is VatCategory.OUTSIDE_SCOPE:
        return None
    return _CREDITED_ABROAD if row.category is VatCategory.INTRA_COMMUNITY else _CREDITED


def grids_of(fact: Any) -> Grids:
    """Return what a fact is declared in; nothing for one that declares nothing."""
    rule = _RULES.get(type(fact))
    return {} if rule is None else {grid: amount_c for grid, amount_c in rule(fact).items() if amount_c}


def _of_sale(fact: Invoice.Issued) -> Grids:
    return _of_rows(fact.vat, grid_of_sale, "54")


def _of_credit(fact: CreditNote.Issued) -> Grids:
    return _of_rows(fact.vat, grid_of_credit, "64")


def _of_rows(rows: Iterable[VatRow], grid_of: Callable[[VatRow], str | None], of_vat: str) -> Grids:
    grids: Counter[str] = Counter()
    for row in rows:
        grid = grid_of(row)
        if grid is not None:
            grids[grid] += row.base_c
            grids[of_vat] += row.vat_c
    return grids


def _of_purchase(fact: PurchaseInvoice.Approved) -> Grids:
    """What is bought stands with the VAT that cannot be deducted; under reverse charge we owe the VAT."""
    if fact.outside_scope:
        return {}
    grids = _of_costs(fact.lines)
    if fact.reverse_charge:
        grids["87"] = sum(line.net_c for line in fact.lines)
        grids["56"] = sum(line.vat_c for line in fact.lines)
    return grids


def _of_purchase_credit(fact: PurchaseCreditNote.Event) -> Grids:
    """What was deducted goes back; under reverse charge no VAT stands on the credit note."""
    if fact.outside_scope:
        return {}
    return _less_reverse_charge(fact.lines) if fact.reverse_charge else _less_bought(fact.lines, "63")


def _of_purchase_reversed(fact: PurchaseInvoice.Reversed) -> Grids:
    return _less_reverse_charge(fact.lines) if fact.reverse_charge else _less_bought(fact.lines, "61")


def _less_bought(lines: Iterable[Any], of_vat: str) -> Counter[str]:
    """What was bought is less, and what was deducted of it is owed in that grid."""
    grids: Counter[str] = Counter()
    for line in lines:
        grids["81" if line.type is ExpenseType.SUPPLIES else "82"] -= line.cost_c
        grids["85"] += line.cost_c
        grids[of_vat] += line.vat_deductible_c
    return grids


def _less_reverse_charge(lines: Iterable[Any]) -> Counter[str]:
    """The VAT that we owed comes back too."""
    taken = tuple(lines)
    grids = _less_bought(taken, "61")
    grids["87"] -= sum(line.net_c for line in taken)
    grids["62"] += sum(line.vat_c for line in taken)
    return grids


def _of_claim(fact: ExpenseClaim.Approved) -> Grids:
    return _of_costs(fact.lines)


def _of_claim_reversed(fact: ExpenseClaim.Reversed) -> Grids:
    return _less_bought(fact.lines, "61")


def _of_costs(lines: Iterable[Any]) -> Counter[str]:
    grids: Counter[str] = Counter()
    for line in lines:
        grids["81" if line.type is ExpenseType.SUPPLIES else "82"] += line.cost_c
        grids["59"] += line.vat_deductible_c
    return grids


def _of_reclaim(fact: DoubtfulClaim.VatReclaimed) -> Grids:
    return {"62": fact.vat_c}


def _of_recovery(fact: DoubtfulClaim.RecoveryReceived) -> Grids:
    return {"61": fact.vat_c}


def _of_reversal(fact: DoubtfulClaim.RecoveryReversed) -> Grids:
    """What was due again is not: a regularisation in our favour."""
    return {"62": -fact.vat_c}


def _of_manual_entry(fact: ManualEntry.Posted) -> Grids:
    """A correction by hand: what the State gets more of on either account, or we."""
    grids: Counter[str] = Counter()
    for line in fact.lines:
        if line.account in (chart.VAT_DUE, chart.VAT_DEDUCTIBLE):
            grids["61"] += line.credit_c
            grids["62"] += line.debit_c
    return grids


_RULES: Mapping[type[Any], Callable[[Any], Grids]] = {
    Invoice.Issued: _of_sale,
    CreditNote.Issued: _of_credit,
    PurchaseInvoice.Approved: _of_purchase,
    PurchaseInvoice.Reversed: _of_purchase_reversed,
    PurchaseCreditNote.Received: _of_purchase_credit,
    PurchaseCreditNote.Mirrored: _of_purchase_credit,
    ExpenseClaim.Approved: _of_claim,
    ExpenseClaim.Reversed: _of_claim_reversed,
    DoubtfulClaim.VatReclaimed: _of_reclaim,
    DoubtfulClaim.RecoveryReceived: _of_recovery,
    DoubtfulClaim.RecoveryReversed: _of_reversal,
    ManualEntry.Posted: _of_manual_entry,
}
DECLARED: tuple[type[Any], ...] = tuple(_RULES)
"""The kinds of fact that are declared."""
