"""What `tutti up` says once everything runs: where things are, and what to try next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workers.where import database_place

if TYPE_CHECKING:
    from workers.cli.session import Screen, Session
    from workers.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Welcome:
    """What is said, as a document and as lines."""

    document: Mapping[str, Any]
    lines: tuple[str, ...]

    def say(self, screen: Screen) -> None:
        """Say it."""
        if screen.as_json:
            screen.data(self.document)
            return
        for line in self.lines:
            screen.line(line)


def welcome(session: Session, workshop: Workshop, *, url: str, demo: bool) -> Welcome:
    """Find out which database, how to open it, the API's address, the demo keys, three commands.

    It takes a moment, so it is done while the services load.
    """
    keys: dict[str, str] = {}
    if demo:
        from workers.demo.keys import demo_keys

        keys = demo_keys(workshop)
    place = database_place(session)
    empty = workshop.log.head().size == 0
    tries = _tries(session, url=url, keys=keys, empty=empty)
    told = session.screen.told
    lines = [*place.lines(), told("api-address", url=url)]
    if keys:
        lines.append(told("demo-keys"))
        lines += [f"  {role:<10} {key}" for role, key in keys.items()]
    lines += [told("try-elsewhere"), *(f"  {line}" for line in tries), told("how-to-stop")]
    document = {"url": url, "database": place.document(), "keys": keys, "try": tries}
    return Welcome(document, tuple(lines))


def _tries(session: Session, *, url: str, keys: dict[str, str], empty: bool) -> list[str]:
    here = "" if session.settings.is_default_data_dir else f" --data-dir {session.settings.data_dir}"
    if empty:
        return [
            "./tutti entity register --code COOP --name 'Our cooperative' --enterprise-no 0999.999.922"
            + here,
            "./tutti period open --entity COOP 2026-01" + here,
            "./tutti key create --role staff" + here,
        ]
    if not keys:
        return [
            f"./tutti trial-balance{here}",
            f"./tutti import-bank FILE{here}",
            f"./tutti key create --role staff{here}",
        ]
    inbox = session.settings.data_dir / "demo"
    return [
        f"./tutti trial-balance{here}",
        f"./tutti import-bank {inbox}/2026-04.xml{here}",
        f"curl -H 'Authorization: Bearer {keys['staff']}' {url}/v1/trial-balance",
    ]
