"""`tutti up`: one command, everything runs; Ctrl-C, and everything it started is gone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from workers.settings import checkout

PATIENCE_S = 120
ROOT = checkout()


@dataclass
class Running:
    """A `tutti up` and what it said once it was ready."""

    process: subprocess.Popen[str]
    said: dict[str, Any]

    def family(self) -> list[psutil.Process]:
        """Every process it started, the database's included."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def interrupt(self) -> int:
        """Press Ctrl-C, wait, and return the status it ended with."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE_S)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data directory which the account of a root user's database can reach."""
    made = Path(tempfile.mkdtemp(prefix="tutti-up-"))
    made.chmod(0o755)
    yield made / "data"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    stop = [sys.executable, "-m", "workers", "db", "stop", "--data-dir", str(made / "data")]
    subprocess.run(stop, env={**environment, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    shutil.rmtree(made, ignore_errors=True)


@contextmanager
def up(data_dir: Path, *words: str) -> Iterator[Running]:
    """Start `tutti up` and wait until it says that everything runs."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "-m", "workers", "up", "--json", "--data-dir", str(data_dir), *words],
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Running(process, _document(process))
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def _document(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.rstrip() == "}":
            break
    document: dict[str, Any] = json.loads("".join(lines))
    return document


def asks(url: str, key: str) -> dict[str, Any]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        document: dict[str, Any] = json.loads(answer.read())
    return document


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=30)
    return not alive


def test_up_says_where_everything_is_and_ctrl_c_ends_what_it_started(data_dir: Path) -> None:
    with up(data_dir, "--demo") as running:
        said = running.said
        assert said["database"]["running"]
        assert "passfile=" in said["database"]["address"]
        assert set(said["keys"]) == {"member", "staff", "treasurer", "auditor", "committee", "admin"}
        assert len(said["try"]) == 3
        balance = asks(f"{said['url']}/v1/trial-balance", said["keys"]["staff"])
        assert balance["total_debit_c"] == balance["total_credit_c"] > 0

        family = running.family()
        assert len(family) >= 2
        assert running.interrupt() == 0
        assert gone(family)

    with up(data_dir, "--demo") as again:
        assert again.said["keys"] == said["keys"]
        assert again.interrupt() == 0


def test_a_second_up_on_one_data_directory_says_where_the_first_one_is(data_dir: Path) -> None:
    with up(data_dir) as first:
        with up(data_dir) as second:
            assert second.said["already_running"]
            assert second.said["url"] == first.said["url"]
            assert second.process.wait(PATIENCE_S) == 0
        assert urllib.request.urlopen(f"{first.said['url']}/healthz", timeout=10).status == 200
        assert first.interrupt() == 0


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="the system has one core, or cannot keep a thread to one",
)
@pytest.mark.parametrize("cores", ["one", "all"])
def test_the_threads_of_the_api_keep_to_one_core_unless_told_otherwise(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, cores: str
) -> None:
    monkeypatch.setenv("TUTTI_CORES", cores)
    with up(data_dir) as running:
        api = next(each for each in running.family() if "api" in each.cmdline())
        used = _cores_of(api)
        others = [
            each.cpu_affinity()
            for each in running.family()
            if each != api and "workers.child" in each.cmdline()
        ]
        assert running.interrupt() == 0
    everywhere = os.sched_getaffinity(0)
    assert len(used) > 1
    assert len(set.union(*used)) == (1 if cores == "one" else len(everywhere))
    assert others
    assert all(set(each) == everywhere for each in others)


def test_a_start_after_kill_9_of_everything_ends_well(data_dir: Path) -> None:
    with up(data_dir, "--demo") as running:
        key = running.said["keys"]["auditor"]
        head = asks(f"{running.said['url']}/v1/log", key)["position"]
        before = asks(f"{running.said['url']}/v1/log/facts/{head}", key)["fact"]
        family = running.family() + _database_of(data_dir)
        running.process.kill()
        for each in family:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        assert gone(family)

    with up(data_dir) as again:
        # The scheduler may have added to the log meanwhile.
        assert asks(f"{again.said['url']}/v1/log/facts/{head}", key)["fact"] == before
        assert again.interrupt() == 0


def test_a_service_that_falls_is_started_again(data_dir: Path) -> None:
    with up(data_dir) as running:
        fallen = next(each for each in running.family() if "api" in each.cmdline())
        fallen.kill()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with (
                suppress(OSError),
                urllib.request.urlopen(f"{running.said['url']}/readyz", timeout=5) as answer,
            ):
                assert answer.status == 200
                break
            time.sleep(0.2)
        else:
            pytest.fail("the API did not come back")
        assert running.interrupt() == 0


def _cores_of(process: psutil.Process) -> list[set[int]]:
    """Where each thread of a process may run; some may have ended meanwhile."""
    found = []
    for thread in process.threads():
        with suppress(ProcessLookupError):
            found.append(os.sched_getaffinity(thread.id))
    return found


def _database_of(data_dir: Path) -> list[psutil.Process]:
    """The database server of a data directory, found by its command line, and its children."""
    found = []
    for each in psutil.process_iter(["cmdline"]):
        words = each.info["cmdline"] or []
        if str(data_dir) in " ".join(words) and words[0].endswith("postgres"):
            found += [each, *each.children(recursive=True)]
    return found
