"""Assemblies in the governance trail: notice, presence, proxies, quorum of each motion, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.assembly import Assembly, AssemblyState
from projections.read_model import Page, Table, on
from projections.reader import Reader, rows_of

ASSEMBLIES = Table(
    "assembly",
    (
        """
        CREATE TABLE assembly (
            assembly_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            held_on date NOT NULL,
            notice_on date NOT NULL,
            state text NOT NULL,
            roll_id uuid,
            entitled bigint,
            opened_on date,
            closed_on date,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM assembly ORDER BY assembly_id",
)
AGENDA = Table(
    "assembly_agenda",
    (
        """
        CREATE TABLE assembly_agenda (
            assembly_id uuid, place integer, motion_id uuid NOT NULL, PRIMARY KEY (assembly_id, place)
        )
        """,
    ),
    "SELECT * FROM assembly_agenda ORDER BY assembly_id, place",
)
IRREGULARITIES = Table(
    "assembly_irregularity",
    (
        """
        CREATE TABLE assembly_irregularity (
            position bigint PRIMARY KEY, assembly_id uuid NOT NULL, kind text NOT NULL,
            found bigint NOT NULL, required bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM assembly_irregularity ORDER BY position",
)
ATTENDANCE = Table(
    "assembly_attendance",
    (
        """
        CREATE TABLE assembly_attendance (
            assembly_id uuid, member_id uuid, position bigint, mode text NOT NULL, late boolean NOT NULL,
            left_at bigint, PRIMARY KEY (assembly_id, member_id, position)
        )
        """,
    ),
    "SELECT * FROM assembly_attendance ORDER BY assembly_id, member_id, position",
)
PROXIES = Table(
    "assembly_proxy",
    (
        """
        CREATE TABLE assembly_proxy (
            position bigint PRIMARY KEY, assembly_id uuid NOT NULL, principal_id uuid NOT NULL,
            holder_id uuid NOT NULL, ended text, ended_at bigint, motions uuid[] NOT NULL
        )
        """,
        "CREATE INDEX assembly_proxy_of_member ON assembly_proxy (assembly_id, principal_id)",
    ),
    "SELECT * FROM assembly_proxy ORDER BY position",
)
QUORUMS = Table(
    "assembly_quorum",
    (
        """
        CREATE TABLE assembly_quorum (
            position bigint PRIMARY KEY,
            assembly_id uuid NOT NULL,
            motion_id uuid NOT NULL,
            rule_set_id uuid NOT NULL,
            poll_id uuid,
            reached boolean NOT NULL,
            present bigint NOT NULL,
            represented bigint NOT NULL,
            entitled bigint NOT NULL,
            num numeric NOT NULL,
            den numeric NOT NULL,
            in_advance bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM assembly_quorum ORDER BY position",
)
TABLES = (ASSEMBLIES, AGENDA, IRREGULARITIES, ATTENDANCE, PROXIES, QUORUMS)

_ADD_ASSEMBLY = "COPY assembly (assembly_id, entity_id, held_on, notice_on, state, position) FROM STDIN"
_ADD_MOTION = "COPY assembly_agenda (assembly_id, place, motion_id) FROM STDIN"
_ADD_IRREGULARITY = "COPY assembly_irregularity (position, assembly_id, kind, found, required) FROM STDIN"
_ADD_PRESENT = "COPY assembly_attendance (assembly_id, member_id, position, mode, late) FROM STDIN"
_ADD_PROXY = "COPY assembly_proxy (position, assembly_id, principal_id, holder_id, motions) FROM STDIN"
_ADD_QUORUM = """
    COPY assembly_quorum (
        position, assembly_id, motion_id, rule_set_id, poll_id, reached, present, represented, entitled,
        num, den, in_advance
    ) FROM STDIN
"""
_OPEN = """
    UPDATE assembly SET roll_id = %(roll_id)s, entitled = %(entitled)s, opened_on = %(opened_on)s,
        state = CASE WHEN state = 'convened' THEN 'open' ELSE state END
    WHERE assembly_id = %(assembly_id)s
"""
_CLOSE = "UPDATE assembly SET state = 'closed', closed_on = %(closed_on)s WHERE assembly_id = %(assembly_id)s"
# One proxy of a member lives at a time: the last one granted before it ended.
_END_PROXY = """
    UPDATE assembly_proxy SET ended = %(ended)s, ended_at = %(ended_at)s
    WHERE position = (
        SELECT max(position) FROM assembly_proxy
        WHERE assembly_id = %(assembly_id)s AND principal_id = %(principal_id)s AND position < %(ended_at)s
    )
"""
# A member is there once at a time: the last arrival before they left.
_LEAVE = """
    UPDATE assembly_attendance SET left_at = %(left_at)s
    WHERE (assembly_id, member_id, position) = (
        SELECT assembly_id, member_id, max(position) FROM assembly_attendance
        WHERE assembly_id = %(assembly_id)s AND member_id = %(member_id)s AND position < %(left_at)s
        GROUP BY assembly_id, member_id
    )
"""


class AssembliesPage(Page):
    """Writes what happened in assemblies."""

    @on(Assembly.Convened)
    def _convened(self, position: int, event: Assembly.Convened) -> None:
        assembly_id = event.originator_id
        days = (event.held_on, event.notice_on)
        state = AssemblyState.CONVENED.value
        self.add(_ADD_ASSEMBLY, assembly_id, event.entity_id, *days, state, position)
        for place, motion_id in enumerate(event.agenda, start=1):
            self.add(_ADD_MOTION, assembly_id, place, motion_id)

    @on(Assembly.IrregularityRecorded)
    def _irregular(self, position: int, event: Assembly.IrregularityRecorded) -> None:
        said = (event.kind.value, event.found, event.required)
        self.add(_ADD_IRREGULARITY, position, event.originator_id, *said)

    @on(Assembly.ProxyGranted)
    def _proxy(self, position: int, event: Assembly.ProxyGranted) -> None:
        given = (event.principal_id, event.holder_id, list(event.motions))
        self.add(_ADD_PROXY, position, event.originator_id, *given)

    @on(Assembly.ProxyRevoked)
    def _proxy_ended(self, position: int, event: Assembly.ProxyRevoked) -> None:
        self.change(
            _END_PROXY,
            assembly_id=event.originator_id,
            principal_id=event.principal_id,
            ended=event.reason.value,
            ended_at=position,
        )

    @on(Assembly.ProxyRefused)
    def _proxy_refused(self, position: int, event: Assembly.ProxyRefused) -> None:
        proxy = {"assembly_id": event.originator_id, "principal_id": event.principal_id}
        self.change(_END_PROXY, **proxy, ended=event.fault.value, ended_at=position)

    @on(Assembly.Opened)
    def _assembly_opened(self, _: int, event: Assembly.Opened) -> None:
        roll = {"roll_id": event.roll_id, "entitled": event.entitled}
        self.change(_OPEN, assembly_id=event.originator_id, opened_on=event.effective_on, **roll)

    @on(Assembly.AttendanceRecorded)
    def _present(self, position: int, event: Assembly.AttendanceRecorded) -> None:
        how = (event.mode.value, event.late)
        self.add(_ADD_PRESENT, event.originator_id, event.member_id, position, *how)

    @on(Assembly.DepartureRecorded)
    def _left(self, position: int, event: Assembly.DepartureRecorded) -> None:
        who = {"assembly_id": event.originator_id, "member_id": event.member_id}
        self.change(_LEAVE, **who, left_at=position)

    @on(Assembly.QuorumReached)
    def _quorum(self, position: int, event: Assembly.QuorumReached) -> None:
        self._established(position, event, event.poll_id)

    @on(Assembly.QuorumNotReached)
    def _no_quorum(self, position: int, event: Assembly.QuorumNotReached) -> None:
        self._established(position, event, None)

    def _established(
        self, position: int, event: Assembly.QuorumReached | Assembly.QuorumNotReached, poll_id: UUID | None
    ) -> None:
        named = (event.originator_id, event.motion_id, event.rule_set_id, poll_id, poll_id is not None)
        counted = (event.present, event.represented, event.entitled, event.num, event.den, event.in_advance)
        self.add(_ADD_QUORUM, position, *named, *counted)

    @on(Assembly.Closed)
    def _assembly_closed(self, _: int, event: Assembly.Closed) -> None:
        self.change(_CLOSE, assembly_id=event.originator_id, closed_on=event.effective_on)


@dataclass(frozen=True)
class AgendaMotion:
    """A motion of an agenda, the last quorum established for it, and what became of it.

    `reached` is None until its quorum was asked for: the votes present, represented and in advance
    against `num`/`den` of the entitled ones. `adopted` is None until this assembly counted its poll,
    or agreed on it without one.
    """

    assembly_id: UUID
    place: int
    motion_id: UUID
    title: str
    state: str
    poll_id: UUID | None
    reached: bool | None
    present: int | None
    represented: int | None
    in_advance: int | None
    entitled: int | None
    num: int | None
    den: int | None
    adopted: bool | None

    def __post_init__(self) -> None:
        """Take the fraction as the whole numbers it is: the database returns decimals."""
        for name in ("num", "den"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, int(getattr(self, name)))


@dataclass(frozen=True)
class Irregularity:
    """What was not as the rule asks, and by how much."""

    assembly_id: UUID
    kind: str
    found: int
    required: int


@dataclass(frozen=True)
class AssemblyCard:
    """One assembly; `present` and `proxies` count members there and proxies that live."""

    assembly_id: UUID
    entity_id: UUID
    held_on: date
    notice_on: date
    state: str
    roll_id: UUID | None
    entitled: int | None
    present: int
    proxies: int
    position: int


@dataclass(frozen=True)
class AssemblyTrail:
    """One assembly with its irregularities, and its motions in the order of the agenda."""

    assembly: AssemblyCard
    irregularities: tuple[Irregularity, ...]
    motions: tuple[AgendaMotion, ...]


_CARDS = """
    SELECT assembly_id, entity_id, held_on, notice_on, state, roll_id, entitled,
        (SELECT count(*) FROM assembly_attendance AS p WHERE p.assembly_id = a.assembly_id AND left_at IS NULL)
            AS present,
        (SELECT count(*) FROM assembly_proxy AS p WHERE p.assembly_id = a.assembly_id AND ended IS NULL)
            AS proxies,
        position
    FROM assembly AS a WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s
    ORDER BY held_on DESC, position DESC
"""
_IRREGULARITIES = "SELECT assembly_id, kind, found, required FROM assembly_irregularity ORDER BY position"
_MOTIONS = """
    SELECT g.assembly_id, place, g.motion_id, title, m.state, q.poll_id, reached, q.present, represented,
        q.in_advance, q.entitled, num, den,
        coalesce(adopted, CASE WHEN m.agreed_in = g.assembly_id THEN true END) AS adopted
    FROM assembly_agenda AS g JOIN motion AS m USING (motion_id) JOIN motion_text USING (motion_id)
    LEFT JOIN LATERAL (
        SELECT * FROM assembly_quorum AS e
        WHERE e.assembly_id = g.assembly_id AND e.motion_id = g.motion_id ORDER BY position DESC LIMIT 1
    ) AS q ON true
    LEFT JOIN verdict AS v ON v.poll_id = q.poll_id
    ORDER BY g.assembly_id, place
"""


def assemblies(reader: Reader, *, entity_id: UUID | None = None) -> list[AssemblyTrail]:
    """Return the assemblies of an entity, or of all, the latest first; raises NotProjectedYet."""
    with reader.snapshot() as cursor:
        connection = cursor.connection
        cards = rows_of(connection, AssemblyCard, _CARDS, entity_id=entity_id)
        irregular = rows_of(connection, Irregularity, _IRREGULARITIES)
        motions = rows_of(connection, AgendaMotion, _MOTIONS)
    return [
        AssemblyTrail(
            card,
            tuple(each for each in irregular if each.assembly_id == card.assembly_id),
            tuple(each for each in motions if each.assembly_id == card.assembly_id),
        )
        for card in cards
    ]
