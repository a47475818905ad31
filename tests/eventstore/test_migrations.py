"""What migrations promise: once, whole, unedited, and in a schema of the tenant's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from eventstore.connections import conninfo
from eventstore.errors import InvalidTenant, MigrationChanged, MigrationFailed, RolesMissing
from eventstore.migrations.roles import READER, ROLES
from eventstore.migrations.runner import FILES, migrate, schema_of
from eventstore.migrations.statements import statements
from tests.databases import Server

NAMES = sorted(file.name for file in FILES.glob("*.sql"))


@pytest.fixture
def empty_dsn(server: Server) -> Iterator[str]:
    with server.database(template="template0") as fresh:
        yield fresh


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FILES, tmp_path / "sql"))


def rows(dsn: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(query.encode()).fetchall()


def test_migrating_twice_applies_each_file_once(empty_dsn: str) -> None:
    assert migrate(empty_dsn, "default") == NAMES
    assert migrate(empty_dsn, "default") == []


def test_six_runners_at_once_apply_each_file_once(empty_dsn: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        applied = list(pool.map(lambda _: migrate(empty_dsn, "default"), range(6)))
    assert sorted(name for names in applied for name in names) == NAMES


def test_every_tenant_has_a_schema_and_an_origin_of_its_own(empty_dsn: str) -> None:
    migrate(empty_dsn, "north")
    migrate(empty_dsn, "south")
    for tenant in ("north", "south"):
        inside = conninfo(empty_dsn, tenant=tenant, role=READER)
        assert rows(inside, "SELECT origin, size FROM head") == [(f"{tenant}.tutti/audit/1", 0)]


def test_an_applied_file_that_was_edited_is_refused_by_name(empty_dsn: str, files: Path) -> None:
    migrate(empty_dsn, "default", files=files)
    edited = files / "0001_log.sql"
    edited.write_text(edited.read_text() + "-- a small word\n")
    with pytest.raises(MigrationChanged) as refused:
        migrate(empty_dsn, "default", files=files)
    assert refused.value.facts["file"] == "0001_log.sql"


def test_an_applied_file_that_is_gone_is_refused_by_name(empty_dsn: str, files: Path) -> None:
    migrate(empty_dsn, "default", files=files)
    (files / "0002_access.sql").unlink()
    with pytest.raises(MigrationChanged) as refused:
        migrate(empty_dsn, "default", files=files)
    assert refused.value.facts["file"] == "0002_access.sql"


def test_a_failing_file_is_named_and_leaves_nothing(empty_dsn: str, files: Path) -> None:
    (files / "9999_broken.sql").write_text("CREATE TABLE half (x int);\nCREATE TABLE half (x int);\n")
    with pytest.raises(MigrationFailed) as refused:
        migrate(empty_dsn, "default", files=files)
    assert refused.value.facts["file"] == "9999_broken.sql"
    assert rows(empty_dsn, "SELECT to_regclass('tutti_default.half')") == [(None,)]
    assert rows(empty_dsn, "SELECT name FROM tutti_default.migration ORDER BY 1") == [(n,) for n in NAMES]

    (files / "9999_broken.sql").write_text("CREATE TABLE half (x int);\n")
    assert migrate(empty_dsn, "default", files=files) == ["9999_broken.sql"]


def test_the_owner_role_owns_what_was_made(empty_dsn: str) -> None:
    migrate(empty_dsn, "default")
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'tutti_default'"
    assert rows(empty_dsn, owners) == [("tutti_owner",)]


def test_what_the_projector_makes_the_reader_reads_and_cannot_change(dsn: str) -> None:
    as_projector = make_conninfo(dsn, options="-c role=tutti_projector")
    as_reader = make_conninfo(dsn, options="-c role=tutti_reader")
    with psycopg.connect(as_projector) as projector:
        projector.execute("CREATE SCHEMA tutti_default_read")
        projector.execute("CREATE TABLE tutti_default_read.balance AS SELECT 1 AS cents")
    assert rows(as_reader, "SELECT cents FROM tutti_default_read.balance") == [(1,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(as_reader, "DELETE FROM tutti_default_read.balance RETURNING 1")


@pytest.mark.parametrize("role", ["tutti_writer", "tutti_projector", "tutti_reader"])
def test_only_access_sees_the_api_keys(dsn: str, role: str) -> None:
    query = "SELECT count(*) FROM tutti_default.api_key"
    assert rows(make_conninfo(dsn, options="-c role=tutti_access"), query) == [(0,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(make_conninfo(dsn, options=f"-c role={role}"), query)


def test_a_login_that_may_make_roles_and_owns_the_database_can_migrate(empty_dsn: str) -> None:
    with psycopg.connect(empty_dsn, autocommit=True) as admin:
        name = f"login_{admin.info.dbname}"
        admin.execute(f"CREATE ROLE {name} LOGIN CREATEROLE PASSWORD 'only for this test'".encode())
        try:
            for role in ROLES:
                admin.execute(f"GRANT {role} TO {name} WITH ADMIN OPTION".encode())
            admin.execute(f"ALTER DATABASE {admin.info.dbname} OWNER TO {name}".encode())
            login = make_conninfo(empty_dsn, user=name, password="only for this test")  # noqa: S106 - a test role
            assert migrate(login, "default") == NAMES
            assert rows(make_conninfo(login, options="-c role=tutti_writer"), "SELECT 1") == [(1,)]
        finally:
            admin.execute(f"ALTER DATABASE {admin.info.dbname} OWNER TO CURRENT_USER".encode())
            admin.execute(f"DROP OWNED BY {name}".encode())
            admin.execute(f"DROP ROLE {name}".encode())


def test_a_login_without_rights_is_told_what_it_needs(empty_dsn: str) -> None:
    with psycopg.connect(empty_dsn, autocommit=True) as admin:
        name = f"login_{admin.info.dbname}"
        admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'only for this test'".encode())
        try:
            login = make_conninfo(empty_dsn, user=name, password="only for this test")  # noqa: S106 - a test role
            with pytest.raises(RolesMissing, match="CREATEROLE"):
                migrate(login, "default")
        finally:
            admin.execute(f"DROP ROLE {name}".encode())


@pytest.mark.parametrize("tenant", ["", "Default", "1st", "a-b", 'x"; DROP TABLE event', "a_read", "a" * 42])
def test_a_name_that_could_be_taken_for_sql_or_another_schema_is_refused(tenant: str) -> None:
    with pytest.raises(InvalidTenant):
        schema_of(tenant)


def test_a_statement_ends_at_its_own_semicolon_only() -> None:
    text = """
        -- one; comment
        SELECT ';', ";" /* ; */;
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $body$ SELECT 1; $body$;
        -- the end
    """
    found = list(statements(text))
    assert len(found) == 2
    assert found[0].endswith("SELECT ';', \";\" /* ; */")
    assert found[1].startswith("CREATE FUNCTION")
