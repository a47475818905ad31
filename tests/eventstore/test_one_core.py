"""Threads that take turns in any case keep to one core, and give it back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading

import pytest

from eventstore.one_core import on_one_core

KEEP = """
import json, os, threading
from eventstore.one_core import keep_to_one_core

stop = threading.Event()
before = threading.Thread(target=stop.wait)
before.start()
core = keep_to_one_core()
after = threading.Thread(target=stop.wait)
after.start()
kept = [sorted(os.sched_getaffinity(int(thread))) for thread in os.listdir("/proc/self/task")]
stop.set()
print(json.dumps({"core": core, "kept": kept}))
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="the system has one core, or cannot keep a thread to one",
)


def test_all_threads_of_a_process_keep_to_one_core_those_it_had_and_those_it_starts() -> None:
    ran = subprocess.run([sys.executable, "-c", KEEP], capture_output=True, text=True, check=True)
    said = json.loads(ran.stdout)
    assert said["core"] in os.sched_getaffinity(0)
    assert said["kept"] == [[said["core"]]] * 3


def test_a_thread_and_those_it_starts_keep_to_one_core_for_a_while() -> None:
    cores, policy = os.sched_getaffinity(0), os.sched_getscheduler(0)
    seen: list[set[int]] = []
    with on_one_core() as core:
        thread = threading.Thread(target=lambda: seen.append(os.sched_getaffinity(0)))
        thread.start()
        thread.join()
        assert os.sched_getaffinity(0) == {core}
    assert seen == [{core}]
    assert (os.sched_getaffinity(0), os.sched_getscheduler(0)) == (cores, policy)


def test_with_one_core_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    cores = os.sched_getaffinity(0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    with on_one_core() as core:
        assert core is None
    monkeypatch.undo()
    assert os.sched_getaffinity(0) == cores
