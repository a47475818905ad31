"""What moves inside the group must agree on both sides: of an entity's transfers, and of two entities."""

from __future__ import annotations

from domain.bookkeeping import chart
from projections.agreement import Agreement
from projections.doctor.questions import LINES, of_account

_BILLED = "JOIN {made}.purchase_invoice AS p USING (purchase_id, intercompany_id)"
_INVOICED = "JOIN {made}.receivable AS r USING (invoice_id)"
_OWED = "p.state = 'approved' AND p.order_id IS NULL AND p.less_due_c = 0"
_OPEN = "r.open_c = r.gross_c AND r.doubtful_c = 0"


def _on_account(account: str, document: str, side: str, joined: str, where: str) -> str:
    """Ask what stands on an account for one side of each pair of which nothing was paid or credited."""
    return f"""
        SELECT intercompany_id, sum({side}) AS figure
        FROM {LINES} JOIN {{made}}.intercompany ON {document} = e.document_id {joined}
        WHERE account = '{account}' AND {where} GROUP BY 1
    """  # noqa: S608 - constants of this module


def _of_pairs(joined: str, where: str) -> str:
    return (
        f"SELECT intercompany_id, i.gross_c AS figure FROM {{live}}.intercompany AS i {joined} WHERE {where}"  # noqa: S608 - constants of this module
    )


OF_TRANSFERS = (
    Agreement(
        "what an accepted transfer moves is account 6192 by it, on the side that gives",
        "internal_transfer",
        "amount_c",
        ("transfer_id",),
        of_account(
            chart.INTERNAL_TRANSFERS,
            "document_id AS transfer_id",
            side="debit_c",
            where="document_id IN (SELECT transfer_id FROM {made}.internal_transfer WHERE state = 'accepted')",
        ),
        "SELECT transfer_id, amount_c AS figure FROM {live}.internal_transfer WHERE state = 'accepted'",
    ),
)
OF_PAIRS = (
    Agreement(
        "what one entity invoiced another is what the other was billed",
        "intercompany",
        "gross_c",
        ("intercompany_id",),
        f"SELECT intercompany_id, p.due_c AS figure FROM {{made}}.intercompany {_BILLED} {_INVOICED}",  # noqa: S608 - constants of this module
        "SELECT intercompany_id, gross_c AS figure FROM {live}.intercompany",
    ),
    Agreement(
        "what a seller of the group is owed whole is account 400 by its invoice",
        "intercompany",
        "gross_c",
        ("intercompany_id",),
        _on_account(chart.CUSTOMERS, "invoice_id", "debit_c - credit_c", _INVOICED, _OPEN),
        _of_pairs(_INVOICED, _OPEN),
    ),
    Agreement(
        "what a buyer of the group owes whole is account 440 by its bill",
        "intercompany",
        "gross_c",
        ("intercompany_id",),
        _on_account(chart.SUPPLIERS, "purchase_id", "credit_c - debit_c", _BILLED, _OWED),
        _of_pairs(_BILLED, _OWED),
    ),
)
