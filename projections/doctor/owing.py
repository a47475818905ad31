"""What payees are owed, and owe back, must agree with the accounts of payees, document by document."""

from __future__ import annotations

from domain.aggregates.payment_order import Pays
from domain.bookkeeping import chart
from projections.agreement import Agreement
from projections.doctor.questions import LINES, of_account


def of_document(account: str, pays: Pays, name: str) -> str:
    """Ask for the balance of a payee's account by the document that is owed.

    A payment counts for what it pays, a credit note for its bill, and what is owed back for the document it
    was paid of, or set off against.
    """
    return f"""
        SELECT coalesce(o.document_id, n.purchase_id, s.document_id, d.document_id, e.document_id) AS {name},
            sum(credit_c - debit_c) AS figure
        FROM {LINES}
        LEFT JOIN {{made}}.payment_order AS o ON o.order_id = e.document_id AND o.pays = '{pays}'
        LEFT JOIN {{made}}.purchase_credit_note AS n ON n.credit_note_id = e.document_id
        LEFT JOIN {{made}}.payee_debt AS d ON d.position = journal_line.position
        LEFT JOIN {{made}}.payee_debt_step AS s ON s.position = journal_line.position
            AND s.step IN ('set-off', 'set-off-reversal')
        WHERE account = '{account}' GROUP BY 1
    """  # noqa: S608 - constants of this module


def paid_of(pays: Pays) -> str:
    """Ask for what approved orders pay of each document."""
    return f"""
        SELECT document_id, sum(amount_c) AS paid_c FROM {{made}}.payment_order
        WHERE pays = '{pays}' AND state IN ('approved', 'cleared') GROUP BY 1
    """  # noqa: S608 - constants of this module


OF_PURCHASES = (
    Agreement(
        "what is still owed of a bill is account 440 by it, its credit notes, payments and set-offs",
        "purchase_invoice",
        "less_due_c",
        ("purchase_id",),
        of_document(chart.SUPPLIERS, Pays.PURCHASE, "purchase_id"),
        f"""
        SELECT purchase_id, due_c - less_due_c - coalesce(paid_c, 0) AS figure
        FROM {{live}}.purchase_invoice LEFT JOIN ({paid_of(Pays.PURCHASE)}) AS p ON p.document_id = purchase_id
        WHERE state IN ('approved', 'reversed')
        """,  # noqa: S608 - constants of this module
    ),
    Agreement(
        "what was credited of a bill are its credit notes",
        "purchase_invoice",
        "credited_c",
        ("purchase_id",),
        "SELECT purchase_id, sum(gross_c) AS figure FROM {made}.purchase_credit_note GROUP BY 1",
        "SELECT purchase_id, credited_c AS figure FROM {live}.purchase_invoice",
    ),
)
OF_CLAIMS = (
    Agreement(
        "what a claim is still owed is account 4890 by it, its payments and set-offs",
        "expense_claim",
        "gross_c",
        ("claim_id",),
        of_document(chart.OWED_TO_ENTREPRENEURS, Pays.CLAIM, "claim_id"),
        f"""
        SELECT claim_id, gross_c - less_due_c - coalesce(paid_c, 0) AS figure
        FROM {{live}}.expense_claim LEFT JOIN ({paid_of(Pays.CLAIM)}) AS p ON p.document_id = claim_id
        WHERE state IN ('approved', 'reversed')
        """,  # noqa: S608 - constants of this module
    ),
)
OF_PAYEE_DEBTS = (
    Agreement(
        "what a payee still owes back is account 416 by it",
        "payee_debt",
        "open_c",
        ("debt_id",),
        of_account(
            chart.ADVANCES_AND_DEFICITS,
            "document_id AS debt_id",
            side="debit_c - credit_c",
            where="fund_id IS NULL AND activity_id IS NULL AND journal <> 'cutover'",
        ),
        "SELECT debt_id, open_c AS figure FROM {live}.payee_debt",
    ),
    Agreement(
        "what became of a debt is what was settled of it",
        "payee_debt_step",
        "amount_c",
        ("debt_id",),
        "SELECT debt_id, amount_c - open_c AS figure FROM {made}.payee_debt",
        "SELECT debt_id, sum(amount_c) AS figure FROM {live}.payee_debt_step GROUP BY 1",
    ),
)
