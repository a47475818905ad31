"""What patronage refunds must agree on with the journal, and with what activities contributed by it."""

from __future__ import annotations

from domain.bookkeeping import chart
from domain.bookkeeping.entries import BROUGHT_FORWARD, CUTOVER, PATRONAGE
from projections.agreement import Agreement
from projections.doctor.questions import LINES, of_account
from projections.patronage import BASES

_CONTRIBUTED = " ".join(
    f"WHEN p.basis = '{basis}' AND l.account = '{account}' THEN {sign} * (l.debit_c - l.credit_c)"
    for basis, (account, sign) in BASES.items()
)

OF_PATRONAGE = (
    Agreement(
        "what is owed of patronage refunds is account 473: appropriated, less what activities were given",
        "patronage_given",
        "amount_c",
        ("entity_id",),
        of_account(chart.PATRONAGE_PAYABLE, "entity_id"),
        """
        SELECT entity_id, sum(figure) AS figure FROM (
            SELECT entity_id, amount_c AS figure FROM {live}.patronage_owed
            UNION ALL SELECT entity_id, -amount_c FROM {live}.patronage_given
        ) AS owed GROUP BY 1
        """,
    ),
    Agreement(
        "what an activity is given of a patronage refund is account 747 by both",
        "patronage_given",
        "amount_c",
        ("patronage_id", "activity_id"),
        f"""
        SELECT document_id AS patronage_id, activity_id, sum(credit_c - debit_c) AS figure FROM {LINES}
        WHERE account = '{chart.PATRONAGE_RECEIVED}' AND journal = '{PATRONAGE}' GROUP BY 1, 2
        """,  # noqa: S608 - constants
        "SELECT patronage_id, activity_id, amount_c AS figure FROM {live}.patronage_given",
    ),
    Agreement(
        "the parts of a patronage refund add up to what was appropriated",
        "patronage_part",
        "amount_c",
        ("patronage_id",),
        """
        SELECT patronage_id, amount_c AS figure FROM {made}.patronage_owed
        WHERE patronage_id IN (SELECT patronage_id FROM {made}.patronage_part)
        """,
        "SELECT patronage_id, sum(amount_c) AS figure FROM {live}.patronage_part GROUP BY 1",
    ),
    Agreement(
        "what an activity contributed to a patronage refund is what the journal of its year says",
        "patronage_part",
        "contributed_c",
        ("patronage_id", "activity_id"),
        f"""
        SELECT p.patronage_id, p.activity_id, sum(CASE {_CONTRIBUTED} ELSE 0 END) AS figure
        FROM (SELECT patronage_id, activity_id, basis, basis_position FROM {{made}}.patronage_part) AS p
        JOIN (SELECT patronage_id, year_id FROM {{made}}.patronage_owed) AS o USING (patronage_id)
        JOIN {{made}}.fiscal_year AS y USING (year_id)
        JOIN {{made}}.journal_line AS l ON l.entity_id = y.entity_id AND l.activity_id = p.activity_id
            AND l.booked_on BETWEEN y.first_on AND y.last_on AND l.position <= p.basis_position
        JOIN {{made}}.journal_entry AS e ON (e.position, e.rule_version) = (l.position, l.rule_version)
            AND e.journal NOT IN ('{CUTOVER}', '{BROUGHT_FORWARD}')
        GROUP BY 1, 2
        """,  # noqa: S608 - constants
        "SELECT patronage_id, activity_id, contributed_c AS figure FROM {live}.patronage_part",
    ),
)
