"""What every command shares: its four common options, its screen, and how a refusal is said.

Data goes to standard output and messages to standard error; a refusal ends with status 1, a wrong
command line with 2.
"""

from __future__ import annotations

import functools
import inspect
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from domain.errors import LANGUAGES, Refusal
from workers.cli.sentences import told
from workers.cli.words import said
from workers.settings import Settings, read_settings
from workers.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from eventstore.store import Outcome

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Where the ledger lives.")]
Tenant = Annotated[str | None, typer.Option("--tenant", help="Which cooperative group.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON on standard output.")]
Lang = Annotated[str | None, typer.Option("--lang", help="fr, nl or en.")]

_COMMON = (
    inspect.Parameter("data_dir", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=DataDir),
    inspect.Parameter("tenant", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Tenant),
    inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=AsJson),
    inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Lang),
)


LEAST_TEXT = 12
"""Below this a column of text is no longer read."""
UUID_WIDTH = 36
WIDE = 160


class CannotReachDatabase(Refusal):
    """The database does not answer: `tutti db status` says where it should be."""

    code = "cannot-reach-database"
    fr = "La base de données ne répond pas : `tutti db status` dit où elle devrait être."
    nl = "De databank antwoordt niet: `tutti db status` zegt waar ze zou moeten zijn."


class DatabaseFailed(Refusal):
    """The database answers with an error: look at its address, at this login's rights and at its own log."""

    code = "database-failed"
    fr = "La base de données répond par une erreur : voyez son adresse, les droits de ce compte et son propre journal."
    nl = "De databank antwoordt met een fout: kijk naar haar adres, de rechten van deze aanmelding en haar eigen logboek."


class FileUnusable(Refusal):
    """This file or folder cannot be read or written."""

    code = "file-unusable"
    fr = "Ce fichier ou ce répertoire ne peut être ni lu ni écrit."
    nl = "Dit bestand of deze map kan niet gelezen of geschreven worden."


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its key in the words, whether it holds figures, and may not be cut."""

    key: str
    figures: bool = False
    whole: bool = False


class Screen:
    """Where a command speaks: tables or JSON as data, sentences as messages."""

    def __init__(self, *, as_json: bool, lang: str) -> None:
        """Speak in this language, or in JSON."""
        self.as_json = as_json
        self.lang = lang

    @functools.cached_property
    def _out(self) -> Console:
        from rich.console import Console

        if sys.stdout.isatty():
            return Console(highlight=False)
        # A file or a pipe is as wide as the widest table.
        return Console(highlight=False, soft_wrap=True, width=WIDE)

    @functools.cached_property
    def err(self) -> Console:
        """The console of messages."""
        from rich.console import Console

        return Console(stderr=True, highlight=False, soft_wrap=True)

    def data(self, document: Mapping[str, Any]) -> None:
        """Print a JSON document."""
        self.line(json.dumps(document, indent=2, ensure_ascii=False, default=str))

    def table(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        last_is_total: bool = False,
    ) -> None:
        """Print a table; figures stand on the right."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_footer=False)
        for place, column in enumerate(columns):
            table.add_column(
                said(column.key, self.lang),
                justify="right" if column.figures else "left",
                no_wrap=column.whole,
                overflow="fold",
                min_width=UUID_WIDTH
                if column.whole
                else _least(column, said(column.key, self.lang), [row[place] for row in rows]),
            )
        for number, row in enumerate(rows, start=1):
            if last_is_total and number == len(rows):
                table.add_section()
            table.add_row(*(Text(cell) for cell in row))
        self._out.print(table)

    def line(self, text: str) -> None:
        """Print one line of data, at once: the reader may be a pipe and the command run on."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def say(self, text: str) -> None:
        """Say a message."""
        self.err.print(text, markup=False)

    def words(self, key: str) -> str:
        """Return a word or sentence in the language of this screen."""
        return said(key, self.lang)

    def told(self, key: str, /, **facts: object) -> str:
        """Return a sentence about what was done, in the language of this screen."""
        return told(key, self.lang, **facts)

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show a progress bar on a terminal; elsewhere say only what is done."""
        if not self.err.is_terminal:
            self.say(f"{what} …")
            yield lambda _: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        bars = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*bars, console=self.err) as shown:
            task = shown.add_task(what, total=total)
            yield lambda done: shown.update(task, completed=done)


def _least(column: Column, heading: str, cells: Sequence[str]) -> int:
    """Return how narrow a column may become: figures stay whole, and words up to a length."""
    words = [word for text in (heading, *cells) for word in text.split()]
    longest = max(map(len, words), default=0)
    return longest if column.figures else min(longest, LEAST_TEXT)


@dataclass(frozen=True, slots=True)
class Session:
    """One run of one command."""

    settings: Settings
    screen: Screen

    def workshop(self) -> Workshop:
        """Return the workshop of these settings; close it after use."""
        return Workshop(self.settings)

    @contextmanager
    def ledger(self) -> Iterator[Workshop]:
        """Open the workshop of a ledger that is there, and begin none; raises NoSuchLedger."""
        from workers.presence import require_ledger

        with self.workshop() as workshop:
            require_ledger(workshop)
            yield workshop


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the common options, a session, and a way to say refusals."""

    @functools.wraps(function)
    def run(*args: Any, **options: Any) -> None:
        common = {name: options.pop(name) for name in ("data_dir", "tenant", "as_json", "lang")}
        asked = common["lang"]
        screen = Screen(as_json=common["as_json"], lang=asked if asked in LANGUAGES else "en")
        with refusals_said(screen):
            settings = read_settings(
                data_dir=common["data_dir"], tenant=common["tenant"], lang=common["lang"]
            )
            screen.lang = settings.lang
            function(Session(settings, screen), *args, **options)

    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    run.__signature__ = inspect.Signature([*own, *_COMMON])  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *_COMMON)}
    return run


def id_of(text: str, *, listed_by: str) -> UUID:
    """Read an id as it was typed; raises BadParameter, which says what lists such ids."""
    try:
        return UUID(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no id; `{listed_by}` lists them") from None


def say_recorded(session: Session, outcome: Outcome, sentence: str) -> None:
    """Say what was done and at which position of the log it stands, or that in JSON."""
    if session.screen.as_json:
        session.screen.data({"position": outcome.position, "facts": outcome.n})
    else:
        session.screen.say(f"{sentence} ({session.screen.words('position').lower()} {outcome.position})")


@contextmanager
def refusals_said(screen: Screen) -> Iterator[None]:
    """Say a refusal as a sentence, or in JSON, and end with status 1.

    So is what the database or a file answers; any other error is a defect and keeps its traceback.
    """
    try:
        yield
    except Refusal as refusal:
        _say(screen, refusal)
    except OSError as error:
        if error.filename is None:  # such as the end of the pipe we write to
            raise
        _say(screen, FileUnusable(file=error.filename, reason=error.strerror))
    except Exception as error:
        kinds = _kinds_of_the_driver(error)
        if not kinds:
            raise
        kind = CannotReachDatabase if "OperationalError" in kinds else DatabaseFailed
        _say(screen, kind(reason=next(iter(str(error).strip().splitlines()), type(error).__name__)))


def _say(screen: Screen, refusal: Refusal) -> None:
    if screen.as_json:
        screen.data(refusal_document(refusal, screen.lang))
    else:
        screen.say(f"tutti: {refusal.sentence(screen.lang)}")
    raise typer.Exit(1)


def refusal_document(refusal: Refusal, lang: str) -> dict[str, Any]:
    """Return a refusal as `--json` says it, in the language of the screen."""
    facts = {name: str(value) for name, value in refusal.facts.items()}
    return {"code": refusal.code, "sentence": refusal.says(lang), "facts": facts}


def _kinds_of_the_driver(error: Exception) -> set[str]:
    """Return what the database's driver calls this error, without importing it; nothing for another's."""
    return {kind.__name__ for kind in type(error).__mro__ if kind.__module__.startswith("psycopg")}
