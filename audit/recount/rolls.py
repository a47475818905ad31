"""A roll counted again: page by page, under its root, with what was corrected, from the registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from audit.recount.facts import Fact, Facts, named_id
from audit.recount.findings import Recount
from audit.recount.trees import root_of


@dataclass(frozen=True)
class Entry:
    """One member on a roll."""

    member: str
    number: int
    votes: int
    shares: int
    college: str
    reason: str

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Entry:
        """Read an entry as facts keep it."""
        return cls(
            said["member_id"],
            said["member_no"],
            said["votes"],
            said["shares"],
            said["college"],
            said["reason"],
        )

    def line(self) -> str:
        """Return what stands for the entry under the root."""
        plain = f"{self.number} {self.member} {self.votes}"
        if self.shares == 0 and self.college == "" and self.reason == "":
            return plain
        return f"{plain} {self.shares} {self.college or '-'} {self.reason or '-'}"


Roll = dict[str, Entry]


def recount_roll(recount: Recount, facts: Facts, roll: str) -> Roll:
    """Add the steps of a roll, and return its entries with what was corrected, in their order."""
    entries: list[Entry] = []
    pages = list(facts.named(roll, "electoral-roll.page-frozen"))
    recount.compare("roll pages", list(range(1, len(pages) + 1)), [page.said["n"] for page in pages])
    for page in pages:
        entries += [Entry.of(each) for each in page.said["entries"]]
    named = Counter(each.member for each in entries)
    twice = [f"{member} {times} times" for member, times in sorted(named.items()) if times > 1]
    found = {each.member: each for each in entries}
    recount.faults("roll names each once", twice, "yes")
    frozen = facts.first(roll, "electoral-roll.frozen")
    if frozen is None:
        recount.faults("roll is frozen", ["it never was"], "yes")
        return found
    said = frozen.said
    _compare_sums(recount, "roll", said, list(found.values()), frozen.position)
    recount.compare("roll page count", said["pages"], len(pages), frozen.position)
    _compare_with_registers(recount, facts, roll, found)
    for correction in facts.named(roll, "electoral-roll.entry-corrected"):
        entry = Entry.of(correction.said["entry"])
        found[entry.member] = entry
        _compare_sums(recount, "corrected roll", correction.said, list(found.values()), correction.position)
    return found


def _compare_sums(
    recount: Recount, name: str, said: Mapping[str, Any], entries: list[Entry], position: int
) -> None:
    recount.compare(f"{name} members", said["count"], len(entries), position)
    recount.compare(f"{name} votes", said["votes"], sum(each.votes for each in entries), position)
    recount.compare(f"{name} root", said["root"], root_of([each.line() for each in entries]), position)


def _compare_with_registers(recount: Recount, facts: Facts, roll: str, found: Roll) -> None:
    """Rebuild who was a member, with which shares, from the registers up to the position it was drawn at."""
    drawn = facts.first(roll, "electoral-roll.drawn")
    if drawn is None:
        recount.faults("roll was drawn", ["it never was"], "yes")
        return
    registers = _registers(facts, drawn.said["entity_id"], drawn.said["position"])
    shares = registers.shares()
    listed = {member: each.number for member, each in found.items()}
    wrong = [f"{each} is not on the register" for each in sorted(listed.keys() - registers.numbers.keys())]
    wrong += [f"{each} is missing" for each in sorted(registers.numbers.keys() - listed.keys())]
    wrong += [
        f"{each} has number {listed[each]}, not {number}"
        for each, number in sorted(registers.numbers.items())
        if each in listed and listed[each] != number
    ]
    wrong += [
        f"{member} has {each.shares} shares, not {shares.get(member, 0)}"
        for member, each in sorted(found.items())
        if each.shares and each.shares != shares.get(member, 0)
    ]
    recount.faults("roll follows from the registers", wrong, f"{len(listed)} members")


@dataclass
class _Registers:
    """Who is a member under which number, and with which shares, as the registers tell it."""

    numbers: dict[str, int] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    accounts: dict[str, int] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def take(self, fact: Fact) -> None:
        said = fact.said
        match fact.name:
            case "member-register.member-entered" | "member-register.merge-undone":
                self.numbers[said["membership_id"]] = said["member_no"]
                self.merged.pop(said["membership_id"], None)
            case "member-register.member-left":
                self.numbers.pop(said["membership_id"], None)
            case "member-register.members-merged":
                self.numbers.pop(said["membership_id"], None)
                self.merged[said["membership_id"]] = said["into_id"]
            case _:
                self._take_shares(fact.name, said)

    def _take_shares(self, name: str, said: Mapping[str, Any]) -> None:
        match name:
            case "share-register.opened":
                self.classes.add(said["share_class"])
            case "share-register.shares-entered" | "share-register.shares-ended":
                self.owners[said["account_id"]] = said["membership_id"]
                self._move(said["account_id"], said["qty"] * (1 if name.endswith("entered") else -1))
            case "share-register.shares-transferred":
                self._move(said["from_account_id"], -said["qty"])
                self._move(said["to_account_id"], said["qty"])
            case _:
                pass

    def _move(self, account: str, qty: int) -> None:
        self.accounts[account] = self.accounts.get(account, 0) + qty

    def shares(self) -> dict[str, int]:
        """Return the shares by the member that stands for them."""
        owners = {
            named_id("share-account", member, share_class): member
            for member in (*self.numbers, *self.merged)
            for share_class in self.classes
        }
        owners |= self.owners
        held: dict[str, int] = {}
        for account, qty in self.accounts.items():
            owner = owners.get(account, account)
            owner = self.merged.get(owner, owner)
            held[owner] = held.get(owner, 0) + qty
        return held


def _registers(facts: Facts, entity: str, up_to: int) -> _Registers:
    told = [
        fact
        for stream in facts.streams.values()
        for fact in stream
        if fact.position <= up_to
        and fact.name.startswith(("member-register.", "share-register."))
        and fact.said["entity_id"] == entity
    ]
    registers = _Registers()
    for fact in sorted(told, key=lambda fact: fact.position):
        registers.take(fact)
    return registers
