"""What dividends must agree on with the journal and with the orders that pay them."""

from __future__ import annotations

from domain.bookkeeping import chart
from domain.bookkeeping.entries import DIVIDENDS, YEAR_END
from projections.agreement import Agreement
from projections.doctor.questions import LINES, of_account

OF_DIVIDENDS = (
    Agreement(
        "what is owed of dividends is account 471: appropriated, less the tax withheld and what is ordered",
        "dividend_balance",
        "withheld_c",
        ("entity_id",),
        of_account(
            chart.DIVIDENDS_PAYABLE,
            "entity_id",
            where=f"journal IN ('{YEAR_END}', '{DIVIDENDS}', 'payments')",
        ),
        """
        SELECT entity_id, sum(figure) AS figure FROM (
            SELECT entity_id, dividend_c AS figure FROM {made}.fiscal_year
            UNION ALL SELECT entity_id, -withheld_c - ordered_c FROM {live}.dividend_balance
        ) AS owed GROUP BY 1
        """,
    ),
    Agreement(
        "what is withheld and ordered of a holder's dividend is account 471 by it and its payments",
        "dividend_balance",
        "ordered_c",
        ("dividend_due_id",),
        f"""
        SELECT coalesce(o.document_id, e.document_id) AS dividend_due_id, sum(debit_c - credit_c) AS figure
        FROM {LINES} LEFT JOIN {{made}}.payment_order AS o ON o.order_id = e.document_id AND o.pays = 'dividend'
        WHERE account = '{chart.DIVIDENDS_PAYABLE}' AND journal IN ('{DIVIDENDS}', 'payments') GROUP BY 1
        """,  # noqa: S608 - constants
        "SELECT dividend_due_id, withheld_c + ordered_c AS figure FROM {live}.dividend_balance",
    ),
    Agreement(
        "the tax on a holder's dividend is account 4532, or 453 of earlier rules, by it",
        "dividend_balance",
        "withheld_c",
        ("dividend_due_id",),
        f"""
        SELECT document_id AS dividend_due_id, sum(credit_c - debit_c) AS figure FROM {LINES}
        WHERE account IN ('{chart.DIVIDEND_TAX}', '{chart.WAGE_TAX}') AND journal = '{DIVIDENDS}' GROUP BY 1
        """,  # noqa: S608 - constants
        "SELECT dividend_due_id, withheld_c AS figure FROM {live}.dividend_balance",
    ),
    Agreement(
        "what is paid of a holder's dividend are its orders that the bank cleared",
        "dividend_balance",
        "paid_c",
        ("dividend_due_id",),
        """
        SELECT document_id AS dividend_due_id, sum(amount_c) AS figure FROM {made}.payment_order
        WHERE pays = 'dividend' AND state = 'cleared' GROUP BY 1
        """,
        "SELECT dividend_due_id, paid_c AS figure FROM {live}.dividend_balance",
    ),
)
