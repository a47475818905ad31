"""The people and companies of the demo. None of them exists; each name says so."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from uuid import UUID

FICTIONAL = "(fictional)"
FIRST_NAMES = (
    "Alix", "Bao", "Camille", "Dunya", "Eloi", "Fien", "Gaspard", "Hanne", "Ilse", "Joris", "Kenza", "Lotte",
    "Maïté", "Noor", "Odile", "Pieter", "Quentin", "Rosalie", "Saskia", "Tibo", "Ugo", "Veerle", "Wout",
    "Yasmina",
)  # fmt: skip
LAST_NAMES = (
    "Aubépine", "Bruyère", "Coquelicot", "Distel", "Églantier", "Fougère", "Genêt", "Hulst", "Iris", "Jacinthe",
    "Klaver", "Lierre", "Meidoorn", "Noisetier", "Ortie", "Primevère", "Ruisseau", "Sureau", "Tilleul", "Vlier",
)  # fmt: skip
STREETS = ("Quai Imaginaire", "Rue du Conte", "Fabelstraat", "Verzonnen Laan", "Place de la Légende")
TOWNS = ("1000 Bruxelles", "4000 Liège", "5000 Namur", "7000 Mons", "9000 Gent")
TRADES = (
    "translation", "photography", "carpentry", "graphic design", "gardening", "music lessons", "web design",
    "catering", "upholstery", "illustration", "bookbinding", "sound recording", "bicycle repair",
)  # fmt: skip
COMPANIES = (
    "Atelier Nébuleuse", "Boulangerie Chimère", "Café Mirage", "De Droomfabriek", "École Fictive", "Fanfare Fabel",
    "Galerie Songe", "Hotel Utopia", "Imprimerie Légende", "Jardin Fantôme", "Theater Sprookje", "Ville d'Ailleurs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who does not exist."""

    id: UUID
    name: str
    address: str
    email: str


def random_id(chance: Random) -> UUID:
    """Return an id drawn from the seed, of the form of a random one."""
    return UUID(int=chance.getrandbits(128), version=4)


def people(chance: Random, count: int) -> list[Person]:
    """Draw so many people, each with a name of their own."""
    pairs = [(first, last) for first in FIRST_NAMES for last in LAST_NAMES]
    drawn = chance.sample(pairs, count)
    return [
        Person(
            random_id(chance),
            f"{first} {last} {FICTIONAL}",
            _address(chance),
            f"{first}.{last}@example.org".lower(),
        )
        for first, last in drawn
    ]


def companies(chance: Random, count: int = len(COMPANIES)) -> list[Person]:
    """Draw so many clients, each with a name of its own."""
    names = [COMPANIES[n % len(COMPANIES)] + _branch(n // len(COMPANIES)) for n in range(count)]
    return [
        Person(random_id(chance), f"{name} {FICTIONAL}", _address(chance), f"client{n}@example.org")
        for n, name in enumerate(names, start=1)
    ]


def _branch(n: int) -> str:
    return f" {n + 1}" if n else ""


def _address(chance: Random) -> str:
    return f"{chance.choice(STREETS)} {chance.randint(1, 180)}, {chance.choice(TOWNS)}"
