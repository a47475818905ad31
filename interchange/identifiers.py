"""Identifiers of accounts and enterprises, checked where they enter.

The domain takes what passed here; it imports neither a registry of banks nor one of countries.
"""

from __future__ import annotations

import re

from domain.errors import InvalidEnterpriseNumber, InvalidIban

_MODULUS = 97
_ENTERPRISE = re.compile(r"(?:BE)?([01]?)([0-9]{9})")

UNASSIGNED_BANK = 539
"""A bank code which the National Bank of Belgium has given to no bank (its list of 2026-01-01).

Made-up accounts use it: their IBANs are right in form and lead to nobody.
"""


def iban(text: str) -> str:
    """Return the IBAN without spaces, in capitals; raises InvalidIban.

    Checked are the structure of its country, the ISO 13616 check digits and, where the country
    has them, the check digits inside. Whether the bank exists is not asked: new banks do.
    """
    # Loading the library takes some 0.2 s, which most processes never need.
    from schwifty import IBAN  # noqa: PLC0415 - see above
    from schwifty.exceptions import SchwiftyException  # noqa: PLC0415 - see above

    try:
        return IBAN(text, validate_bban=True).compact
    except SchwiftyException as error:
        raise InvalidIban from error


def enterprise_number(text: str) -> str:
    """Return the ten digits of a Belgian enterprise number; raises InvalidEnterpriseNumber.

    `BE`, spaces and dots are dropped and a lost leading 0 is restored. The last two digits are
    97 less the remainder of the first eight divided by 97; the first is 0 or 1 (Royal Decree of
    24 June 2003; 1 since 2023), while 2 to 8 number establishment units.
    """
    written = _ENTERPRISE.fullmatch(re.sub(r"[ .]", "", text).upper())
    if written is None:
        raise InvalidEnterpriseNumber
    digits = (written[1] or "0") + written[2]
    if int(digits[8:]) != _MODULUS - int(digits[:8]) % _MODULUS:
        raise InvalidEnterpriseNumber
    return digits


def belgian_iban(bank: int, account: int) -> str:
    """Return the IBAN of a bank code (three digits) and an account number (seven digits).

    Both check digits are computed. Raises ValueError if a number has more digits.
    """
    number = f"{bank:03}{account:07}"
    if not re.fullmatch(r"[0-9]{10}", number):
        raise ValueError(f"not a bank code of 3 and an account number of 7 digits: {bank}, {account}")
    inner = f"{number}{int(number) % _MODULUS or _MODULUS:02}"
    country = "1114"  # B and E as numbers, by ISO 7064
    return f"BE{_MODULUS + 1 - int(f'{inner}{country}00') % _MODULUS:02}{inner}"
