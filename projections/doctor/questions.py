"""How the checks ask the journal: an account's balance, by what its entries or lines are about."""

from __future__ import annotations

LINES = """
    {made}.journal_line JOIN (SELECT position, rule_version, journal, document_id FROM {made}.journal_entry) AS e
    USING (position, rule_version)
"""


def of_account(account: str, by: str, *, side: str = "credit_c - debit_c", where: str = "true") -> str:
    """Ask for the balance of an account, by a column of the entry or line."""
    return f"""
        SELECT {by}, sum({side}) AS figure FROM {LINES}
        WHERE account = '{account}' AND {where} GROUP BY 1
    """  # noqa: S608 - constants of this module
