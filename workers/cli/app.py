"""The commands of `tutti`, by name; each is imported only when it runs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from workers.version import VERSION

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("running:up", "Start everything and say where it is."),
    "demo": ("demo:demo", "Fill an empty ledger with a fictional cooperative, or with one worked example."),
    "test": ("testing:run_tests", "Run the whole test suite."),
    "import-bank": ("bank:import_bank", "Import bank statements (CAMT.053)."),
    "cutover": ("cutover:cutover", "Take over from old books, reconciled to the cent."),
    "trial-balance": ("books:trial_balance", "Show the trial balance."),
    "vat-return": ("vat:vat_return", "Show the VAT return by grid, reconciled with the accounts."),
    "account-codes": ("inside:account_codes", "Show the codes of its own that an entity gives accounts."),
    "balance": ("books:balance", "Show the balances of the activities."),
    "activities": ("inside:activities", "Show the activities, who runs them, and where each stands."),
    "deficits": ("inside:deficits", "Show what activities lacked at their end, and what became of it."),
    "transfers": ("inside:transfers", "Show what activities left one another."),
    "intercompany": ("inside:intercompany", "Show what entities sold one another, seen from both sides."),
    "fund": ("funds:fund", "Show the mutual funds, or the aid they gave."),
    "plan": ("plans:plan", "Show the contribution plan by version, or rules others have."),
    "shares": ("shares:shares", "Show the register of shares, and the withdrawal shares owed."),
    "dividends": ("dividends:dividends", "Show the dividends, down to what each holder is due."),
    "patronage": ("patronage:patronage", "Show the patronage refunds, down to what each activity is given."),
    "quotations": ("sales:quotations", "Show the quotations, and the client orders they became."),
    "invoice-drafts": ("sales:invoice_drafts", "Show the drafts of invoices, and what became of them."),
    "credit-notes": ("sales:credit_notes", "Show the credit notes."),
    "doubts": ("sales:doubts", "Show the invoices that may not be paid, or were written off."),
    "reminders": ("sales:reminders", "Show the payment reminders, and when they were sent."),
    "late-claims": ("sales:late_claims", "Show what is claimed for paying late."),
    "claims": ("outgoings:claims", "Show the expense claims."),
    "payrolls": ("outgoings:payrolls", "Show the wages asked, and their slips."),
    "orders": ("outgoings:orders", "Show the payment orders."),
    "bills": ("purchases:bills", "Show suppliers' bills, and what is left to pay of them."),
    "owed-back": ("purchases:owed_back", "Show what payees owe back of what they were paid."),
    "declarations": ("purchases:declarations", "Show what was declared to the state."),
    "members": ("cases:members", "Show the memberships, and where each stands."),
    "exclusions": ("cases:exclusions", "Show the exclusions of members, and what became of them."),
    "disputes": ("cases:disputes", "Show the disputes with members, and what is held back."),
    "member-statement": ("statement:member_statement", "Show what concerns one member over a period."),
    "waiting": ("waiting:waiting", "Show what waits, for how long, and the next step."),
    "journal": ("books:journal", "List the journal lines behind a figure."),
    "export-journal": ("exporting:export_journal", "Write the journal for Beancount or hledger to check."),
    "assemblies": ("assemblies:assemblies", "Show the assemblies, their motions and verdicts."),
    "minutes": ("minutes:minutes", "Draw the minutes of an assembly up, as a page or as PDF."),
    "calendar": ("governance:calendar", "Show the assemblies and polls by their days."),
    "mandates": ("mandates:mandates", "Show who holds which office, on any day."),
    "rebuild": ("keeping:rebuild", "Rebuild the read models from the log."),
    "verify": ("verifying:verify", "Recompute the log's hashes and signatures."),
    "replay": ("keeping:replay", "Replay the log and compare."),
    "doctor": ("doctoring:doctor", "Check that all is well, or that the books are what the log says."),
    "snapshot": ("snapshots:snapshot", "Take snapshots of long streams, or check them."),
    "schema": ("schema:schema", "Show the form of every fact, as JSON Schema."),
    "settings": ("founding:show_settings", "Show the settings and their origins."),
    "serve": ("running:serve", "Run the API alone."),
    "project": ("running:project", "Run the projector alone."),
    "schedule": ("running:schedule", "Run the scheduler alone."),
}
GROUPS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "db": (
        "The database.",
        {
            "status": ("database:status", "Where it is, and whether it runs."),
            "psql": ("database:psql", "Open it in psql."),
            "stop": ("database:stop", "Stop the embedded server."),
        },
    ),
    "document": (
        "Documents, by the SHA-256 that facts name.",
        {
            "show": ("documents:show", "Print a kept document, such as a bank file or a receipt."),
            "keep": ("documents:keep", "Keep receipts of a member, or evidence of an entity."),
        },
    ),
    "entity": ("Legal entities.", {"register": ("founding:register_entity", "Register one.")}),
    "parameter": (
        "Rates, terms and limits: the dated parameters.",
        {
            "list": ("parameters:show_all", "Show those in force; what `tutti parameter` alone does."),
            "show": ("parameters:show_one", "Show every value of one, with its day and source."),
            "set": ("parameters:set_one", "Give one its next value from a day on."),
            "add-rate": ("parameters:add_rate", "Add a half-year's reference rate for late interest."),
        },
    ),
    "period": (
        "Periods.",
        {
            "open": ("founding:open_period", "Let a month take bookings."),
            "close": ("founding:close_period", "Close a month with its digest."),
        },
    ),
    "election": (
        "Elections for offices.",
        {
            "count": ("elections:count", "Count a file of ballots, round by round."),
            "list": ("election_trails:show_all", "Show the elections, and where each stands."),
            "show": ("election_trails:show_one", "Show an election round by round."),
            "export": ("election_trails:export", "Write the papers of one as BLT or CSV."),
        },
    ),
    "votes": (
        "Polls and elections, from the roll to the verdict.",
        {
            "list": ("votes:votes", "Show the polls; what `tutti votes` alone does."),
            "show": ("votes:show", "Show a decision from roll to verdict, with every vote."),
            "recount": ("recounting:recount", "Count a decision again from the facts alone."),
            "export": ("recounting:export", "Write the whole trail of a decision as CSV and JSON."),
        },
    ),
    "bank": ("Bank accounts.", {"open": ("founding:open_bank_account", "Open one.")}),
    "bench": (
        "How fast it is, by ratios to limits and peers.",
        {"write": ("bench:write", "Measure writing.")},
    ),
    "key": ("API keys.", {"create": ("founding:create_key", "Make one.")}),
}
ALONE, NAMED = "list", "show"
"""What a group of these commands does without one: list all, or show what is named."""
PASSES_OPTIONS_ON = ("test", "psql")


def _say_version(asked: bool) -> None:  # noqa: FBT001 - as typer calls it
    if asked:
        sys.stdout.write(f"tutti {VERSION}\n")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_say_version, is_eager=True, help="Say which release this is."),
]


class _Listing(TyperGroup):
    """A group that lists when it is asked for nothing, and shows what it is asked for by name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command in that was meant."""
        if not args or args[0].startswith("-"):
            if "--help" not in args:
                args = [ALONE, *args]
        elif args[0] not in self.commands:
            args = [NAMED, *args]
        return super().parse_args(ctx, args)


def build(words: Sequence[str]) -> typer.Typer:
    """Return the program, with the command that `words` name imported and the others by name only."""
    named = [word for word in words if not word.startswith("-")][:2]
    app = typer.Typer(
        name="tutti",
        help="Tutti, the ledger of a cooperative of entrepreneurs.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_of_all)
    _add(app, COMMANDS, named[:1])
    for name, (sentence, commands) in GROUPS.items():
        lists = ALONE in commands
        group = typer.Typer(
            help=sentence,
            no_args_is_help=not lists,
            rich_markup_mode=None,
            cls=_Listing if lists else TyperGroup,
        )
        meant = named[1:] if not lists or set(named[1:]) & commands.keys() else [ALONE, NAMED]
        _add(group, commands, meant if named[:1] == [name] else [])
        app.add_typer(group, name=name)
    return app


def _add(app: typer.Typer, commands: Mapping[str, tuple[str, str]], named: Sequence[str]) -> None:
    for name, (target, sentence) in commands.items():
        passes_on = {"allow_extra_args": True, "ignore_unknown_options": True}
        app.command(name, help=sentence, context_settings=passes_on if name in PASSES_OPTIONS_ON else None)(
            _load(target) if name in named else _listed
        )


def _load(target: str) -> Callable[..., None]:
    module, function = target.split(":")
    loaded: Callable[..., None] = getattr(importlib.import_module(f"workers.cli.{module}"), function)
    return loaded


def _of_all(*, version: Version = False) -> None:
    """Take what is asked of the program itself and not of a command."""


def _listed() -> None:
    """Stand in the list of commands; the one that runs is always imported."""
