"""Minutes as a document: sections in the order of the assembly, every figure with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from api.minutes.content import Content, ElectionContent, GivenProxy, LiveVote, MotionContent, Quorum
from api.minutes.words import said
from domain.aggregates.assembly import Assembly
from domain.aggregates.motion import Motion
from domain.governance.reckoning import Exact, Reckoning
from interchange.documents.records import Block, Document, Facts, Paragraph, Section, Table

MOST_NAMED = 300
"""Votes that are listed by name; of more, the document says where each is shown."""
CHOICES = ("yes", "no", "abstain", "blank", "invalid")


@dataclass(frozen=True)
class Person:
    """How a member is named: by number and name."""

    number: int
    name: str


@dataclass(frozen=True)
class Known:
    """What the facts of the assembly do not say: who the entity and the members are, and the log's root."""

    entity: str
    people: dict[UUID, Person]
    root: str


def document_of(content: Content, known: Known, lang: str) -> Document:
    """Return the minutes in a language."""
    convened = content.convened
    subtitle = f"{known.entity} · {said('held-on', lang)} {convened.held_on}"
    writer = _Writer(content, known, lang)
    return Document(
        lang=lang,
        title=said("minutes", lang),
        subtitle=f"{subtitle} · {convened.place}" if convened.place else subtitle,
        dated=convened.held_on,
        sections=tuple(writer.sections()),
        foot=said("foot", lang, position=content.position, sha256=known.root),
    )


class _Writer:
    def __init__(self, content: Content, known: Known, lang: str) -> None:
        self._content, self._known, self._lang = content, known, lang

    def sections(self) -> Iterator[Section]:
        """Yield the sections, from the convening to the evidence."""
        yield Section(self._("convening"), tuple(self._convening()))
        if self._content.opened is not None:
            yield Section(self._("roll"), tuple(self._roll()))
        for number, motion in enumerate(self._content.motions, start=1):
            yield Section(f"{number}. {motion.title}", tuple(self._motion(motion)))
        for election in self._content.elections:
            heading = self._("elections", office=election.called.office)
            yield Section(heading, tuple(self._election(election)))
        yield Section(self._("evidence"), tuple(self._evidence()))

    def _(self, key: str, **facts: object) -> str:
        return said(key, self._lang, **facts)

    def _name(self, member_id: UUID) -> str:
        person = self._known.people.get(member_id)
        return f"{person.name} ({person.number})" if person else str(member_id)

    def _names(self, members: Iterable[UUID]) -> str:
        return ", ".join(map(self._name, members)) or self._("none")

    def _convening(self) -> Iterator[Block]:
        content, convened = self._content, self._content.convened
        if content.closed is None:
            yield Paragraph(self._("not-over"))
        pairs = [(self._("notice-on"), str(convened.notice_on))]
        if convened.place:
            pairs.append((self._("place"), convened.place))
        pairs.append((self._("convening-no"), self._("second" if convened.previous_id else "first")))
        if content.sent:
            sent = ", ".join(f"{count} {self._(channel)}" for channel, count in sorted(content.sent.items()))
            pairs.append((self._("sent-by"), sent))
        if content.waived:
            pairs.append((self._("waived"), self._names(content.waived)))
        if convened.agenda_sha256:
            pairs.append((self._("agenda-hash"), convened.agenda_sha256))
        irregular = [
            self._("short-notice", found=each.found, required=each.required) for each in content.short_notice
        ]
        irregular += [f"{self._(each.kind.value)}: {each.what}" for each in content.reported]
        pairs.append((self._("irregularities"), "\n".join(irregular) or self._("none")))
        yield Facts(tuple(pairs))

    def _roll(self) -> Iterator[Block]:
        content = self._content
        pairs = [
            (self._("record-date"), str(content.record_on)),
            (self._("drawn-at"), str(content.drawn_at)),
        ]
        if content.roll is not None:
            pairs += [
                (self._("members"), str(content.roll.count)),
                (self._("votes"), str(content.roll.votes)),
                (self._("root"), content.roll.root),
            ]
        if content.corrected:
            corrected = "\n".join(
                f"{self._name(each.member_id)}: {each.votes} ({each.reason})" for each in content.corrected
            )
            pairs.append((self._("corrected"), corrected))
        yield Facts(tuple(pairs))
        if content.attendance:
            rows = (
                (self._name(each.member_id), self._how(each.mode, late=each.late, left=each.left))
                for each in content.attendance
            )
            yield Table(self._("present"), (self._("member"), self._("how")), tuple(rows))
        if content.proxies:
            headings = (self._("member"), self._("holder"), self._("scope"), self._("outcome"))
            yield Table(self._("proxies"), headings, tuple(map(self._proxy, content.proxies)))

    def _how(self, mode: str, *, late: bool, left: bool) -> str:
        more = [self._(key) for key, holds in (("late", late), ("left", left)) if holds]
        return ", ".join([self._(mode), *more])

    def _proxy(self, given: GivenProxy) -> tuple[str, ...]:
        scope = self._("some-motions", count=given.motions) if given.motions else self._("all-motions")
        outcome = self._(given.ended or "counted")
        return self._name(given.principal_id), self._name(given.holder_id), scope, outcome

    def _motion(self, motion: MotionContent) -> Iterator[Block]:
        yield Paragraph(motion.text)
        pairs = [(self._("text-hash"), motion.text_sha256)]
        if motion.amendments:
            pairs.append((self._("amendments"), self._("times", count=motion.amendments)))
        if motion.conflicted:
            pairs.append((self._("conflicts"), self._names(motion.conflicted)))
        for quorum in motion.quorums:
            pairs += self._quorum(quorum)
        pairs += self._arithmetic(motion)
        pairs.append((self._("verdict"), self._verdict(motion)))
        yield Facts(tuple(pairs))
        if motion.objections:
            rows = (
                (self._name(member), reason, how or self._("stands"))
                for member, reason, how in motion.objections
            )
            headings = (self._("member"), self._("objection"), self._("resolved"))
            yield Table(self._("objections"), headings, tuple(rows))
        yield from self._votes(motion)

    def _quorum(self, quorum: Quorum) -> Iterator[tuple[str, str]]:
        reached = isinstance(quorum, Assembly.QuorumReached)
        yield self._("rule"), f"{quorum.rule_name} v{quorum.rule_version}"
        parts = {name: getattr(quorum, name) for name in ("present", "represented", "in_advance")}
        yield self._("taking-part"), self._("parts", **parts)
        outcome = self._("reached" if reached else "not-reached")
        asked = f"{self._('at-least')} {quorum.num}/{quorum.den}" if quorum.num else self._("none-asked")
        if quorum.reckoned is not None:
            part, whole = (_shown(each) for each in (quorum.reckoned.took_part, quorum.reckoned.entitled))
            basis = self._(f"of-{quorum.reckoned.basis.value}")
            yield self._("quorum"), f"{part} / {whole} {basis}; {asked}: {outcome}"
        else:
            yield self._("quorum"), f"{asked}: {outcome}"

    def _arithmetic(self, motion: MotionContent) -> Iterator[tuple[str, str]]:
        verdict = motion.verdict
        if not isinstance(verdict, Motion.Adopted | Motion.Rejected) or verdict.reckoning is None:
            return
        reckoning: Reckoning = verdict.reckoning
        majority = reckoning.majority
        base = majority.denominator.value
        yield (
            self._("in-favour"),
            self._(
                "of-base",
                in_favour=_shown(majority.in_favour),
                base=_shown(majority.base),
                denominator=self._("base-present" if base == "present" else base),
                comparator=self._(majority.comparator.value),
                num=majority.num,
                den=majority.den,
            ),
        )
        if reckoning.cap is not None:
            yield self._("cap"), f"{_shown(reckoning.cap.most)} / {reckoning.cap.votes}"
        for college in reckoning.colleges:
            figures = (college.weight, college.yes, college.base, college.in_favour)
            weight, yes, of, gives = map(_shown, figures)
            yield college.name, f"{weight} · {yes} / {of} = {gives}"
        if reckoning.excluded:
            yield self._("excluded"), str(reckoning.excluded)

    def _verdict(self, motion: MotionContent) -> str:
        verdict = motion.verdict
        if motion.adjourned_to is not None:
            return self._("adjourned", day=motion.adjourned_to)
        if verdict is None:
            return self._("not-decided")
        if isinstance(verdict, Motion.AdoptedByConsent):
            told = self._("by-consent")
        else:
            told = self._("adopted" if isinstance(verdict, Motion.Adopted) else "rejected")
        return f"{told} ({self._('annulled')})" if motion.annulled else told

    def _votes(self, motion: MotionContent) -> Iterator[Block]:
        verdict = motion.verdict
        if isinstance(verdict, Motion.Adopted | Motion.Rejected):
            weighed = verdict.reckoning.majority.weighed if verdict.reckoning else None
            rows = tuple(
                (
                    self._(choice),
                    str(getattr(verdict, choice)),
                    _shown(getattr(weighed, choice)) if weighed else "",
                )
                for choice in CHOICES
            )
            headings = (self._("choice"), self._("votes"), self._("weight"))
            yield Table(self._("count"), headings, rows, frozenset({1, 2}))
        if len(motion.votes) > MOST_NAMED:
            yield Paragraph(self._("too-many", count=len(motion.votes)))
        elif motion.votes:
            named = tuple(map(self._, ("member", "choice", "votes", "by-whom", "changes")))
            yield Table(self._("roll-call"), named, tuple(map(self._vote, motion.votes)), frozenset({2}))

    def _vote(self, vote: LiveVote) -> tuple[str, ...]:
        by_whom = self._name(vote.holder_id) if vote.holder_id else ""
        if vote.in_advance:
            by_whom = self._("in-advance")
        changes = self._("times", count=vote.changes) if vote.changes else ""
        return self._name(vote.member_id), self._(vote.choice), str(vote.votes), by_whom, changes

    def _election(self, election: ElectionContent) -> Iterator[Block]:
        called, counted = election.called, election.counted
        pairs = [
            (self._("rule"), f"{called.rule_name} v{called.rule_version}"),
            (self._("method"), called.method.value),
            (self._("seats"), str(called.seats)),
            (self._("candidates"), self._names(election.candidates)),
        ]
        if counted is None:
            pairs.append((self._("elected"), self._("not-counted")))
        else:
            pairs += [
                (self._("papers"), str(counted.papers)),
                (self._("rounds"), str(counted.rounds)),
                (self._("ties"), str(election.ties)),
                (self._("elected"), self._names(counted.elected)),
                (self._("recount"), f"tutti votes recount {called.originator_id}"),
            ]
        yield Facts(tuple(pairs))

    def _evidence(self) -> Iterator[Block]:
        content = self._content
        if content.closed is not None:
            yield Paragraph(self._("closed-on", day=content.closed.effective_on))
        pairs = [
            (self._("position"), str(content.position)),
            (self._("log-root"), self._known.root),
            (self._("verify"), f"tutti verify --known {content.position}:{self._known.root}"),
            *(
                (self._("recount"), f"tutti votes recount {motion.motion_id}")
                for motion in content.motions
                if motion.verdict is not None
            ),
        ]
        if content.drawn_up is not None:
            pairs.append(
                (self._("drawn-up"), f"{content.drawn_up.document_sha256} ({content.drawn_up.language})")
            )
        if content.signed_by:
            pairs.append((self._("signatures"), self._names(content.signed_by)))
        yield Facts(tuple(pairs))


def _shown(value: Exact) -> str:
    return str(value.num) if value.den == 1 else f"{value.num}/{value.den}"
