"""Who could vote when: present, represented, or in advance, folded anew from what an assembly recorded."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit.recount.facts import Facts, named_id


@dataclass
class Meeting:
    """An assembly as it stood at one place of the log."""

    present: set[str] = field(default_factory=set)
    proxies: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    opened: bool = False

    def represented(self, motion: str) -> set[str]:
        """Return the members whose holder is present and may vote on the motion."""
        return {
            principal
            for principal, (holder, motions) in self.proxies.items()
            if holder in self.present and (not motions or motion in motions)
        }

    def chained(self) -> list[str]:
        """Return the members whose holder gave a proxy as well."""
        return sorted(each for each, (holder, _) in self.proxies.items() if holder in self.proxies)


def meeting_at(facts: Facts, assembly: str, before: int) -> Meeting:
    """Return how an assembly stood just before a place of the log."""
    meeting = Meeting()
    for fact in facts.of(assembly):
        if fact.position >= before:
            break
        said = fact.said
        match fact.name:
            case "assembly.opened":
                meeting.opened = True
            case "assembly.attendance-recorded":
                meeting.present.add(said["member_id"])
            case "assembly.departure-recorded":
                meeting.present.discard(said["member_id"])
            case "assembly.proxy-granted":
                scope = frozenset(said["motions"])
                meeting.proxies[said["principal_id"]] = (said["holder_id"], scope)
            case "assembly.proxy-revoked" | "assembly.proxy-refused":
                meeting.proxies.pop(said["principal_id"], None)
            case _:
                pass
    return meeting


def standing_in_advance(facts: Facts, assembly: str, motion: str, text: str, before: int) -> set[str]:
    """Return who has a vote in advance on this text of the motion, that was not taken back."""
    standing: dict[str, str] = {}
    for fact in facts.of(named_id("advance-box", assembly, motion)):
        if fact.position >= before:
            break
        if fact.name == "advance-box.received":
            standing[fact.said["member_id"]] = fact.said["text_sha256"]
        elif fact.name == "advance-box.withdrawn":
            standing.pop(fact.said["member_id"], None)
    return {member for member, of in standing.items() if of == text}
