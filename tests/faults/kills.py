"""Kill -9 at random: API, projector, scheduler, writers, backends and the database server itself.

The rounds are split into lives, each on a fresh ledger: at its end everything asked is answered, and
the oracle compares. The seed of a life is all it takes to kill in the same order again.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

import httpx

from domain.errors import Refusal
from domain.ids import derived_id
from eventstore.errors import AskAgain
from projections.rebuild import rebuild
from projections.replay import replay
from tests.faults.cooperative_work import wanted
from tests.faults.crowd import Crowd
from tests.faults.house import House, house
from tests.faults.notebook import Notebook, Story
from tests.faults.oracle import Verdict, judge, written_in
from tests.faults.own_server import OwnServer
from tests.faults.shift import left_alone

LEAST_IN_FLIGHT = 16
API_CLIENTS = 20
WRITERS, WRITER_CLIENTS = 2, 10
KILLS_A_LIFE = 20
LONGEST_PAUSE_S = 0.4
OTHER_PAGE = 333


class AnsweredAsRefusedError(Refusal):
    """What the API said no with; its code is that of the answer."""

    code = "answered"

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code  # type: ignore[misc] # each answer has its own


class DoorTo:
    """The API as a client sees it; a connection for each thread."""

    def __init__(self, url: str, token: str) -> None:
        """Ask there, as the holder of that key."""
        self._url, self._token = url, token
        self._own = threading.local()
        self._clients: list[httpx.Client] = []
        # clk_<id>_<secret>: the principal is named by the id.
        self._principal = f"key:{token.split('_')[1]}"

    def id_of(self, key: str) -> UUID:
        """Return the id of the command with that key."""
        return derived_id("command", "default", self._principal, key)

    def ask(self, key: str) -> int:
        """Ask the command of that key; no answer, and 503, mean that its outcome is not known."""
        one = wanted(key)
        try:
            answer = self._client().post(one.path, json=one.form, headers={"Idempotency-Key": key})
        except httpx.TransportError as error:
            raise OSError(str(error)) from error
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise AskAgain(said=answer.text)
        if answer.status_code == httpx.codes.CREATED:
            return int(answer.json()["position"])
        if answer.status_code == httpx.codes.CONFLICT:
            raise AnsweredAsRefusedError(answer.json()["type"].rpartition("/")[2])
        raise RuntimeError(f"{answer.status_code} {answer.text}")

    def close(self) -> None:
        """Close the connections of all threads."""
        for client in self._clients:
            client.close()

    def _client(self) -> httpx.Client:
        if not hasattr(self._own, "client"):
            headers = {"Authorization": f"Bearer {self._token}"}
            self._own.client = httpx.Client(base_url=self._url, headers=headers, timeout=60)
            self._clients.append(self._own.client)
        client: httpx.Client = self._own.client
        return client


@dataclass
class Life:
    """One life of a house: who was killed, and how many commands were in flight at each kill."""

    house: House
    chance: Random
    crowd: Crowd
    killed: list[str] = field(default_factory=list)
    in_flight: list[int] = field(default_factory=list)

    def notebooks(self) -> list[Path]:
        """Return the notebooks of all clients."""
        writers = [Path(each.notebook) for each in self.house.writers.values()]
        return [self.house.home / "api.notebook", *(path for path in writers if path.exists())]

    def story(self) -> Story:
        """Read what all clients know by now."""
        return Story.of(self.notebooks())

    def kill(self, victim: str) -> None:
        """Kill once everybody has been answered since the last kill, and enough is in flight again."""
        self._wait_for_answers_of_all()
        time.sleep(self.chance.uniform(0, LONGEST_PAUSE_S))
        self.in_flight.append(self.crowd.wait_for_flight(LEAST_IN_FLIGHT))
        self.killed.append(victim)
        self.house.kill(victim, self.chance)

    def _wait_for_answers_of_all(self) -> None:
        before = {path: _answers(path) for path in self.notebooks()}

        def answered() -> bool:
            return len(self.notebooks()) == 1 + len(self.house.writers) and all(
                _answers(path) > before.get(path, 0) for path in self.notebooks()
            )

        self.house.wait_until(answered, f"no answers after {self.killed[-1:]}")


def _answers(path: Path) -> int:
    """Count the answers in a notebook, by its lines: each is one of two of its command."""
    story = path.read_bytes()
    return story.count(b"\nacknowledged ") + story.count(b"\nrefused ")


def live(
    server: OwnServer,
    *,
    seed: int,
    victims: list[str] | None = None,
    kills: int = KILLS_A_LIFE,
    early: bool = False,
    told: Callable[[Life], None] = lambda _: None,
) -> tuple[Life, Verdict]:
    """Live one life of so many kills, of these victims in this order or of random ones, and judge it."""
    chance = Random(seed)  # noqa: S311 - chance, not secrecy
    with (
        tempfile.TemporaryDirectory(prefix="tutti-house-") as directory,
        house(
            server, Path(directory) / "house", writers=WRITERS, clients=WRITER_CLIENTS, early=early
        ) as at_home,
    ):
        door = DoorTo(at_home.url, at_home.token)
        notebook = Notebook(at_home.home / "api.notebook")
        crowd = Crowd("api", API_CLIENTS, door.ask, door.id_of, notebook, leave=left_alone)
        life = Life(at_home, chance, crowd)
        before = written_in(at_home.dsn, _recorder(at_home)).size
        at_home.tend()
        at_home.wait_until(at_home.ready, "the API does not come up")
        with crowd.busy():
            for number in range(kills):
                life.kill(victims[number] if victims else chance.choice(at_home.victims()))
                told(life)
            life._wait_for_answers_of_all()
        at_home.stop(*at_home.writers, *(name for name in at_home.running if name in ("api", "scheduler")))
        notebook.close()
        door.close()
        verdict = judge(life.story(), written_in(at_home.dsn, _recorder(at_home)), before=before)
        _require_equal_read_models(at_home, seed)
        return life, verdict


def _recorder(of: House) -> bytes:
    with of.workshop() as workshop:
        return workshop.keyring.recorder_public


def _require_equal_read_models(of: House, seed: int) -> None:
    """Fold what the killed projector left behind to the end: live = replayed = rebuilt in other pages."""
    of.stop("projector")
    with of.workshop() as workshop:
        workshop.projector.catch_up()
        found = replay(workshop.dsn, tenant="default", log=workshop.log)
        if not found.equal:
            different = [model.name for model in found.models if not model.equal]
            raise AssertionError(f"seed {seed}: read models differ from the log: {different}")
        again = rebuild(workshop.dsn, tenant="default", log=workshop.log, page=OTHER_PAGE)
        if again != {model.name: model.live_digest for model in found.models}:
            raise AssertionError(f"seed {seed}: read models rebuilt in other pages differ")
