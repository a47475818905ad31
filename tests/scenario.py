"""Given what happened, when something is asked, then this is recorded or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from domain.errors import Refusal
from domain.facts import Ledgered, Stamp

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ID = UUID(int=1)
COMMAND = UUID(int=2)
PLUMBING = frozenset(
    {
        "originator_id",
        "originator_version",
        "originator_topic",
        "timestamp",
        "effective_on",
        "actor",
        "on_behalf_of",
        "command_id",
        "operation",
        "body_mac",
    }
)


def stamp(*, on: date = TODAY, actor: str = "anna", on_behalf_of: str | None = None) -> Stamp:
    """The plumbing of a request made on that day by that actor."""
    return Stamp(
        recorded_at=max(AT, datetime.combine(on, AT.timetz())),
        effective_on=on,
        actor=actor,
        on_behalf_of=on_behalf_of,
        command_id=COMMAND,
        operation="test",
        body_mac="00" * 32,
    )


class Fact(NamedTuple):
    """What a fact says, beside its plumbing."""

    kind: type[Any]
    says: dict[str, Any]


def fact(kind: type[Any], /, **says: Any) -> Fact:
    """A fact to be given or expected; a given one may name its `actor`, `on_behalf_of` or day.

    What it does not name says its default, if the field has one.
    """
    defaults = {
        each.name: each.default
        for each in fields(kind)
        if each.name not in PLUMBING and each.default is not MISSING
    }
    return Fact(kind, {**defaults, **says})


def says(event: Any) -> Fact:
    """What an event says, without its plumbing."""
    return Fact(
        type(event), {f.name: getattr(event, f.name) for f in fields(event) if f.name not in PLUMBING}
    )


def replayed(aggregate: type[Ledgered], *history: Fact, id: UUID = ID) -> Any:
    """The aggregate after these facts, or None if there are none."""
    state: Any = None
    for version, (kind, told) in enumerate(history, start=1):
        extra = {"originator_topic": aggregate.TOPIC} if version == 1 else {}
        event = kind(originator_id=id, originator_version=version, **extra, **stamp().fields() | told)
        state = event.mutate(state)
    return state


class Given:
    """One aggregate with its history."""

    def __init__(self, aggregate: type[Ledgered], *history: Fact, id: UUID = ID) -> None:
        self.state = replayed(aggregate, *history, id=id)

    def when(self, ask: Callable[[Any], Any]) -> When:
        return When(self.state, ask)


class When:
    """A question put to an aggregate."""

    def __init__(self, state: Any, ask: Callable[[Any], Any]) -> None:
        self.state, self.ask = state, ask

    def then(self, *expected: Fact) -> None:
        """Exactly these facts are recorded, in this order."""
        answer = self.ask(self.state)
        aggregate = answer if isinstance(answer, Ledgered) else self.state
        assert [says(event) for event in aggregate.collect_events()] == list(expected)

    def then_nothing(self) -> None:
        """Nothing is recorded, and nothing refused."""
        self.then()

    def then_refused(self, refusal: type[Refusal], **facts: object) -> None:
        """Exactly this refusal answers, resting on these facts among others; nothing is recorded."""
        with pytest.raises(Refusal) as refused:
            self.ask(self.state)
        assert type(refused.value) is refusal
        assert {name: refused.value.facts.get(name) for name in facts} == facts
        assert self.state is None or not self.state.pending_events
