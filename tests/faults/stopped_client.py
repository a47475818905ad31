"""A client that is stopped (SIGSTOP) with the head of the log in its hands, and goes on later."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence

from eventstore.connections import IDLE_IN_TRANSACTION_MS
from tests.faults.crash_points import writing
from tests.faults.halting import HEAD_HELD, has_halted, let_run, order_to_halt
from tests.faults.notebook import Story
from tests.faults.oracle import Verdict, judge, written_in
from tests.faults.own_server import OwnServer
from tests.faults.toy_work import RECORDER

MARGIN_S = 30.0
# Long enough for the answers of what was committed before.
UNDER_WAY_S = 0.5


def stop_a_client(server: OwnServer, *, rounds: int = 1) -> tuple[Sequence[float], Verdict]:
    """Stop one of two writers while it holds the head; return after how many seconds the other went on."""
    waited = []
    with writing(server) as (both, before):
        stopped, other = both.notebook(0), both.notebook(1)
        for _ in range(rounds):
            order_to_halt(stopped, HEAD_HELD)
            both.wait_until(lambda: has_halted(stopped), "the head was never locked")
            held = time.monotonic()
            process = both.running[both.writers[0].name]
            process.send_signal(signal.SIGSTOP)
            try:
                let_run(stopped)
                time.sleep(UNDER_WAY_S)
                both.wait_for_flight()
                answered = len(Story.of([other]).acknowledged)
                both.wait_until(
                    lambda told=answered: len(Story.of([other]).acknowledged) > told,  # type: ignore[misc]
                    "the stopped client keeps everybody waiting",
                )
                waited.append(time.monotonic() - held)
            finally:
                process.send_signal(signal.SIGCONT)
            both.wait_for_answers()
        both.finish()
        verdict = judge(both.story(), written_in(both.dsn, RECORDER), before=before)
    late = [seconds for seconds in waited if seconds > IDLE_IN_TRANSACTION_MS / 1000 + MARGIN_S]
    if late:
        raise AssertionError(f"a stopped client kept everybody waiting for {late} s")
    return waited, verdict
