"""The ordinary assembly, on the roll of a record date: what February left, house rules, and more supervisors."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.governance.provisions import Notice, Provisions, Proxies, RollBasis, RollRule
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.ledger import governance
from workers.demo.group.house import Group, House
from workers.demo.relay.advance import ABROAD, plan_advance_votes
from workers.demo.relay.consent import agree, house_rules
from workers.demo.relay.electing import elect_supervisors
from workers.demo.relay.mandates import MORE_SEATS, SEATS, STAYS, YEARS, add_a_seat, renew_and_expire
from workers.demo.relay.meeting import Meeting, all_say, voices_of
from workers.demo.relay.minutes import draw_up
from workers.demo.relay.notices import LEFT_FOR, NAME, TOOLS
from workers.demo.relay.proxies import plan_proxies, represented
from workers.demo.relay.year import day

ORDINARY_ASSEMBLY, REGULATION = "the ordinary assembly", "general-assembly"
PRESENT = tuple(n for n in range(10) if n != ABROAD)
ONE_MORE, STAYS_ON = "one more", "stays on"


def plan_ordinary_assembly(group: Group, relay: House) -> None:
    """Note the rule it is called under, its notice, what comes in before it, and the day itself."""
    meeting, february = Meeting(group, relay, ORDINARY_ASSEMBLY), Meeting(group, relay, NAME)
    group.agenda.on(day(5, 5), partial(_adopt_regulation, group, relay))
    group.agenda.on(day(5, 28), partial(_convene, meeting, february))
    plan_proxies(meeting)
    plan_advance_votes(meeting, february.named(TOOLS))
    group.agenda.on(LEFT_FOR, partial(_hold, meeting, february))
    group.agenda.on(day(6, 23), partial(draw_up, meeting, "nl", relay.members[:2]))


def _adopt_regulation(group: Group, relay: House, on: date) -> None:
    """Adopt how an ordinary assembly is called: a record date a week before, and two proxies each at most."""
    group.clerk.tell(
        "rule-set.adopt",
        governance.adopt_rule_set,
        on=on,
        entity_id=relay.entity_id,
        name=REGULATION,
        version=1,
        valid_from=on,
        quorum=Quorum(0, 1),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="regulation of the general assembly, art. 4 (fictional)",
        provisions=Provisions(
            notice=Notice(15),
            proxies=Proxies(most=2),
            roll=RollRule(basis=RollBasis.RECORD_DATE, days_before=7),
            max_term_years=6,
        ),
    )


def _convene(meeting: Meeting, february: Meeting, on: date) -> None:
    stays_on = meeting.table(
        STAYS_ON,
        "A mandate",
        f"{meeting.relay.members[STAYS].person.name} stays on as a supervisor for {YEARS} years.",
        on,
    )
    one_more = meeting.table(
        ONE_MORE,
        "The number of supervisors",
        f"The assembly elects {MORE_SEATS} supervisors from now on, and no longer {SEATS}.",
        on,
    )
    agenda = [february.named(TOOLS), house_rules(meeting.relay), stays_on, one_more]
    meeting.convene(agenda, LEFT_FOR, on, rule_name=REGULATION, rule_version=1)


def _hold(meeting: Meeting, february: Meeting, on: date) -> None:
    """Decide what was left, with the votes in advance; agree; renew, let expire, add a seat, and elect."""
    group, relay = meeting.group, meeting.relay
    present = [relay.members[n] for n in PRESENT]
    meeting.open(on)
    meeting.welcome(present, on)
    voices = [*voices_of(present), represented(meeting)]
    against = all_say(Choice.NO, voices[:3]) + all_say(Choice.YES, voices[3:])
    meeting.decide(february.named(TOOLS), against, on)
    agree(meeting, on)
    meeting.decide(meeting.named(STAYS_ON), all_say(Choice.YES, voices), on)
    renew_and_expire(meeting, meeting.named(STAYS_ON), REGULATION, on)
    meeting.decide(meeting.named(ONE_MORE), all_say(Choice.YES, voices), on)
    add_a_seat(group, relay, on)
    elect_supervisors(meeting, voices, REGULATION, on)
    meeting.close(on)
