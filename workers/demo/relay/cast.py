"""Who and what the third entity is: its members, activities, clients, suppliers and funds, all invented."""

from __future__ import annotations

from domain.aggregates.client import ClientKind
from domain.ids import derived_id
from domain.ledger import activities, entities, funds, members
from domain.ledger.old_codes import old_id
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from workers.demo.group.house import Account, House, Member, Purse
from workers.demo.people import FICTIONAL, Person
from workers.demo.relay.year import FIRST_DAY

CODE = "RELAIS"
NAME = f"Relais de la démonstration {FICTIONAL}"
ENTERPRISE_NO = "0999999724"
ACCOUNT = belgian_iban(UNASSIGNED_BANK, 2_030)
BANK_C = 90_000_00
SHARES, SHARES_EACH, SHARE_PRICE_C = "A", 4, 125_00
GUARANTEE = "GUARANTEE"
AVAILABLE_C = 4_000_00
"""What each activity has available on the day of the cutover."""
ACTIVITIES = 10
"""So many of the first members run an activity each, in their order."""

NAMES = (
    "Anaïs Verveine", "Bram Wilg", "Chloé Valériane", "Dries Vlas", "Emma Violette", "Floris Wikke",
    "Gaëlle Yèble", "Hugo Zonnebloem", "Inès Sauge", "Jan Rogge", "Karim Romarin", "Lien Salie",
    "Malik Serpolet", "Nele Tijm", "Oscar Troène", "Paula Zilverschoon",
)  # fmt: skip
CLIENTS = (
    ("Librairie Mirabilis", ClientKind.BUSINESS),
    ("Brouwerij Verzinsel", ClientKind.BUSINESS),
    ("Cabinet Chimérique", ClientKind.BUSINESS),
    ("De Papieren Fiets", ClientKind.BUSINESS),
    ("Épicerie de la Lune", ClientKind.BUSINESS),
    ("Commune de Nulle-Part", ClientKind.PUBLIC),
    ("Rémi Pavot", ClientKind.CONSUMER),
    ("Griet Papaver", ClientKind.CONSUMER),
)
SUPPLIERS = ("Imprimerie du Conte", "Verzonnen Verzekeringen")
LANE = "Rue du Relais Imaginaire"


def member_code(n: int) -> str:
    """Return what the old books call the n-th member, from 0."""
    return f"M{n + 1:02}"


def client_code(n: int) -> str:
    """Return what the old books call the n-th client, from 0."""
    return f"C{n + 1:02}"


def supplier_code(n: int) -> str:
    """Return what the old books call the n-th supplier, from 0."""
    return f"S{n + 1:02}"


def activity_code(n: int) -> str:
    """Return the code of the n-th activity, from 0, which it keeps."""
    return f"R{n + 1:03}"


def newcomer(name: str) -> Person:
    """Return someone whom the old books do not know."""
    spoken = name.lower().replace(" ", ".")
    return Person(
        derived_id("demo", CODE, name),
        f"{name} {FICTIONAL}",
        f"{LANE} 99, 5000 Namur",
        f"{spoken}@example.org",
    )


def the_house() -> House:
    """Return the entity as those who live the demo know it, on the day of its cutover."""
    entity_id = entities.entity_id_of(CODE)
    house = House(
        CODE, entity_id, funds.fund_id(entity_id, "SOLIDARITY"), Account(ACCOUNT, BANK_C, FIRST_DAY)
    )
    for n, name in enumerate(NAMES):
        person = Person(
            old_id("person", entity_id, member_code(n)),
            f"{name} {FICTIONAL}",
            address(n),
            f"member{n + 1}@example.org",
        )
        house.members.append(
            Member(members.membership_id(entity_id, person.id), person, FIRST_DAY, shares=SHARES_EACH)
        )
    for n, member in enumerate(house.members[:ACTIVITIES]):
        activity_id = activities.activity_id(entity_id, activity_code(n))
        house.purses.append(Purse(activity_id, activity_code(n), (member,), available_c=AVAILABLE_C))
    for n, (name, _) in enumerate(CLIENTS):
        client_id = old_id("client", entity_id, client_code(n))
        house.clients.append(
            Person(client_id, f"{name} {FICTIONAL}", address(n), f"client{n + 1}@example.org")
        )
    return house


def address(n: int) -> str:
    """Return where the n-th of the cast lives."""
    return f"{LANE} {n + 1}, 5000 Namur"
