"""What `tutti up` says once everything runs: where things are, and what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.where import database_place

if TYPE_CHECKING:
    from workers.cli.session import Session
    from workers.workshop import Workshop


def welcome(session: Session, workshop: Workshop, *, url: str, demo: bool) -> None:
    """Say which database, how to open it, the API's address, the demo keys and three commands."""
    keys: dict[str, str] = {}
    if demo:
        from workers.demo.keys import demo_keys

        keys = demo_keys(workshop)
    place = database_place(session)
    empty = workshop.log.head().size == 0
    tries = _tries(session, url=url, keys=keys, empty=empty)
    if session.screen.as_json:
        session.screen.data({"url": url, "database": place.document(), "keys": keys, "try": tries})
        return
    lines = [*place.lines(), f"API:      {url}    its operations: {url}/docs"]
    if keys:
        lines.append("Demo keys (one a role, for this demo only):")
        lines += [f"  {role:<10} {key}" for role, key in keys.items()]
    lines += ["Try next, in another terminal:", *(f"  {line}" for line in tries), "Ctrl-C stops everything."]
    for line in lines:
        session.screen.line(line)


def _tries(session: Session, *, url: str, keys: dict[str, str], empty: bool) -> list[str]:
    here = "" if session.settings.is_default_data_dir else f" --data-dir {session.settings.data_dir}"
    if empty:
        return [
            "./tutti entity register --code COOP --name 'Our cooperative' --enterprise-no 0403.170.701"
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
