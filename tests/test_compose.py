"""The containers: what the compose file and the Dockerfile say."""

from __future__ import annotations

import json
import re

from tests.containers import COMPOSE, DOCKERFILE, OURS, ROOT, SERVICES, instructions
from workers.cli.app import COMMANDS

DATA_DIR = "/var/lib/tutti"


def test_four_services_run_of_two_plain_images() -> None:
    assert set(SERVICES) == {"postgres", "api", "projector", "scheduler"}
    assert SERVICES["postgres"]["image"] == "postgres:18"
    assert instructions("FROM") == ["python:3.11-slim"]
    assert {service["image"] for service in OURS.values()} == {"tutti"}


def test_every_service_runs_a_command_there_is_and_comes_back_when_it_falls() -> None:
    assert instructions("ENTRYPOINT") == ['["python", "-m", "workers"]']
    for service in OURS.values():
        assert service["command"][0] in COMMANDS
        assert service["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert {service["restart"] for service in SERVICES.values()} == {"unless-stopped"}
    assert {name for name, service in SERVICES.items() if "healthcheck" in service} == {"postgres", "api"}


def test_every_process_has_the_database_the_keys_and_the_documents() -> None:
    mounted = {tuple(service["volumes"]) for service in OURS.values()}
    assert mounted == {(f"keys:{DATA_DIR}/keys", f"documents:{DATA_DIR}/documents")}
    assert len({service["environment"]["DATABASE_URL"] for service in OURS.values()}) == 1
    named = {volume.partition(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert named == set(COMPOSE["volumes"])
    assert f"TUTTI_DATA_DIR={DATA_DIR}" in instructions("ENV")[0]


def test_no_secret_stands_in_the_files_and_nothing_listens_beyond_this_machine() -> None:
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    passwords = re.findall(r"postgresql://tutti:([^@]+)@", json.dumps(COMPOSE))
    assert set(passwords) == {"${POSTGRES_PASSWORD}"}
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8440:8440"]


def test_the_image_installs_by_hash_and_runs_as_nobody_in_particular() -> None:
    (install,) = [run for run in instructions("RUN") if "pip install" in run]
    assert "--require-hashes -r requirements.lock" in install
    assert instructions("USER") == ["tutti"]
    assert "--index-url" not in DOCKERFILE
    assert "://" not in DOCKERFILE


def test_every_room_is_in_the_image_and_nothing_else() -> None:
    copied = {word.rstrip("/") for line in instructions("COPY") for word in line.split()[:-1]}
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")}
    assert copied == kept
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms <= copied
    assert all((ROOT / name).exists() for name in copied)
