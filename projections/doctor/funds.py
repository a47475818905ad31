"""What the views of the mutual funds must agree on with the journal, and with one another."""

from __future__ import annotations

from domain.bookkeeping import chart
from projections.agreement import Agreement
from projections.doctor.questions import LINES, of_account

OF_FUNDS = (
    Agreement(
        "what a fund was promised are the contributions booked on it",
        "fund_balance",
        "accrued_c",
        ("fund_id",),
        f"""
        SELECT fund_id, sum(credit_c - debit_c) AS figure FROM {LINES}
        WHERE fund_id IS NOT NULL AND journal IN ('contributions', 'brought-forward') GROUP BY 1
        """,  # noqa: S608 - constants of this module
        "SELECT fund_id, accrued_c AS figure FROM {live}.fund_balance",
    ),
    Agreement(
        "what a fund gave and did not get back is booked on it, beside its contributions",
        "fund_balance",
        "given_c",
        ("fund_id",),
        f"""
        SELECT fund_id, sum(debit_c - credit_c) AS figure FROM {LINES}
        WHERE fund_id IS NOT NULL AND journal NOT IN ('contributions', 'brought-forward') GROUP BY 1
        """,  # noqa: S608 - constants of this module
        "SELECT fund_id, given_c - returned_c AS figure FROM {live}.fund_balance",
    ),
    Agreement(
        "what is still to come back to a fund is account 416 on it",
        "fund_balance",
        "outstanding_c",
        ("fund_id",),
        of_account(
            chart.ADVANCES_AND_DEFICITS, "fund_id", side="debit_c - credit_c", where="fund_id IS NOT NULL"
        ),
        "SELECT fund_id, outstanding_c AS figure FROM {live}.fund_balance",
    ),
    Agreement(
        "what a fund has promised is its aid that was decided and not yet paid",
        "fund_balance",
        "promised_c",
        ("fund_id",),
        """
        SELECT fund_id, sum(decided_c) AS figure FROM {made}.fund_aid
        WHERE paid_on IS NULL AND given_up_on IS NULL GROUP BY 1
        """,
        "SELECT fund_id, promised_c AS figure FROM {live}.fund_balance",
    ),
    Agreement(
        "what a fund guarantees are its guarantees that were neither called nor released",
        "fund_balance",
        "guaranteed_c",
        ("fund_id",),
        """
        SELECT fund_id, sum(reserved_c) AS figure FROM {made}.fund_guarantee
        WHERE called_on IS NULL AND released_on IS NULL GROUP BY 1
        """,
        "SELECT fund_id, guaranteed_c AS figure FROM {live}.fund_balance",
    ),
    Agreement(
        "a fund has collected all it was promised of what is paid, and nothing of what is not: losses and years apart",
        "fund_movement",
        "collected_c",
        ("fund_id", "document_id"),
        """
        SELECT fund_id, r.invoice_id AS document_id,
            sum(CASE WHEN open_c = 0 THEN accrued_c ELSE 0 END) AS figure
        FROM {made}.fund_movement LEFT JOIN {made}.credit_note AS n ON n.credit_note_id = document_id
        JOIN {made}.receivable AS r ON r.invoice_id = coalesce(n.invoice_id, document_id)
        WHERE open_c IN (0, r.gross_c - credited_c) AND written_off_c = 0
            AND r.invoice_id NOT IN (SELECT document_id FROM {made}.contribution_base) GROUP BY 1, 2
        """,
        """
        SELECT fund_id, document_id, sum(collected_c) AS figure
        FROM {live}.fund_movement JOIN {made}.receivable ON invoice_id = document_id
        WHERE open_c IN (0, gross_c - credited_c) AND written_off_c = 0
            AND invoice_id NOT IN (SELECT document_id FROM {made}.contribution_base) GROUP BY 1, 2
        """,
    ),
)
OF_AID = (
    Agreement(
        "what is still to come back of an advance is account 416 by its document",
        "fund_aid",
        "repaid_c",
        ("aid_id",),
        of_account(
            chart.ADVANCES_AND_DEFICITS,
            "document_id AS aid_id",
            side="debit_c - credit_c",
            where="fund_id IS NOT NULL",
        ),
        """
        SELECT aid_id, decided_c - repaid_c - written_off_c AS figure FROM {live}.fund_aid
        WHERE outcome = 'lent' AND paid_on IS NOT NULL
        """,
    ),
    Agreement(
        "the instalments of an advance sum to it",
        "fund_aid_instalment",
        "amount_c",
        ("aid_id",),
        "SELECT aid_id, decided_c AS figure FROM {made}.fund_aid WHERE outcome = 'lent'",
        "SELECT aid_id, sum(amount_c) AS figure FROM {live}.fund_aid_instalment GROUP BY 1",
    ),
    Agreement(
        "what was called of a guarantee and not given back is booked on the fund by its document",
        "fund_guarantee",
        "called_c",
        ("guarantee_id",),
        f"""
        SELECT document_id AS guarantee_id, sum(debit_c - credit_c) AS figure FROM {LINES}
        WHERE fund_id IS NOT NULL AND document_id IN (SELECT guarantee_id FROM {{made}}.fund_guarantee) GROUP BY 1
        """,  # noqa: S608 - constants of this module
        "SELECT guarantee_id, called_c - recovered_c AS figure FROM {live}.fund_guarantee",
    ),
)
