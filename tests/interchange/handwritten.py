"""Bank files written by hand, element by element, as banks write them."""

from __future__ import annotations

IBAN = "<IBAN>BE69539123456778</IBAN>"


def amount(value: str, direction: str = "CRDT", currency: str = "EUR") -> str:
    """An amount and its direction; an empty `direction` leaves it out."""
    indicator = f"<CdtDbtInd>{direction}</CdtDbtInd>" if direction else ""
    return f'<Amt Ccy="{currency}">{value}</Amt>{indicator}'


def balance(code: str, value: str, direction: str = "CRDT", on: str = "2026-03-31") -> str:
    """A balance of a type such as OPBD."""
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{amount(value, direction)}<Dt><Dt>{on}</Dt></Dt></Bal>"


def entry(value: str, inside: str = "", *, direction: str = "CRDT", before: str = "") -> str:
    """An entry with `before` its amount and `inside` after its direction."""
    return f"<Ntry>{before}{amount(value, direction)}{inside}</Ntry>"


def details(*transactions: str) -> str:
    """The transactions of an entry."""
    return "<NtryDtls>" + "".join(f"<TxDtls>{one}</TxDtls>" for one in transactions) + "</NtryDtls>"


def statement(
    *entries: str,
    opening: str = "100.00",
    closing: str = "100.00",
    name: str = "<Id>S1</Id>",
    sequence: str = "<LglSeqNb>3</LglSeqNb>",
    account: str = IBAN,
    on: str = "2026-03-31",
) -> str:
    """A statement that balances if its figures do."""
    return (
        f"<Stmt>{name}{sequence}<Acct><Id>{account}</Id></Acct>"
        f"{balance('OPBD', opening, on=on)}{balance('CLBD', closing, on=on)}{''.join(entries)}</Stmt>"
    )


def bank_file(*statements: str, version: str = "camt.053.001.02") -> bytes:
    """A file of statements."""
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M1</MsgId></GrpHdr>\n{''.join(statements)}</BkToCstmrStmt></Document>"
    ).encode()
