"""What the views must agree on with the journal, and with one another: the accounts seen twice.

The expected side is always read from tables made anew from the log, so that an altered row shows in
its own view only; what a rule makes wrong in both shows here, where another rule made the other side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.aggregates.payment_order import Pays
from domain.bookkeeping import chart
from projections.activity_balances import ACTIVITY_BALANCES
from projections.agreement import Agreement
from projections.bank_lines import BANK_LINES
from projections.credit_notes import CREDIT_NOTES
from projections.deficits import DEFICITS
from projections.dividends import DIVIDENDS
from projections.doctor.dividends import OF_DIVIDENDS
from projections.doctor.funds import OF_AID, OF_FUNDS
from projections.doctor.group import OF_PAIRS, OF_TRANSFERS
from projections.doctor.owing import OF_CLAIMS, OF_PAYEE_DEBTS, OF_PURCHASES
from projections.doctor.patronage import OF_PATRONAGE
from projections.doctor.questions import LINES, of_account
from projections.doctor.sales import (
    OF_CREDIT_NOTES,
    OF_LATE_PAYMENTS,
    OF_QUOTATIONS,
    OF_RECEIVABLES,
    OF_VAT_RETURN,
)
from projections.fund_aid import FUND_AID
from projections.fund_balances import FUND_BALANCES
from projections.intercompany import INTERCOMPANY
from projections.internal_transfers import INTERNAL_TRANSFERS
from projections.journal import JOURNAL
from projections.late_payments import LATE_PAYMENTS
from projections.outgoings import OUTGOINGS
from projections.patronage import PATRONAGE
from projections.payee_debts import PAYEE_DEBTS
from projections.purchases import PURCHASE_BOOK
from projections.quotations import QUOTATIONS
from projections.receivables import RECEIVABLES
from projections.share_register import SHARE_REGISTER
from projections.vat_return import VAT_RETURN
from projections.withdrawals import WITHDRAWALS

_RESULT = "left(account, 1) IN ('6', '7')"


def _of_orders(account: str, pays: Pays, name: str) -> str:
    """Ask for the balance of an account by document, that of a payment counting for what it pays."""
    return f"""
        SELECT coalesce(o.document_id, e.document_id) AS {name}, sum(credit_c - debit_c) AS figure
        FROM {LINES} LEFT JOIN {{made}}.payment_order AS o ON o.order_id = e.document_id AND o.pays = '{pays}'
        WHERE account = '{account}' GROUP BY 1
    """  # noqa: S608 - constants of this module


OF_JOURNAL = (
    Agreement(
        "the debits of every entry are its credits, in every entity",
        "journal_line",
        "debit_c",
        ("position", "rule_version", "entity_id"),
        "SELECT position, rule_version, entity_id, sum(credit_c) AS figure FROM {live}.journal_line GROUP BY 1, 2, 3",
        "SELECT position, rule_version, entity_id, sum(debit_c) AS figure FROM {live}.journal_line GROUP BY 1, 2, 3",
    ),
    Agreement(
        "the debits of the trial balance are its credits, in every entity",
        "account_balance",
        "debit_c",
        ("entity_id",),
        "SELECT entity_id, sum(credit_c) AS figure FROM {live}.account_balance GROUP BY 1",
        "SELECT entity_id, sum(debit_c) AS figure FROM {live}.account_balance GROUP BY 1",
    ),
)
OF_ACTIVITIES = (
    Agreement(
        "the result of an activity is classes 7 and 6 on it",
        "activity_balance",
        "result_c",
        ("activity_id", "entity_id"),
        f"""
        SELECT activity_id, entity_id, sum(credit_c - debit_c) AS figure FROM {{made}}.journal_line
        WHERE activity_id IS NOT NULL AND {_RESULT} GROUP BY 1, 2
        """,  # noqa: S608 - constants of this module
        "SELECT activity_id, entity_id, result_c AS figure FROM {live}.activity_balance",
    ),
    Agreement(
        "what a fact adds to the result of an activity is classes 7 and 6 of its entry",
        "activity_movement",
        "result_c",
        ("activity_id", "position"),
        f"""
        SELECT activity_id, position, sum(credit_c - debit_c) AS figure FROM {{made}}.journal_line
        WHERE activity_id IS NOT NULL AND {_RESULT} GROUP BY 1, 2
        """,  # noqa: S608 - constants of this module
        "SELECT activity_id, position, result_c AS figure FROM {live}.activity_movement",
    ),
    Agreement(
        "what an activity has promised are its waiting claims, wages and transfers and its open advances",
        "activity_balance",
        "committed_c",
        ("activity_id",),
        """
        SELECT activity_id, sum(amount_c) AS figure FROM (
            SELECT activity_id, cost_c AS amount_c FROM {made}.expense_claim WHERE state = 'submitted'
            UNION ALL SELECT activity_id, budget_c FROM {made}.checked_payroll WHERE waits
            UNION ALL SELECT activity_id, decided_c - repaid_c - written_off_c FROM {made}.fund_aid
            WHERE outcome = 'lent' AND paid_on IS NOT NULL
            UNION ALL SELECT from_activity_id, amount_c FROM {made}.internal_transfer
            WHERE state = 'proposed' AND from_activity_id IS NOT NULL
        ) AS promised GROUP BY 1
        """,
        "SELECT activity_id, committed_c AS figure FROM {live}.activity_balance",
    ),
    Agreement(
        "the cooperative's own result is classes 7 and 6 on no activity and no fund, a year's end and old books apart",
        "cooperative_result",
        "result_c",
        ("entity_id",),
        f"""
        SELECT entity_id, sum(credit_c - debit_c) AS figure FROM {LINES}
        WHERE activity_id IS NULL AND fund_id IS NULL AND journal NOT IN ('year-end', 'brought-forward') AND {_RESULT} GROUP BY 1
        """,  # noqa: S608 - constants of this module
        "SELECT entity_id, result_c AS figure FROM {live}.cooperative_result",
    ),
)
OF_SHARES = (
    Agreement(
        "what was paid and not yet allotted is account 4891 by share account",
        "share_balance",
        "paid_c",
        ("account_id",),
        of_account(chart.AWAITING_ALLOTMENT, "document_id AS account_id"),
        "SELECT account_id, paid_c - allotted_c AS figure FROM {live}.share_balance",
    ),
    Agreement(
        "what was contributed for the shares that are held is class 11",
        "share_balance",
        "held_c",
        ("entity_id", "account"),
        f"""
        SELECT entity_id, account, sum(credit_c - debit_c) AS figure FROM {{made}}.journal_line
        WHERE account IN ('{chart.CONTRIBUTIONS}', '{chart.CONTRIBUTIONS_UNAVAILABLE}') GROUP BY 1, 2
        """,  # noqa: S608 - constants of this module
        f"""
        SELECT b.entity_id, sum(held_c) AS figure,
            CASE WHEN unavailable THEN '{chart.CONTRIBUTIONS_UNAVAILABLE}' ELSE '{chart.CONTRIBUTIONS}' END AS account
        FROM {{live}}.share_balance AS b
        JOIN {{made}}.share_account USING (account_id)
        JOIN {{made}}.share_class AS c ON c.entity_id = b.entity_id AND c.share_class = share_account.share_class
        GROUP BY b.entity_id, unavailable
        """,  # noqa: S608 - constants of this module
    ),
    Agreement(
        "the shares an account holds are its entries in the register",
        "share_balance",
        "held",
        ("account_id",),
        """
        SELECT account_id, sum(
            CASE WHEN kind IN ('allotted', 'transferred-in', 'converted-in', 'taken-over') THEN qty ELSE -qty END
        ) AS figure FROM {made}.share_entry GROUP BY 1
        """,
        "SELECT account_id, held AS figure FROM {live}.share_balance",
    ),
)
OF_WITHDRAWALS = (
    Agreement(
        "what is owed for shares that ended, and not yet ordered to be paid, is account 4892",
        "withdrawal_balance",
        "owed_c",
        ("entity_id",),
        of_account(chart.WITHDRAWAL_SHARES, "entity_id"),
        """
        SELECT entity_id, sum(figure) AS figure FROM (
            SELECT entity_id, owed_c - ordered_c AS figure FROM {live}.withdrawal_balance
            UNION ALL SELECT entity_id, amount_c FROM {made}.share_entry
            WHERE kind = 'cancelled' AND account_id NOT IN (SELECT account_id FROM {made}.withdrawal_share)
        ) AS owed GROUP BY 1
        """,
    ),
)
OF_DEFICITS = (
    Agreement(
        "what is still owed of a deficit is account 416 by it, on its activity",
        "deficit",
        "open_c",
        ("deficit_id", "activity_id"),
        f"""
        SELECT document_id AS deficit_id, activity_id, sum(debit_c - credit_c) AS figure FROM {LINES}
        WHERE account = '{chart.ADVANCES_AND_DEFICITS}' AND activity_id IS NOT NULL GROUP BY 1, 2
        """,  # noqa: S608 - constants of this module
        "SELECT deficit_id, activity_id, open_c AS figure FROM {live}.deficit",
    ),
    Agreement(
        "what was given up of a deficit, less what came of it since, is accounts 643 and 746 by it",
        "deficit",
        "lost_c",
        ("deficit_id",),
        f"""
        SELECT document_id AS deficit_id, sum(debit_c - credit_c) AS figure FROM {LINES}
        WHERE account IN ('{chart.DEFICITS_GIVEN_UP}', '{chart.DEFICITS_RECOVERED}')
        AND journal IN ('bank', 'deficits') GROUP BY 1
        """,  # noqa: S608 - constants of this module
        "SELECT deficit_id, lost_c AS figure FROM {live}.deficit",
    ),
)
OF_BANK = (
    Agreement(
        "what is left to explain of the bank lines is account 499",
        "bank_line",
        "left_c",
        ("entity_id",),
        of_account(chart.AWAITING_ALLOCATION, "entity_id"),
        "SELECT entity_id, sum(left_c) AS figure FROM {live}.bank_line GROUP BY 1",
    ),
    Agreement(
        "the amount of a bank line is account 550 by its document",
        "bank_line",
        "amount_c",
        ("line_id",),
        of_account(
            chart.BANK,
            "document_id AS line_id",
            side="debit_c - credit_c",
            where="document_id NOT IN (SELECT account_id FROM {made}.bank_account)",
        ),
        "SELECT line_id, amount_c AS figure FROM {live}.bank_line",
    ),
    Agreement(
        "the last statement of a bank account closes at account 550",
        "bank_statement",
        "closing_c",
        ("account_id",),
        f"""
        SELECT account_id, sum(debit_c - credit_c) AS figure
        FROM {LINES} JOIN (
            SELECT line_id AS document_id, account_id FROM {{made}}.bank_line
            UNION ALL SELECT account_id, account_id FROM {{made}}.bank_account
        ) AS documents USING (document_id)
        WHERE account = '{chart.BANK}' AND account_id IN (SELECT account_id FROM {{made}}.bank_statement)
        GROUP BY 1
        """,  # noqa: S608 - constants of this module
        """
        SELECT DISTINCT ON (account_id) account_id, closing_c AS figure FROM {live}.bank_statement
        ORDER BY account_id, position DESC
        """,
    ),
    Agreement(
        "what is held of a receipt is account 4894 by it and its refunds",
        "bank_overpayment",
        "amount_c",
        ("line_id",),
        _of_orders(chart.OVERPAYMENTS_HELD, Pays.REFUND, "line_id"),
        "SELECT line_id, sum(amount_c) AS figure FROM {live}.bank_overpayment GROUP BY 1",
    ),
)
OF_OUTGOINGS = (
    *OF_CLAIMS,
    Agreement(
        "what is paid of a wage is account 455 by its payments",
        "payment_order",
        "amount_c",
        ("order_id",),
        of_account(
            chart.WAGES_DUE,
            "document_id AS order_id",
            side="debit_c - credit_c",
            where="journal = 'payments'",
        ),
        """
        SELECT order_id, amount_c AS figure FROM {live}.payment_order
        WHERE pays = 'wage' AND state IN ('approved', 'cleared')
        """,
    ),
    Agreement(
        "what is owed of wages is account 455 by slip and payment",
        "payment_order",
        "amount_c",
        ("entity_id",),
        of_account(chart.WAGES_DUE, "entity_id"),
        """
        SELECT entity_id, sum(amount_c) AS figure FROM (
            SELECT entity_id, net_c - CASE director_c WHEN 0 THEN less_c ELSE 0 END AS amount_c
            FROM {made}.checked_payroll
            UNION ALL SELECT entity_id, -amount_c FROM {live}.payment_order
            WHERE pays = 'wage' AND state IN ('approved', 'cleared')
        ) AS owed GROUP BY 1
        """,
    ),
    Agreement(
        "what is owed of directors' pay is account 4893 by statement and payment",
        "payment_order",
        "amount_c",
        ("entity_id",),
        of_account(chart.DIRECTOR_PAY_DUE, "entity_id"),
        """
        SELECT entity_id, sum(amount_c) AS figure FROM (
            SELECT entity_id, CASE director_c WHEN 0 THEN 0 ELSE director_c - less_c END AS amount_c
            FROM {made}.checked_payroll
            UNION ALL SELECT entity_id, -amount_c FROM {live}.payment_order
            WHERE pays = 'director-pay' AND state IN ('approved', 'cleared')
        ) AS owed GROUP BY 1
        """,
    ),
    Agreement(
        "the approved payments that the bank has not made are account 580",
        "payment_order",
        "amount_c",
        ("entity_id",),
        of_account(chart.IN_TRANSIT, "entity_id"),
        "SELECT entity_id, sum(amount_c) AS figure FROM {live}.payment_order WHERE state = 'approved' GROUP BY 1",
    ),
)
ACROSS_VIEWS: Mapping[str, Sequence[Agreement]] = {
    JOURNAL.name: OF_JOURNAL,
    RECEIVABLES.name: OF_RECEIVABLES,
    CREDIT_NOTES.name: OF_CREDIT_NOTES,
    VAT_RETURN.name: OF_VAT_RETURN,
    QUOTATIONS.name: OF_QUOTATIONS,
    LATE_PAYMENTS.name: OF_LATE_PAYMENTS,
    ACTIVITY_BALANCES.name: OF_ACTIVITIES,
    FUND_BALANCES.name: OF_FUNDS,
    FUND_AID.name: OF_AID,
    SHARE_REGISTER.name: OF_SHARES,
    WITHDRAWALS.name: OF_WITHDRAWALS,
    DIVIDENDS.name: OF_DIVIDENDS,
    PATRONAGE.name: OF_PATRONAGE,
    DEFICITS.name: OF_DEFICITS,
    INTERNAL_TRANSFERS.name: OF_TRANSFERS,
    INTERCOMPANY.name: OF_PAIRS,
    BANK_LINES.name: OF_BANK,
    OUTGOINGS.name: OF_OUTGOINGS,
    PURCHASE_BOOK.name: OF_PURCHASES,
    PAYEE_DEBTS.name: OF_PAYEE_DEBTS,
}
"""By the read model whose figures they check."""
