"""What became of each mutant, kept line by line in a file, so that a run that was broken off goes on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.mutants.changes import Mutant
from tests.mutants.trials import Outcome

KILLED = frozenset({"killed", "timed-out"})


class Results:
    """The outcomes in a file; the last line about a mutant counts."""

    def __init__(self, path: Path) -> None:
        """Read what is there; a last line that was cut short is no outcome, and is taken away."""
        self.path = path
        self.rows: dict[str, dict[str, Any]] = {}
        if path.exists():
            whole, end, cut_short = path.read_text(encoding="utf-8").rpartition("\n")
            if cut_short:
                path.write_text(whole + end, encoding="utf-8")
            for line in whole.splitlines():
                row = json.loads(line)
                self.rows[row["key"]] = row

    def add(self, mutant: Mutant, outcome: Outcome) -> None:
        """Write one outcome down."""
        row = {
            "key": mutant.key,
            "module": mutant.module,
            "function": mutant.function,
            "line": mutant.line,
            "kind": mutant.kind,
            "what": mutant.what,
            **asdict(outcome),
        }
        self.rows[mutant.key] = row
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def is_known(self, mutant: Mutant, *, again: bool) -> bool:
        """Tell whether a mutant need not be tried: it was killed, or survived and is not tried `again`."""
        row = self.rows.get(mutant.key)
        return row is not None and (row["outcome"] in KILLED or not again)

    def of(self, mutants: Iterable[Mutant]) -> list[dict[str, Any]]:
        """Return the rows of those mutants that have one, with the line where each stands now."""
        return [{**self.rows[each.key], "line": each.line} for each in mutants if each.key in self.rows]


def summary(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Count outcomes: over all, by kind of change and by module."""
    rows = list(rows)
    return {
        **_counted(rows),
        "by_kind": {
            kind: _counted(r for r in rows if r["kind"] == kind) for kind in sorted({r["kind"] for r in rows})
        },
        "by_module": {
            module: _counted(r for r in rows if r["module"] == module)
            for module in sorted({r["module"] for r in rows})
        },
        "survivors": [row for row in rows if row["outcome"] not in KILLED],
    }


def _counted(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    outcomes = Counter(row["outcome"] for row in rows)
    killed = sum(outcomes[each] for each in KILLED)
    tried = sum(outcomes.values())
    return {
        "mutants": tried,
        "killed": killed,
        "survived": outcomes["survived"],
        "unreached": outcomes["unreached"],
        "killed_bp": killed * 10_000 // tried if tried else 0,
    }
