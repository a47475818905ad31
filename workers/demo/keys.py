"""One API key a role for the demo, kept so that each start shows the same ones."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workers.workshop import Workshop


def demo_keys(workshop: Workshop) -> dict[str, str]:
    """Return the demo keys by role; makes those that are missing or no longer valid."""
    from eventstore.access import Role
    from workers.keys import make_key

    path = workshop.settings.keys_dir / f"demo-keys.{workshop.settings.tenant}.json"
    kept = _read(path)
    now = workshop.clock()
    keys = {
        role.value: kept[role.value]
        if role.value in kept and workshop.access.authenticate(kept[role.value], now) is not None
        else make_key(workshop, role=role, label=f"demo {role.value}")
        for role in Role
    }
    if keys != kept:
        _write(path, keys)
    return keys


def _read(path: Path) -> dict[str, str]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(role): str(key) for role, key in known.items()} if isinstance(known, dict) else {}


def _write(path: Path, keys: dict[str, str]) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(keys, file, indent=2)
