"""`tutti election count`: count a file of ballots, round by round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.elections.record import ActionKind, Method, decimals
from workers.cli.session import Column, Screen, Session, command

if TYPE_CHECKING:
    from domain.elections.ballots import Contest
    from domain.elections.record import Action, Count, Round, TieBreak

File = Annotated[Path, typer.Argument(help="A BLT or PrefLib file (.blt, .soc, .soi, .toc, .toi).")]
Rule = Annotated[Method, typer.Option("--rule", help="How it is counted.")]
Seats = Annotated[int | None, typer.Option("--seats", help="How many seats, if not as the file says.")]
TieOrder = Annotated[
    list[str] | None,
    typer.Option(
        "--tie-order",
        metavar="NAME,…",
        help="Names or numbers of candidates, with commas or one an option: who stands first wins a tie.",
    ),
]
BAR = 24
"""How many characters the longest bar has."""
ELECTED_BEFORE = "✓"


@command
def count(
    session: Session, file: File, *, rule: Rule, seats: Seats = None, tie_order: TieOrder = None
) -> None:
    """Count a file of ballots by a rule and show every round; a tie that nothing breaks is refused."""
    from domain.elections.counting import count_contest, stated_order
    from interchange.ballots import read_ballots

    contest = read_ballots(file.read_bytes(), suffix=file.suffix, seats=seats)
    stated = stated_order(contest, _order(contest, tie_order or []))
    counted = count_contest(contest, rule, stated)
    if session.screen.as_json:
        session.screen.data(count_document(contest, counted))
    else:
        draw_count(session.screen, contest, counted)


def _order(contest: Contest, said: list[str]) -> list[str]:
    """Return the candidates of an order: one an option, or with commas or spaces between; a name may hold both."""
    known = {*contest.candidates, *(str(number + 1) for number in range(len(contest.candidates)))}
    order = []
    for each in said:
        for part in [each] if each in known else [part.strip() for part in each.split(",")]:
            words = part.split()
            order += words if part not in known and words and known.issuperset(words) else [part]
    return order


def count_document(contest: Contest, counted: Count) -> dict[str, Any]:
    """Return a count with names in the place of numbers and votes as text with five decimals."""
    names = contest.candidates
    document: dict[str, Any] = {
        "title": contest.title,
        "rule": counted.method.value,
        "seats": contest.seats,
        "elected": [names[each] for each in counted.elected],
        "quota": counted.quota,
        "valid": counted.valid,
        "invalid": counted.invalid,
        "withdrawn": [names[each] for each in sorted(contest.withdrawn)],
        "rounds": [
            {
                "round": number,
                "tallies": {names[each]: decimals(votes) for each, votes in sorted(one.tallies.items())},
                "non_transferable": decimals(one.non_transferable),
                "lost_by_rounding": decimals(one.lost),
                "actions": [_action_document(names, action) for action in one.actions],
            }
            for number, one in enumerate(counted.rounds, start=1)
        ],
    }
    if counted.order:
        document["order"] = [[names[each] for each in tier] for tier in counted.order]
    return document


def _action_document(names: tuple[str, ...], action: Action) -> dict[str, Any]:
    document: dict[str, Any] = {
        "action": action.kind.value,
        "candidate": names[action.candidate],
        "votes": decimals(action.votes),
    }
    if action.tie is not None:
        document["tie"] = {
            "among": [names[each] for each in action.tie.among],
            "broken_by": action.tie.rule.value,
            "rounds": list(action.tie.rounds),
        }
    return document


def draw_count(screen: Screen, contest: Contest, counted: Count) -> None:
    """Draw a count: what was counted, every round with its bars, and who is elected."""
    say, names = screen.words, contest.candidates
    screen.line(f"{contest.title or say('election')} — {say(f'method-{counted.method}')}")
    facts = [f"{say('seats')} {contest.seats}", f"{say('valid-votes')} {counted.valid}"]
    if counted.invalid:
        facts.append(f"{say('invalid-votes')} {counted.invalid}")
    if counted.quota is not None:
        facts.append(f"{say('election-quota')} {counted.quota}")
    if contest.withdrawn:
        facts.append(f"{say('who-withdrew')} {', '.join(names[each] for each in sorted(contest.withdrawn))}")
    screen.line(" · ".join(facts))
    for number in range(1, len(counted.rounds) + 1):
        _show_round(screen, contest, counted, number)
    if counted.order:
        tiers = (" = ".join(names[each] for each in tier) for tier in counted.order)
        screen.line(f"{say('election-order')}: {' > '.join(tiers)}")
    elected = (f"{place}. {names[each]}" for place, each in enumerate(counted.elected, start=1))
    screen.line(f"{say('elected')}: {', '.join(elected) or say('nobody')}")


def _show_round(screen: Screen, contest: Contest, counted: Count, number: int) -> None:
    """Draw the votes of a round as bars, the most first, with what changed and what was done.

    Who was elected before is marked.
    """
    say, one = screen.words, counted.rounds[number - 1]
    earlier = counted.rounds[: number - 1]
    before = earlier[-1].tallies if earlier else {}
    most = max([*one.tallies.values(), counted.quota or 1, 1])
    done = {
        action.candidate: ELECTED_BEFORE
        for was in earlier
        for action in was.actions
        if action.kind is ActionKind.ELECTED
    }
    done |= {action.candidate: say(f"action-{action.kind}") for action in one.actions}
    rows: list[tuple[str, ...]] = [
        (
            contest.candidates[each],
            decimals(votes),
            _change(votes - before[each]) if each in before and votes != before[each] else "",
            "█" * (BAR * votes // most) or "▏",
            done.get(each, ""),
        )
        for each, votes in sorted(one.tallies.items(), key=lambda row: (-row[1], row[0]))
        if votes or each in done or before.get(each)
    ]
    rows += _nowhere(screen, one)
    columns = (
        Column("candidate"),
        Column("votes", figures=True),
        Column("change", figures=True),
        Column("share"),
        Column("outcome"),
    )
    screen.table(f"{say('round')} {number}", columns, rows)
    for action in one.actions:
        if action.tie is not None:
            screen.line(_tie(screen, contest, action, action.tie))


def _nowhere(screen: Screen, one: Round) -> list[tuple[str, ...]]:
    figures = (("non-transferable", one.non_transferable), ("lost-by-rounding", one.lost))
    return [(f"({screen.words(key)})", decimals(votes), "", "", "") for key, votes in figures if votes]


def _change(votes: int) -> str:
    return f"{'-' if votes < 0 else '+'}{decimals(abs(votes))}"


def _tie(screen: Screen, contest: Contest, action: Action, tie: TieBreak) -> str:
    """Say a tie, what broke it, and what became of the candidate."""
    say = screen.words
    among = ", ".join(contest.candidates[each] for each in tie.among)
    rounds = f" {', '.join(map(str, tie.rounds))}" if tie.rounds else ""
    outcome = say(f"action-{action.kind}")
    return f"  {say('tie')}: {among} — {say(f'tie-{tie.rule}')}{rounds}: {contest.candidates[action.candidate]}, {outcome}"
