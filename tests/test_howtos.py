"""The how-tos are true: their commands and requests run on the demo, in the order in which they stand."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.api.running import listening
from tests.ledgers import Ledger
from tests.pages import Exchange, includes, steps
from tests.test_docs import NOT_OURS, ROOT
from workers.demo.keys import demo_keys

HOWTOS = [page for page in sorted((ROOT / "docs/howto").glob("*.md")) if "```http" in page.read_text()]
LEAST_STEPS = 5


class Reader:
    """Somebody who follows a page on the demo, step by step."""

    def __init__(self, ledger: Ledger, client: httpx.Client, keys: dict[str, str]) -> None:
        self.ledger = ledger
        self.client = client
        self.keys = keys
        self.position = "0"

    def takes(self, step: Exchange | list[str], nth: int) -> None:
        if isinstance(step, Exchange):
            self._asks(step, nth)
        elif step[0] not in NOT_OURS:
            self.ledger.tutti(*[str(ROOT / word) if word.startswith("docs/") else word for word in step[1:]])

    def _asks(self, step: Exchange, nth: int) -> None:
        """Ask under a key of its own, and see what was written before."""
        said = dict(step.headers)
        role = said.pop("Role")
        headers = {"Authorization": f"Bearer {self.keys[role]}", **said}
        if step.method == "GET":
            headers["Ledger-Min-Position"] = self.position
        else:
            headers["Idempotency-Key"] = f"step-{nth}"
        answer = self.client.request(step.method, step.path, json=step.body, headers=headers)
        assert answer.status_code == step.status, (step.path, answer.text)
        assert includes(answer.json(), step.holds), (step.path, answer.text)
        self.position = answer.headers.get("Ledger-Position", self.position)


@pytest.mark.parametrize("page", HOWTOS, ids=lambda page: page.stem)
def test_the_steps_of_a_page_run_as_written(page: Path, own_demo: Ledger) -> None:
    taken = list(steps(page.read_text(encoding="utf-8")))
    assert len(taken) >= LEAST_STEPS
    with own_demo.workshop() as workshop, workshop.projecting():
        keys = demo_keys(workshop)
        with listening(workshop.services) as url, httpx.Client(base_url=url, timeout=30) as client:
            reader = Reader(own_demo, client, keys)
            for nth, step in enumerate(taken):
                reader.takes(step, nth)
    assert own_demo.json("doctor", "--books")["clean"]
