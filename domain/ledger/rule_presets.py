"""Rules of decision as laws and approvals are known to have them: starting points, never in force by themselves.

Each is data: an entity adopts a version of its own, with or without one of these. A number whose
source was not read in its primary text is to be confirmed by a lawyer before it is relied on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.errors import UnknownPreset
from domain.governance.provisions import (
    NO_QUORUM,
    Cap,
    College,
    Colleges,
    Notice,
    Provisions,
    Proxies,
    ProxyHolder,
    Regime,
    RollRule,
    SecondConvening,
    Sourced,
    Weight,
    Writing,
)
from domain.governance.rules import Basis, Comparator, Denominator, Majority, Quorum

SIMPLE = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)


@dataclass(frozen=True)
class RulePreset:
    """A rule under a name, and what it decides in the words of that country."""

    name: str
    says: str
    quorum: Quorum
    majority: Majority
    provisions: Provisions
    source_ref: str


_BELGIAN = (
    Sourced("notice", "CSA art. 6:70: fifteen days", confirmed=False),
    Sourced(
        "roll", "no record date of an unlisted cooperative: those admitted before the vote", confirmed=False
    ),
    Sourced("proxies", "for the statutes to say: CSA art. 6:80 sets no limit", confirmed=False),
    Sourced("second", "e2.law, the general meeting: no quorum, the same majority", confirmed=True),
    Sourced(
        "writing", "Cera, written decisions: every member signs and dates, never for statutes", confirmed=True
    ),
    Sourced("conflicts", "house rule: who declares a conflict counts in neither term", confirmed=False),
)
_SHARE_VOTES = Sourced(
    "weight", "Febecoop, le droit de vote: one share one vote if the statutes are silent", confirmed=True
)
_BE_SC = Provisions(
    regime=Regime.BE_SC,
    notice=Notice(15),
    proxies=Proxies(),
    roll=RollRule(Weight.SHARE),
    second=SecondConvening(notice_days=15),
    max_term_years=6,
    sources=(
        *_BELGIAN,
        _SHARE_VOTES,
        Sourced("majority", "more than half of the votes expressed", confirmed=False),
        Sourced("max_term", "CSA art. 6:58: for the statutes to say", confirmed=False),
    ),
)
_BE_NRC_CNC = replace(
    _BE_SC,
    regime=Regime.BE_NRC_CNC,
    cap=Cap(1, 10),
    sources=(
        *_BELGIAN,
        Sourced("weight", "Financité label: one member one vote, or per share under the cap", confirmed=True),
        Sourced("cap", "Financité label: at most 10 % of the shares present or represented", confirmed=True),
        Sourced(
            "cap.base",
            "Royal Decree of 8 January 1962, art. 1, leaves it open: here before capping",
            confirmed=False,
        ),
        Sourced("majority", "more than half of the votes expressed", confirmed=False),
        Sourced("max_term", "Royal Decree of 8 January 1962, art. 1: six years", confirmed=False),
    ),
)
_FRENCH = (
    Sourced("weight", "law of 10 September 1947, art. 1: one member one vote", confirmed=True),
    Sourced("max_term", "law of 10 September 1947, art. 6: six years at most", confirmed=True),
    Sourced("notice", "Code de commerce art. R225-69: fifteen days", confirmed=False),
    Sourced("roll", "members on the day of the assembly", confirmed=False),
)
_FR_SCOP = Provisions(
    regime=Regime.FR_SCOP,
    notice=Notice(15),
    proxies=Proxies(most=1, from_members=20, one_in=20),
    second=SecondConvening(notice_days=10),
    writing=Writing.NEVER,
    max_term_years=6,
    sources=(
        *_FRENCH,
        Sourced("majority", "law of 19 July 1978, art. 14: of the votes that could be cast", confirmed=True),
        Sourced(
            "proxies", "law of 19 July 1978, art. 14: one below 20 members, else a twentieth", confirmed=True
        ),
        Sourced("writing", "law of 19 July 1978, art. 12: no written consultation", confirmed=True),
        Sourced("quorum", "Code de commerce art. L225-98 and L225-96", confirmed=False),
        Sourced("second", "Code de commerce art. L225-98 and L225-96", confirmed=False),
        Sourced("conflicts", "house rule: who declares a conflict counts in neither term", confirmed=False),
    ),
)
SCIC_COLLEGES = Colleges(
    (
        College("producers", 2, 5, ("entrepreneur",)),
        College("workers", 1, 4, ("worker",)),
        College("users", 1, 4, ("user",)),
        College("supporters", 1, 10, ("supporter",)),
    )
)
_FR_SCIC = Provisions(
    regime=Regime.FR_SCIC,
    notice=Notice(15),
    proxies=Proxies(ProxyHolder.MEMBER, 1),
    second=SecondConvening(Quorum(0, 1, Basis.COLLEGES), 10),
    colleges=SCIC_COLLEGES,
    max_term_years=6,
    sources=(
        *_FRENCH,
        Sourced("colleges", "amendment CE391 of 2014: at least three, each 10 to 50 %", confirmed=True),
        Sourced("colleges.weight", "SCANI: 40, 25, 25 and 10 %; for the statutes to say", confirmed=False),
        Sourced(
            "colleges.count", "for the statutes to say: proportional or winner-takes-all", confirmed=False
        ),
        Sourced("quorum", "for the statutes to say: half of the weighted colleges", confirmed=False),
        Sourced("second", "for the statutes to say: none", confirmed=False),
        Sourced("proxies", "for the statutes to say", confirmed=False),
        Sourced("majority", "abstentions in neither term since 2019 (Scarabée Biocoop)", confirmed=True),
        Sourced("writing", "for the statutes to say", confirmed=False),
        Sourced("conflicts", "house rule: who declares a conflict counts in neither term", confirmed=False),
    ),
)


def _qualified(num: int, den: int, denominator: Denominator = Denominator.EXPRESSED) -> Majority:
    return Majority(num, den, Comparator.AT_LEAST, denominator)


def _for_statutes(provisions: Provisions, source_ref: str) -> Provisions:
    """The same for a change of the statutes: its thresholds by this source, and never in writing."""
    thresholds = ("quorum", "majority")
    kept = tuple(each for each in provisions.sources if each.item not in thresholds)
    found = tuple(Sourced(item, source_ref, confirmed=False) for item in thresholds)
    return replace(provisions, changes_statutes=True, writing=Writing.NEVER, sources=(*kept, *found))


def _belgian(regime: str, common: Provisions, called: str) -> tuple[RulePreset, ...]:
    statutes, objects = (
        "CSA art. 6:85: half of the shares, three quarters",
        "CSA art. 6:86: half, four fifths",
    )
    half = Quorum(1, 2, Basis.SHARES)
    return (
        RulePreset(
            f"{regime}-ordinary", f"{called}, ordinary decisions", NO_QUORUM, SIMPLE, common, "CSA art. 6:83"
        ),
        RulePreset(
            f"{regime}-statutes",
            f"{called}, change of the statutes",
            half,
            _qualified(3, 4),
            _for_statutes(common, statutes),
            statutes,
        ),
        RulePreset(
            f"{regime}-object",
            f"{called}, change of the object, aims or values",
            half,
            _qualified(4, 5),
            _for_statutes(common, objects),
            objects,
        ),
    )


_SCOP_PRESENT = Majority(1, 2, Comparator.MORE_THAN, Denominator.PRESENT)
_EXTRAORDINARY = "Code de commerce art. L225-96: a quarter, then a fifth; two thirds"

RULE_PRESETS: tuple[RulePreset, ...] = (
    *_belgian("be-sc", _BE_SC, "coopérative belge"),
    RulePreset(
        "be-sc-written",
        "coopérative belge, written decisions",
        Quorum(1, 1),
        _qualified(1, 1, Denominator.ENTITLED),
        _BE_SC,
        "Cera, written decisions: unanimous, every member signs and dates",
    ),
    *_belgian("be-nrc-cnc", _BE_NRC_CNC, "coopérative agréée CNC"),
    RulePreset(
        "fr-scop-ordinary",
        "SCOP, assemblée ordinaire",
        Quorum(1, 5, Basis.HEADS),
        _SCOP_PRESENT,
        _FR_SCOP,
        "law of 19 July 1978, art. 14",
    ),
    RulePreset(
        "fr-scop-extraordinary",
        "SCOP, assemblée extraordinaire",
        Quorum(1, 4, Basis.HEADS),
        _qualified(2, 3, Denominator.PRESENT),
        replace(
            _for_statutes(_FR_SCOP, _EXTRAORDINARY), second=SecondConvening(Quorum(1, 5, Basis.HEADS), 10)
        ),
        _EXTRAORDINARY,
    ),
    RulePreset(
        "fr-scic-ordinary",
        "SCIC, assemblée ordinaire, by colleges",
        Quorum(1, 2, Basis.COLLEGES),
        SIMPLE,
        _FR_SCIC,
        "law of 10 September 1947, art. 19 octies",
    ),
)
"""In the order of their regimes."""


def preset(name: str) -> RulePreset:
    """Return the preset of that name; raises UnknownPreset."""
    for each in RULE_PRESETS:
        if each.name == name:
            return each
    raise UnknownPreset(preset=name, known=", ".join(known.name for known in RULE_PRESETS))
