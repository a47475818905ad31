"""The chart of accounts: Belgian codes (PCMN), leaf accounts only.

The codes follow the Royal Decree of 21 October 2018 (minimum chart of accounts); 6190, 6191, 4890,
4894, 4895 and 4998 are sub-accounts of our own. An accountant must confirm the treatment before it is used.
"""

from __future__ import annotations

CONTRIBUTIONS = "1109"
CONTRIBUTIONS_UNAVAILABLE = "1119"
CUSTOMERS = "400"
DOUBTFUL_DEBTORS = "407"
VAT_DEDUCTIBLE = "411"
VAT_DUE = "451"
WAGE_TAX = "453"
SOCIAL_SECURITY = "454"
WAGES_DUE = "455"
GARNISHMENTS = "459"
OWED_TO_ENTREPRENEURS = "4890"
AWAITING_ALLOTMENT = "4891"
OVERPAYMENTS_HELD = "4894"
MUTUAL_FUNDS = "4895"
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
CONTRIBUTION_SHARED = "6190"
CONTRIBUTION_FUNDS = "6191"
WAGES = "6202"
EMPLOYER_CONTRIBUTIONS = "621"
OTHER_STAFF_COSTS = "623"
BANK_CHARGES = "6572"
SALES = "7001"

NAMES: dict[str, str] = {
    CONTRIBUTIONS: "Contributions, available",
    CONTRIBUTIONS_UNAVAILABLE: "Contributions, unavailable",
    CUSTOMERS: "Customers",
    DOUBTFUL_DEBTORS: "Doubtful debtors",
    VAT_DEDUCTIBLE: "VAT deductible",
    VAT_DUE: "VAT due",
    WAGE_TAX: "Wage tax withheld",
    SOCIAL_SECURITY: "Social security",
    WAGES_DUE: "Wages due",
    GARNISHMENTS: "Wages garnished",
    OWED_TO_ENTREPRENEURS: "Owed to entrepreneurs",
    AWAITING_ALLOTMENT: "Contributions awaiting allotment",
    OVERPAYMENTS_HELD: "Overpayments held for clients",
    MUTUAL_FUNDS: "Mutual funds of the activities",
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
    CONTRIBUTION_SHARED: "Contribution to shared services (internal)",
    CONTRIBUTION_FUNDS: "Contribution to mutual funds",
    WAGES: "Wages of employees",
    EMPLOYER_CONTRIBUTIONS: "Employer's social contributions",
    OTHER_STAFF_COSTS: "Other staff costs",
    BANK_CHARGES: "Bank charges",
    SALES: "Sales and services",
}
