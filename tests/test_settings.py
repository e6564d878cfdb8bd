"""What the environment may decide, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import ROOT, Settings, SettingsError, read


def test_without_any_variable_the_page_is_served_to_this_machine_alone() -> None:
    settings = read({})
    assert settings.loopback
    assert settings == Settings(data=ROOT / "var", host="127.0.0.1", port=8080, now="")


def test_each_variable_is_read(tmp_path: Path) -> None:
    settings = read({"VIGIE_DATA": str(tmp_path), "VIGIE_HOST": "0.0.0.0", "VIGIE_PORT": "9000"})  # noqa: S104
    assert settings == Settings(data=tmp_path, host="0.0.0.0", port=9000)  # noqa: S104
    assert settings.database == f"sqlite:///{tmp_path}/vigie.db"


def test_the_process_environment_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_PORT", "9001")
    assert read().port == 9001


def test_a_relative_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read({"VIGIE_DATA": "cabinet"}).data == tmp_path / "cabinet"


@pytest.mark.parametrize("port", ["1", "8080", "65535"])
def test_a_port_is_accepted(port: str) -> None:
    assert read({"VIGIE_PORT": port}).port == int(port)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80.5", "http", "", " 80", "8080/", "²", "1_000"])
def test_what_is_no_port_is_refused_in_words(port: str) -> None:
    with pytest.raises(SettingsError, match="VIGIE_PORT"):
        read({"VIGIE_PORT": port})


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("192.168.1.10", False),
        ("vigie.example.org", False),
        ("", False),
    ],
)
def test_the_time_can_be_set_only_where_no_one_else_connects(host: str, loopback: bool) -> None:
    environment = {"VIGIE_HOST": host, "VIGIE_NOW": "2026-11-24T10:30:00+01:00"}
    assert read({"VIGIE_HOST": host}).loopback is loopback
    if loopback:
        assert read(environment).now == "2026-11-24T10:30:00+01:00"
    else:
        with pytest.raises(SettingsError, match="VIGIE_NOW"):
            read(environment)
