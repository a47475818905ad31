"""The chart of accounts: Belgian codes (PCMN), leaf accounts only.

The codes follow the Royal Decree of 21 October 2018 (minimum chart of accounts); 4532, 6190, 6191,
6192, 4890, 4891, 4892, 4893, 4894, 4895 and 4998 are sub-accounts of our own. An accountant must confirm the
treatment before it is used.
"""

from __future__ import annotations

import re

CONTRIBUTIONS = "1109"
CONTRIBUTIONS_UNAVAILABLE = "1119"
LEGAL_RESERVE = "130"
AVAILABLE_RESERVES = "133"
PROFIT_CARRIED = "140"
LOSS_CARRIED = "141"
PROVISIONS_FOR_RISKS = "164"
CUSTOMERS = "400"
DOUBTFUL_DEBTORS = "407"
CUSTOMERS_ADJUSTED = "409"
VAT_DEDUCTIBLE = "411"
ADVANCES_AND_DEFICITS = "416"
SUPPLIERS = "440"
VAT_DUE = "451"
WAGE_TAX = "453"
DIVIDEND_TAX = "4532"
SOCIAL_SECURITY = "454"
WAGES_DUE = "455"
GARNISHMENTS = "459"
HOLIDAY_PAY_DUE = "456"
DIVIDENDS_PAYABLE = "471"
PATRONAGE_PAYABLE = "473"
OWED_TO_ENTREPRENEURS = "4890"
AWAITING_ALLOTMENT = "4891"
WITHDRAWAL_SHARES = "4892"
DIRECTOR_PAY_DUE = "4893"
OVERPAYMENTS_HELD = "4894"
MUTUAL_FUNDS = "4895"
DEFERRED_CHARGES = "490"
ACCRUED_INCOME = "491"
ACCRUED_CHARGES = "492"
DEFERRED_INCOME = "493"
AWAITING_ALLOCATION = "499"
OPENING_BALANCES = "4998"
BANK = "550"
IN_TRANSIT = "580"
RENT = "610"
MAINTENANCE = "611"
SUPPLIES = "612"
SERVICES = "613"
PUBLICITY = "614"
TRAVEL = "615"
DIRECTOR_PAY = "618"
CONTRIBUTION_SHARED = "6190"
CONTRIBUTION_FUNDS = "6191"
INTERNAL_TRANSFERS = "6192"
WAGES = "6202"
EMPLOYER_CONTRIBUTIONS = "621"
OTHER_STAFF_COSTS = "623"
HOLIDAY_PAY = "625"
DEPRECIATION = "6302"
VALUE_ADJUSTMENTS = "634"
PROVISIONS_CHARGED = "637"
LOSSES_ON_CLAIMS = "642"
DEFICITS_GIVEN_UP = "643"
BANK_CHARGES = "6572"
LOSS_BROUGHT_FORWARD = "690"
TO_LEGAL_RESERVE = "6920"
TO_OTHER_RESERVES = "6921"
PROFIT_TO_CARRY = "693"
DIVIDEND = "694"
PATRONAGE = "697"
SALES = "7001"
PROFIT_BROUGHT_FORWARD = "790"
LOSS_TO_CARRY = "793"
GAINS_ON_CLAIMS = "742"
GUARANTEES_RECEIVED = "743"
DEFICITS_RECOGNISED = "744"
LATE_PAYMENT_COSTS = "745"
DEFICITS_RECOVERED = "746"
PATRONAGE_RECEIVED = "747"
LATE_INTEREST = "751"

NAMES: dict[str, str] = {
    CONTRIBUTIONS: "Contributions, available",
    CONTRIBUTIONS_UNAVAILABLE: "Contributions, unavailable",
    LEGAL_RESERVE: "Legal reserve",
    AVAILABLE_RESERVES: "Available reserves",
    PROFIT_CARRIED: "Profit carried forward",
    LOSS_CARRIED: "Loss carried forward",
    PROVISIONS_FOR_RISKS: "Provisions for other risks and charges",
    CUSTOMERS: "Customers",
    DOUBTFUL_DEBTORS: "Doubtful debtors",
    CUSTOMERS_ADJUSTED: "Value adjustments on doubtful debtors",
    VAT_DEDUCTIBLE: "VAT deductible",
    ADVANCES_AND_DEFICITS: "Sundry claims: advances of mutual funds, deficits of activities, what payees owe back",
    SUPPLIERS: "Suppliers",
    VAT_DUE: "VAT due",
    WAGE_TAX: "Taxes withheld",
    DIVIDEND_TAX: "Tax withheld from dividends",
    SOCIAL_SECURITY: "Social security",
    WAGES_DUE: "Wages due",
    GARNISHMENTS: "Wages garnished",
    HOLIDAY_PAY_DUE: "Holiday pay due",
    DIVIDENDS_PAYABLE: "Dividends payable",
    PATRONAGE_PAYABLE: "Patronage refunds payable to activities",
    OWED_TO_ENTREPRENEURS: "Owed to entrepreneurs",
    AWAITING_ALLOTMENT: "Contributions awaiting allotment",
    WITHDRAWAL_SHARES: "Withdrawal shares, suspended until they are paid",
    DIRECTOR_PAY_DUE: "Pay due to directors",
    OVERPAYMENTS_HELD: "Overpayments held for clients",
    MUTUAL_FUNDS: "Mutual funds of the activities",
    DEFERRED_CHARGES: "Deferred charges",
    ACCRUED_INCOME: "Accrued income",
    ACCRUED_CHARGES: "Accrued charges",
    DEFERRED_INCOME: "Deferred income",
    AWAITING_ALLOCATION: "Bank lines awaiting allocation",
    OPENING_BALANCES: "Opening balances awaiting the cutover",
    BANK: "Bank",
    IN_TRANSIT: "Payments in transit",
    RENT: "Rent and charges",
    MAINTENANCE: "Maintenance and repairs",
    SUPPLIES: "Supplies",
    SERVICES: "Services of third parties",
    PUBLICITY: "Publicity",
    TRAVEL: "Travel",
    DIRECTOR_PAY: "Pay of directors and active partners",
    CONTRIBUTION_SHARED: "Contribution to shared services (internal)",
    CONTRIBUTION_FUNDS: "Contribution to mutual funds",
    INTERNAL_TRANSFERS: "Transfers between activities (internal)",
    WAGES: "Wages of employees",
    EMPLOYER_CONTRIBUTIONS: "Employer's social contributions",
    OTHER_STAFF_COSTS: "Other staff costs",
    HOLIDAY_PAY: "Holiday pay set aside",
    DEPRECIATION: "Depreciation of tangible assets",
    VALUE_ADJUSTMENTS: "Value adjustments on trade claims, charged and taken back",
    PROVISIONS_CHARGED: "Provisions for other risks and charges, charged and used",
    LOSSES_ON_CLAIMS: "Losses on trade claims",
    DEFICITS_GIVEN_UP: "Other operating charges: deficits of activities given up",
    BANK_CHARGES: "Bank charges",
    LOSS_BROUGHT_FORWARD: "Loss brought forward",
    TO_LEGAL_RESERVE: "Transfer to the legal reserve",
    TO_OTHER_RESERVES: "Transfer to other reserves",
    PROFIT_TO_CARRY: "Profit to be carried forward",
    DIVIDEND: "Return on contributions",
    PATRONAGE: "Other beneficiaries: patronage refunds",
    SALES: "Sales and services",
    PROFIT_BROUGHT_FORWARD: "Profit brought forward",
    LOSS_TO_CARRY: "Loss to be carried forward",
    GAINS_ON_CLAIMS: "Gains on trade claims: what came of claims given up",
    GUARANTEES_RECEIVED: "Other operating income: guarantees of mutual funds",
    DEFICITS_RECOGNISED: "Other operating income: deficits that entrepreneurs owe",
    LATE_PAYMENT_COSTS: "Other operating income: costs of recovery paid by late payers",
    DEFICITS_RECOVERED: "Other operating income: what came of deficits given up",
    PATRONAGE_RECEIVED: "Other operating income: patronage refunds to activities",
    LATE_INTEREST: "Income from current assets: interest of late payers",
}

CONTROLLED = frozenset(
    {
        CONTRIBUTIONS,
        CONTRIBUTIONS_UNAVAILABLE,
        CUSTOMERS,
        DOUBTFUL_DEBTORS,
        CUSTOMERS_ADJUSTED,
        ADVANCES_AND_DEFICITS,
        SUPPLIERS,
        WAGES_DUE,
        OWED_TO_ENTREPRENEURS,
        AWAITING_ALLOTMENT,
        WITHDRAWAL_SHARES,
        DIRECTOR_PAY_DUE,
        OVERPAYMENTS_HELD,
        MUTUAL_FUNDS,
        AWAITING_ALLOCATION,
        BANK,
        IN_TRANSIT,
        CONTRIBUTION_SHARED,
        CONTRIBUTION_FUNDS,
        INTERNAL_TRANSFERS,
        PROFIT_CARRIED,
        LOSS_CARRIED,
        DIVIDENDS_PAYABLE,
        PATRONAGE_PAYABLE,
        LOSS_BROUGHT_FORWARD,
        TO_LEGAL_RESERVE,
        TO_OTHER_RESERVES,
        PROFIT_TO_CARRY,
        DIVIDEND,
        PATRONAGE,
        PATRONAGE_RECEIVED,
        PROFIT_BROUGHT_FORWARD,
        LOSS_TO_CARRY,
    }
)
"""Accounts that facts of their own keep in step with a view: no entry is made on them by hand."""

_ACCOUNT = re.compile("[1-7][0-9]{2,7}")


def is_leaf(account: str) -> bool:
    """Tell whether entries are made on this account: one of ours, or of three digits or more with none of ours below."""
    below = any(code.startswith(account) for code in NAMES)
    return account in NAMES or (_ACCOUNT.fullmatch(account) is not None and not below)
