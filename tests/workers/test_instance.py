"""One running Tutti a data directory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from workers.instance import Instance, PortTaken, free_port
from workers.settings import DEFAULT_PORT, read_settings

HOLDER = """
import sys, time
from pathlib import Path
from workers.instance import Instance
instance = Instance(Path(sys.argv[1]))
assert instance.claim()
instance.announce("http://localhost:1")
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_instance_learns_where_the_first_one_answers(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.claim()
    first.announce("http://localhost:8440")

    assert not second.claim()
    assert second.address(patience=0) == ("http://localhost:8440", os.getpid())

    first.release()
    assert second.claim()
    second.release()


def test_an_instance_that_is_not_ready_has_no_address(tmp_path: Path) -> None:
    first = Instance(tmp_path)
    assert first.claim()
    assert Instance(tmp_path).address(patience=0) is None
    first.release()


def test_a_killed_instance_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        instance = Instance(tmp_path)
        assert not instance.claim()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert instance.claim()
    assert instance.address(patience=0) is None
    instance.release()


def test_a_taken_port_is_refused_when_it_was_asked_for(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path, env={})
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(PortTaken):
            free_port(replace(settings, port=taken))
    assert free_port(settings) >= DEFAULT_PORT
