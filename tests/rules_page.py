"""The page of the rules of decision; `python -m tests.rules_page` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from domain.governance.provisions import Colleges, Provisions
from domain.governance.rules import Comparator, Majority, Quorum
from domain.ledger.rule_presets import RULE_PRESETS, RulePreset

PAGE = Path(__file__).parents[1] / "docs/reference/governance-rules.md"
HEAD = """# Rules of decision

Every number of the presets, with its source. It is written from the presets themselves
(`domain/ledger/rule_presets.py`), and a test says that it is current. **Confirmed** means that the text
named was read; **to confirm** that a lawyer must read it before it is relied on. A preset is a starting
point: an entity adopts a version of its own, from a day on, and every motion names the version it is
decided under.
"""
SOURCES_OF = {
    "roll": ("roll", "weight"),
    "max_term_years": ("max_term",),
    "changes_statutes": ("writing",),
    "cap": ("cap", "cap.base"),
    "colleges": ("colleges", "colleges.weight", "colleges.count"),
}
"""Which sources speak of an item, where their names differ."""


def page() -> str:
    """The page as it must stand."""
    return "\n".join([HEAD, *(line for preset in RULE_PRESETS for line in _section(preset))])


def _section(preset: RulePreset) -> Iterator[str]:
    yield f"## {preset.name}\n"
    yield f"{preset.says[0].upper()}{preset.says[1:]}. Regime `{preset.provisions.regime}`.\n"
    yield "| Item | Value | Source | State |"
    yield "|---|---|---|---|"
    for item, value in _items(preset):
        for source, state in _sources(preset, item) or [("house rule", "to confirm")]:
            yield f"| {item} | {value} | {source} | {state} |"
    yield ""


def _items(preset: RulePreset) -> Iterator[tuple[str, str]]:
    yield "quorum", _quorum(preset.quorum)
    yield "majority", _majority(preset.majority)
    for field in fields(Provisions):
        if field.name not in {"regime", "sources"}:
            yield field.name, _said(getattr(preset.provisions, field.name))


def _sources(preset: RulePreset, item: str) -> list[tuple[str, str]]:
    names = SOURCES_OF.get(item, (item,))
    found = [each for each in preset.provisions.sources if each.item in names]
    if not found and item in {"quorum", "majority"}:
        return [(preset.source_ref, "to confirm")]
    return [(each.source_ref, "confirmed" if each.confirmed else "to confirm") for each in found]


def _quorum(quorum: Quorum) -> str:
    return f"{quorum.num}/{quorum.den} of {quorum.basis}" if quorum.num else "none"


def _majority(majority: Majority) -> str:
    how = "more than" if majority.comparator is Comparator.MORE_THAN else "at least"
    return f"{how} {majority.num}/{majority.den} of votes {majority.denominator}"


def _said(value: object) -> str:
    match value:
        case None:
            said = "none"
        case bool():
            said = "yes" if value else "no"
        case Quorum():
            said = _quorum(value)
        case Colleges():
            parts = ", ".join(f"{each.name} {each.num}/{each.den}" for each in value.colleges)
            said = f"{parts}; {value.count}; silent {value.silent}"
        case _ if is_dataclass(value):
            said = ", ".join(f"{each.name} {_said(getattr(value, each.name))}" for each in fields(value))
        case _:
            said = str(value)
    return said


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
