"""Settings: where each comes from, and nothing else of the program reads the environment.

An option wins over a variable, a variable over `tutti.toml` in the data directory, and that over
the default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import LANGUAGES, Malformed

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8440
CORES = ("one", "all")


class BadSetting(Malformed):
    """This setting has no usable value; `tutti settings` shows where each one comes from."""

    code = "bad-setting"
    fr = "Ce réglage n'a pas de valeur utilisable ; `tutti settings` montre d'où vient chacun."
    nl = "Deze instelling heeft geen bruikbare waarde; `tutti settings` toont waar elke vandaan komt."


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as found: its value, where it came from, and whether to hide it."""

    name: str
    value: str
    origin: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run of the program goes by."""

    data_dir: Path
    tenant: str
    database_url: str | None
    host: str
    port: int
    lang: str
    timezone: ZoneInfo
    keys_dir: Path
    cores: str
    found: tuple[Setting, ...]

    @property
    def is_default_data_dir(self) -> bool:
        """Whether a command finds this data directory without being told."""
        return any(each.name == "data_dir" and each.origin == "default" for each in self.found)


def checkout() -> Path | None:
    """Return the checkout this program runs from, or None if it is installed."""
    root = Path(__file__).resolve().parent.parent
    return root if (root / "pyproject.toml").exists() and (root / "tutti").exists() else None


def read_settings(
    *,
    data_dir: Path | None = None,
    tenant: str | None = None,
    lang: str | None = None,
    port: int | None = None,
    env: Mapping[str, str] = os.environ,
) -> Settings:
    """Gather the settings; raises BadSetting with the name, the value and its origin."""
    where = _data_dir(data_dir, env)
    lookup = _Lookup(_toml(where.value), env, (where,))
    settings = Settings(
        data_dir=Path(where.value),
        tenant=lookup.text("tenant", tenant, "default"),
        database_url=lookup.text("database_url", None, "", variable="DATABASE_URL", secret=True) or None,
        host=lookup.text("host", None, LOOPBACK),
        port=lookup.number("port", port, DEFAULT_PORT),
        lang=lookup.text("lang", lang, "en"),
        timezone=_zone(lookup.text("timezone", None, "Europe/Brussels")),
        keys_dir=Path(lookup.text("keys_dir", None, str(Path(where.value) / "keys"))).expanduser(),
        cores=lookup.text("cores", None, "one"),
        found=tuple(lookup.found),
    )
    if settings.lang not in LANGUAGES:
        raise BadSetting(lang=settings.lang, known=", ".join(LANGUAGES))
    if settings.cores not in CORES:
        raise BadSetting(cores=settings.cores, known=", ".join(CORES))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", settings.tenant):
        raise BadSetting(tenant=settings.tenant, form="a lower-case word")
    return settings


class _Lookup:
    """Finds each setting where it is given first, and remembers where that was."""

    def __init__(
        self, toml: Mapping[str, object], env: Mapping[str, str], found: tuple[Setting, ...]
    ) -> None:
        self.toml, self.env, self.found = toml, env, list(found)

    def text(
        self, name: str, option: object, default: str, *, variable: str = "", secret: bool = False
    ) -> str:
        variable = variable or f"TUTTI_{name.upper()}"
        if option is not None:
            setting = Setting(name, str(option), "option", secret)
        elif self.env.get(variable):
            setting = Setting(name, self.env[variable], variable, secret)
        elif name in self.toml:
            setting = Setting(name, str(self.toml[name]), "tutti.toml", secret)
        else:
            setting = Setting(name, default, "default", secret)
        self.found.append(setting)
        return setting.value

    def number(self, name: str, option: int | None, default: int) -> int:
        text = self.text(name, option, str(default))
        if not text.isascii() or not text.isdigit():
            raise BadSetting(**{name: text, "form": "a whole number"})
        return int(text)


def _data_dir(option: Path | None, env: Mapping[str, str]) -> Setting:
    if option is not None:
        return Setting("data_dir", str(option.expanduser().absolute()), "option")
    if env.get("TUTTI_DATA_DIR"):
        given = Path(env["TUTTI_DATA_DIR"]).expanduser().absolute()
        return Setting("data_dir", str(given), "TUTTI_DATA_DIR")
    root = checkout()
    default = root / ".tutti" if root else Path.home() / ".local/share/tutti"
    return Setting("data_dir", str(default), "default")


def _toml(data_dir: str) -> Mapping[str, object]:
    path = Path(data_dir) / "tutti.toml"
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSetting(file=path, reason=error) from error


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSetting(timezone=name) from error
