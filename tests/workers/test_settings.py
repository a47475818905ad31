"""Where a setting comes from, and which one wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers.settings import BadSetting, Settings, read_settings


def origin(settings: Settings, name: str) -> str:
    return next(each.origin for each in settings.found if each.name == name)


def test_an_option_wins_over_a_variable_over_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "tutti.toml").write_text('tenant = "from_file"\nlang = "nl"\nport = 9000\n')
    env = {"TUTTI_DATA_DIR": str(tmp_path), "TUTTI_TENANT": "from_env", "TUTTI_LANG": "fr"}

    settings = read_settings(tenant="from_option", env=env)

    assert (settings.tenant, origin(settings, "tenant")) == ("from_option", "option")
    assert (settings.lang, origin(settings, "lang")) == ("fr", "TUTTI_LANG")
    assert (settings.port, origin(settings, "port")) == (9000, "tutti.toml")
    assert (str(settings.timezone), origin(settings, "timezone")) == ("Europe/Brussels", "default")


def test_the_keys_lie_in_the_data_directory_unless_told_otherwise(tmp_path: Path) -> None:
    assert read_settings(data_dir=tmp_path, env={}).keys_dir == tmp_path / "keys"
    assert read_settings(data_dir=tmp_path, env={"TUTTI_KEYS_DIR": "/elsewhere"}).keys_dir == Path(
        "/elsewhere"
    )


def test_the_database_url_is_marked_secret(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path, env={"DATABASE_URL": "postgresql://me:secret@localhost/x"})

    found = next(each for each in settings.found if each.name == "database_url")
    assert found.secret
    assert found.origin == "DATABASE_URL"


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"TUTTI_LANG": "de"}, "lang"),
        ({"TUTTI_PORT": "eighty"}, "port"),
        ({"TUTTI_PORT": "-1"}, "port"),
        ({"TUTTI_TENANT": "Robert'); DROP"}, "tenant"),
        ({"TUTTI_TIMEZONE": "Mars/Olympus"}, "timezone"),
        ({"TUTTI_CORES": "two"}, "cores"),
    ],
)
def test_a_setting_without_usable_value_is_named(tmp_path: Path, env: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings(data_dir=tmp_path, env=env)
    assert named in refused.value.facts


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "tutti.toml").write_text("tenant = \n")

    with pytest.raises(BadSetting) as refused:
        read_settings(data_dir=tmp_path, env={})
    assert refused.value.facts["file"] == tmp_path / "tutti.toml"
