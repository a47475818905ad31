"""A supervised process ends with its supervisor, and ends well."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

SERVICE = """
from workers.lifeline import end_with_supervisor, stopped_by_signal
stopped = stopped_by_signal()
end_with_supervisor()
print("runs", flush=True)
stopped.wait()
"""
WAIT_S = 30


@pytest.fixture
def service() -> Iterator[subprocess.Popen[bytes]]:
    """A process on a lifeline, running."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVICE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"runs\n"
        yield process
        process.kill()


def test_a_service_that_is_told_to_stop_ends_with_status_0(service: subprocess.Popen[bytes]) -> None:
    service.terminate()

    assert service.wait(WAIT_S) == 0


def test_a_service_ends_when_its_supervisor_is_gone(service: subprocess.Popen[bytes]) -> None:
    assert service.stdin is not None
    service.stdin.close()

    assert service.wait(WAIT_S) == 0
