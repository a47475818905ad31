"""A rule is data: notice, proxies, cap and colleges are read from it, each number with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from domain.aggregates.rule_set import RuleSet
from domain.errors import InvalidProvisions, InvalidThreshold, NotRetroactive, UnknownPreset
from domain.governance.provisions import (
    PLAIN,
    Cap,
    College,
    Colleges,
    DayCount,
    Notice,
    Proxies,
    ProxyHolder,
    RollBasis,
    RollRule,
    Rounding,
    SecondConvening,
    Sourced,
    Writing,
)
from domain.governance.rules import Basis, Denominator, Quorum
from domain.ledger.governance import adopt_preset, rule_set_id
from domain.ledger.rule_presets import RULE_PRESETS, preset
from tests.cooperative import ENTITY, found_entity
from tests.domain.test_voting import ADOPTED
from tests.paper import PaperLedger
from tests.rules_page import PAGE, page
from tests.scenario import TODAY, Given, stamp


@pytest.mark.parametrize(
    ("counting", "found"), [(DayCount.BETWEEN, 14), (DayCount.AFTER_SENDING, 15), (DayCount.BOTH, 16)]
)
def test_the_days_of_a_notice_are_counted_as_the_rule_says(counting: DayCount, found: int) -> None:
    notice = Notice(15, counting)
    assert notice.found(sent_on=date(2026, 3, 1), held_on=date(2026, 3, 16)) == found


@pytest.mark.parametrize(("members", "limit"), [(3, 1), (19, 1), (20, 1), (39, 1), (40, 2), (47, 2), (60, 3)])
def test_a_scop_member_holds_one_proxy_below_twenty_members_and_then_a_twentieth(
    members: int, limit: int
) -> None:
    proxies = preset("fr-scop-ordinary").provisions.proxies
    assert proxies is not None
    assert proxies.limit(members) == limit


def test_where_nobody_may_hold_a_proxy_the_limit_is_nothing() -> None:
    assert Proxies(ProxyHolder.NOBODY, most=3).limit(100) == 0


def test_a_cap_is_an_exact_fraction_unless_the_rule_rounds_it_down() -> None:
    assert Cap(1, 10).most(9) == Fraction(9, 10)
    assert Cap(1, 10, rounding=Rounding.DOWN).most(19) == 1


def test_a_record_date_lies_so_many_days_before_the_assembly_and_an_opening_has_none() -> None:
    assert RollRule(basis=RollBasis.RECORD_DATE, days_before=5).record_on(date(2026, 3, 16)) == date(
        2026, 3, 11
    )
    assert RollRule().record_on(date(2026, 3, 16)) is None


def test_a_category_belongs_to_one_college_or_to_none() -> None:
    split = Colleges((College("workers", 1, 2, ("worker",)), College("others", 1, 2, ("supporter",))))
    assert [split.of_category(each) for each in ("worker", "supporter", "user")] == ["workers", "others", ""]


HALVES = (College("one", 1, 2), College("other", 1, 2))


@pytest.mark.parametrize(
    ("provisions", "item"),
    [
        (replace(PLAIN, notice=Notice(-1)), "notice.days"),
        (replace(PLAIN, roll=RollRule(days_before=-1)), "roll.days_before"),
        (replace(PLAIN, second=SecondConvening(notice_days=-1)), "second.notice_days"),
        (replace(PLAIN, max_term_years=0), "max_term_years"),
        (replace(PLAIN, proxies=Proxies(most=-1)), "proxies"),
        (replace(PLAIN, proxies=Proxies(one_in=0)), "proxies"),
        (replace(PLAIN, proxies=Proxies(from_members=-1)), "proxies.from_members"),
        (replace(PLAIN, cap=Cap(0, 10)), "cap"),
        (replace(PLAIN, colleges=Colleges(())), "colleges"),
        (replace(PLAIN, colleges=Colleges((HALVES[0], HALVES[0]))), "colleges"),
        (replace(PLAIN, colleges=Colleges(HALVES[:1])), "colleges.weight"),
        (replace(PLAIN, colleges=Colleges((College("x" * 41, 1, 1),))), "colleges.name"),
        (
            replace(
                PLAIN, colleges=Colleges(tuple(replace(each, categories=("worker",)) for each in HALVES))
            ),
            "colleges.categories",
        ),
        (replace(PLAIN, sources=(Sourced("notice", " ", confirmed=True),)), "sources"),
    ],
)
def test_provisions_that_nobody_could_follow_are_refused_by_their_name(provisions: Any, item: str) -> None:
    Given(RuleSet).when(
        lambda _: RuleSet.adopt(stamp(), id=ENTITY, **ADOPTED.says | {"provisions": provisions})
    ).then_refused(InvalidProvisions, item=item)


def test_a_quorum_of_colleges_needs_colleges_and_a_second_quorum_is_a_fraction_too() -> None:
    def adopting(**says: Any) -> Any:
        return lambda _: RuleSet.adopt(stamp(), id=ENTITY, **ADOPTED.says | says)

    Given(RuleSet).when(adopting(quorum=Quorum(1, 2, Basis.COLLEGES))).then_refused(
        InvalidProvisions, item="quorum.basis"
    )
    second = replace(PLAIN, second=SecondConvening(Quorum(3, 2)))
    Given(RuleSet).when(adopting(provisions=second)).then_refused(InvalidThreshold)


@pytest.mark.parametrize("name", [each.name for each in RULE_PRESETS])
def test_every_preset_can_be_adopted_as_a_version_of_the_entity(name: str) -> None:
    ledger = PaperLedger()
    found_entity(ledger.perform)
    says: dict[str, Any] = {"entity_id": ENTITY, "preset_name": name, "name": "own", "valid_from": TODAY}
    ledger.perform(adopt_preset, **says, version=1)
    rule = ledger.get(RuleSet, rule_set_id(ENTITY, "own", 1))
    known = preset(name)
    assert (rule.quorum, rule.majority, rule.provisions) == (known.quorum, known.majority, known.provisions)
    with pytest.raises(NotRetroactive):
        ledger.perform(adopt_preset, **says, version=2)


def test_the_presets_say_what_the_laws_are_known_to_say() -> None:
    assert {
        each.name: (each.quorum.num, each.quorum.den, each.majority.num, each.majority.den)
        for each in RULE_PRESETS
    } == {
        "be-sc-ordinary": (0, 1, 1, 2),
        "be-sc-statutes": (1, 2, 3, 4),
        "be-sc-object": (1, 2, 4, 5),
        "be-sc-written": (1, 1, 1, 1),
        "be-nrc-cnc-ordinary": (0, 1, 1, 2),
        "be-nrc-cnc-statutes": (1, 2, 3, 4),
        "be-nrc-cnc-object": (1, 2, 4, 5),
        "fr-scop-ordinary": (1, 5, 1, 2),
        "fr-scop-extraordinary": (1, 4, 2, 3),
        "fr-scic-ordinary": (1, 2, 1, 2),
    }
    capped = {each.name for each in RULE_PRESETS if each.provisions.cap}
    assert capped == {f"be-nrc-cnc-{kind}" for kind in ("ordinary", "statutes", "object")}
    assert preset("fr-scop-ordinary").majority.denominator is Denominator.PRESENT
    unwritten = {each.name for each in RULE_PRESETS if each.provisions.writing is Writing.NEVER}
    assert {each.name for each in RULE_PRESETS if each.provisions.changes_statutes} <= unwritten


def test_a_preset_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(UnknownPreset):
        preset("be-asbl")


def test_the_page_of_the_rules_says_what_the_presets_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.rules_page"
