"""`tutti verify`: recompute the log from its stored rows, as an auditor would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from domain.errors import Malformed
from workers.cli.session import Session, command

if TYPE_CHECKING:
    from audit.recompute import Finding

Known = Annotated[
    str | None, typer.Option("--known", help="SIZE:ROOT kept from an earlier run; the log must contain it.")
]
PublicKey = Annotated[
    str | None, typer.Option("--recorder", help="The recorder's public key in hex, from your own file.")
]


class NotAKnownRoot(Malformed):
    """What was known is written as SIZE:ROOT, as `tutti verify` prints it."""

    code = "not-a-known-root"
    fr = "Ce qui était connu s'écrit SIZE:ROOT, comme `tutti verify` l'affiche."
    nl = "Wat bekend was, wordt geschreven als SIZE:ROOT, zoals `tutti verify` het toont."


class NotAPublicKey(Malformed):
    """The recorder's public key is 64 hexadecimal digits."""

    code = "not-a-public-key"
    fr = "La clé publique de qui enregistre est faite de 64 chiffres hexadécimaux."
    nl = "De publieke sleutel van wie vastlegt, bestaat uit 64 hexadecimale cijfers."


@command
def verify(session: Session, *, known: Known = None, recorder: PublicKey = None) -> None:
    """Recompute leaves, tree, streams and signatures; name the first position that is wrong."""
    from audit.recompute import recompute
    from workers.stored_log import stored_log

    pinned = _known(known) if known else None
    with session.ledger() as workshop:
        key = _public_key(recorder) if recorder else workshop.keyring.recorder_public
        with (
            stored_log(workshop.dsn, tenant=workshop.settings.tenant) as log,
            session.screen.progress("Verifying", log.head.size) as done,
        ):
            finding = recompute(log.facts(done), log.batches(), log.head, recorder=key, known=pinned)
    _say(session, finding, key)
    if not finding.holds:
        raise typer.Exit(1)


def _say(session: Session, finding: Finding, key: bytes) -> None:
    if session.screen.as_json:
        session.screen.data(
            {
                "holds": finding.holds,
                "size": finding.size,
                "root": finding.root,
                "batches": finding.batches,
                "position": finding.position,
                "fault": finding.fault,
                "recorder": key.hex(),
            }
        )
    elif finding.holds:
        told = session.screen.told
        session.screen.line(told("log-holds", size=finding.size, batches=finding.batches))
        session.screen.line(told("keep-the-root", size=finding.size, root=finding.root))
        session.screen.line(told("recorder", key=key.hex()))
    else:
        found = {"position": finding.position, "fault": finding.fault}
        session.screen.line(session.screen.told("log-does-not-hold", **found))


def _known(text: str) -> tuple[int, str]:
    size, _, root = text.partition(":")
    if not (size.isascii() and size.isdigit() and len(root) == 64 and _is_hex(root)):  # noqa: PLR2004 - SHA-256
        raise NotAKnownRoot(known=text)
    return int(size), root.lower()


def _public_key(text: str) -> bytes:
    if len(text) != 64 or not _is_hex(text):  # noqa: PLR2004 - 32 bytes
        raise NotAPublicKey(recorder=text)
    return bytes.fromhex(text)


def _is_hex(text: str) -> bool:
    return all(each in "0123456789abcdefABCDEF" for each in text)
