"""What invoices and credit notes must agree on with the journal, with one another and with receipts."""

from __future__ import annotations

from domain.bookkeeping import chart, vat_grids
from projections.agreement import Agreement
from projections.doctor.questions import LINES, of_account

_INVOICE_OF = "LEFT JOIN {made}.credit_note AS n ON n.credit_note_id = document_id"
_OWED = f"('{chart.CUSTOMERS}', '{chart.DOUBTFUL_DEBTORS}')"
_WRITTEN_OFF = f"""
    SELECT document_id AS invoice_id, sum(credit_c - debit_c) AS off_c FROM {LINES}
    WHERE account IN {_OWED} AND (journal = 'doubts' OR account = '{chart.DOUBTFUL_DEBTORS}') GROUP BY 1
"""  # noqa: S608 - constants of this module
_CREDITED = "SELECT invoice_id, sum(gross_c) AS credited_c FROM {made}.credit_note GROUP BY 1"

OF_RECEIVABLES = (
    Agreement(
        "what is open on an invoice are accounts 400 and 407 by its document and its credit notes",
        "receivable",
        "open_c",
        ("invoice_id",),
        f"""
        SELECT coalesce(invoice_id, document_id) AS invoice_id, sum(debit_c - credit_c) AS figure
        FROM {LINES} {_INVOICE_OF} WHERE account IN {_OWED} GROUP BY 1
        """,  # noqa: S608 - constants of this module
        "SELECT invoice_id, open_c AS figure FROM {live}.receivable",
    ),
    Agreement(
        "what is open on an invoice is its total less credit notes, receipts and what was written off",
        "receivable",
        "open_c",
        ("invoice_id",),
        f"""
        SELECT invoice_id, gross_c - coalesce(credited.credited_c, 0) - coalesce(off_c, 0)
            - coalesce(sum(amount_c), 0) AS figure
        FROM {{made}}.receivable LEFT JOIN {{made}}.bank_allocation USING (invoice_id)
        LEFT JOIN ({_CREDITED}) AS credited USING (invoice_id)
        LEFT JOIN ({_WRITTEN_OFF}) AS written_off USING (invoice_id)
        GROUP BY invoice_id, gross_c, credited.credited_c, off_c
        """,  # noqa: S608 - constants of this module
        "SELECT invoice_id, open_c AS figure FROM {live}.receivable",
    ),
    Agreement(
        "what an invoice asks for is account 400 of its sale",
        "receivable",
        "gross_c",
        ("invoice_id",),
        of_account(
            chart.CUSTOMERS,
            "document_id AS invoice_id",
            side="debit_c - credit_c",
            where="journal IN ('sales', 'cutover')",
        ),
        "SELECT invoice_id, gross_c AS figure FROM {live}.receivable",
    ),
    Agreement(
        "the VAT of an invoice is account 451 of its sale",
        "receivable",
        "vat_c",
        ("invoice_id",),
        of_account(chart.VAT_DUE, "document_id AS invoice_id", where="journal = 'sales'"),
        """
        SELECT invoice_id, vat_c AS figure FROM {live}.receivable
        WHERE invoice_id NOT IN (SELECT document_id FROM {made}.journal_entry WHERE journal = 'cutover')
        """,
    ),
    Agreement(
        "what was credited of an invoice are its credit notes",
        "receivable",
        "credited_c",
        ("invoice_id",),
        f"SELECT invoice_id, credited_c AS figure FROM ({_CREDITED}) AS credited",  # noqa: S608 - as above
        "SELECT invoice_id, credited_c AS figure FROM {live}.receivable",
    ),
    Agreement(
        "what is doubtful of an invoice is account 407 by its document",
        "receivable",
        "doubtful_c",
        ("invoice_id",),
        of_account(chart.DOUBTFUL_DEBTORS, "document_id AS invoice_id", side="debit_c - credit_c"),
        "SELECT invoice_id, doubtful_c AS figure FROM {live}.receivable",
    ),
    Agreement(
        "what was adjusted on an invoice is account 409 by its document",
        "receivable",
        "adjusted_c",
        ("invoice_id",),
        of_account(chart.CUSTOMERS_ADJUSTED, "document_id AS invoice_id"),
        "SELECT invoice_id, adjusted_c AS figure FROM {live}.receivable",
    ),
    Agreement(
        "what clients owe an activity are accounts 400 and 407 on it",
        "receivable",
        "open_c",
        ("activity_id",),
        f"""
        SELECT activity_id, sum(debit_c - credit_c) AS figure FROM {LINES}
        WHERE account IN {_OWED} GROUP BY 1
        """,  # noqa: S608 - constants of this module
        "SELECT activity_id, sum(open_c) AS figure FROM {live}.receivable GROUP BY 1",
    ),
)
OF_CREDIT_NOTES = (
    Agreement(
        "what a credit note takes back is account 400 of its entry",
        "credit_note",
        "gross_c",
        ("credit_note_id",),
        of_account(chart.CUSTOMERS, "document_id AS credit_note_id", where="journal = 'credit-notes'"),
        "SELECT credit_note_id, gross_c AS figure FROM {live}.credit_note",
    ),
    Agreement(
        "the VAT of a credit note is account 451 of its entry",
        "credit_note",
        "vat_c",
        ("credit_note_id",),
        of_account(
            chart.VAT_DUE,
            "document_id AS credit_note_id",
            side="debit_c - credit_c",
            where="journal = 'credit-notes'",
        ),
        "SELECT credit_note_id, vat_c AS figure FROM {live}.credit_note",
    ),
    Agreement(
        "the VAT rows of a credit note add up to it",
        "credit_note_vat",
        "vat_c",
        ("credit_note_id",),
        "SELECT credit_note_id, vat_c AS figure FROM {made}.credit_note",
        "SELECT credit_note_id, sum(vat_c) AS figure FROM {live}.credit_note_vat GROUP BY 1",
    ),
)
_VAT_ACCOUNTS = f"('{chart.VAT_DUE}', '{chart.VAT_DEDUCTIBLE}')"
_OWED_GRIDS, _DEDUCTIBLE_GRIDS = (
    ", ".join(f"'{grid}'" for grid in grids) for grids in (vat_grids.DUE, vat_grids.DEDUCTIBLE)
)
OF_VAT_RETURN = (
    Agreement(
        "what a fact makes the State owed by its grids are accounts 451 and 411 of its entry",
        "vat_movement",
        "amount_c",
        ("position",),
        f"""
        SELECT position, sum(credit_c - debit_c) AS figure FROM {LINES}
        WHERE account IN {_VAT_ACCOUNTS}
            AND journal NOT IN ('declarations', 'payments', 'cutover', 'brought-forward')
        GROUP BY 1
        """,  # noqa: S608 - constants of this module
        f"""
        SELECT position, sum(CASE WHEN grid IN ({_OWED_GRIDS}) THEN amount_c
            WHEN grid IN ({_DEDUCTIBLE_GRIDS}) THEN -amount_c ELSE 0 END) AS figure
        FROM {{live}}.vat_movement GROUP BY 1
        """,  # noqa: S608 - constants of this module
    ),
)
OF_QUOTATIONS = (
    Agreement(
        "what is invoiced of an order are its invoices less their credit notes, net of VAT",
        "quotation",
        "invoiced_c",
        ("quotation_id",),
        """
        SELECT quotation_id, sum(net_c - coalesce(credited_net_c, 0)) AS figure
        FROM {made}.quotation_invoice JOIN {made}.receivable USING (invoice_id) LEFT JOIN (
            SELECT invoice_id, sum(net_c) AS credited_net_c FROM {made}.credit_note GROUP BY 1
        ) AS credited USING (invoice_id)
        GROUP BY 1
        """,
        "SELECT quotation_id, invoiced_c AS figure FROM {live}.quotation",
    ),
    Agreement(
        "what is offered are the lines that were said last",
        "quotation",
        "net_c",
        ("quotation_id",),
        """
        SELECT quotation_id, sum(l.net_c) AS figure
        FROM {made}.quotation JOIN {made}.quotation_line AS l USING (said_at) GROUP BY 1
        """,
        "SELECT quotation_id, net_c AS figure FROM {live}.quotation",
    ),
)
OF_LATE_PAYMENTS = (
    Agreement(
        "the interest that late payers paid is account 751 by their claim",
        "late_claim",
        "paid_interest_c",
        ("claim_id",),
        of_account(chart.LATE_INTEREST, "document_id AS claim_id", where="journal = 'bank'"),
        "SELECT claim_id, paid_interest_c AS figure FROM {live}.late_claim",
    ),
    Agreement(
        "the costs that late payers paid are account 745 by their claim",
        "late_claim",
        "paid_costs_c",
        ("claim_id",),
        of_account(chart.LATE_PAYMENT_COSTS, "document_id AS claim_id", where="journal = 'bank'"),
        "SELECT claim_id, paid_costs_c AS figure FROM {live}.late_claim",
    ),
)
