"""What the environment may decide, and what it may not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.records import Records
from bot.settings import ROOT, Settings, SettingsError, read


def test_without_any_variable_the_page_is_served_to_this_machine_alone() -> None:
    settings = read({})
    assert settings.loopback
    assert settings == Settings(data=ROOT / "var", host="127.0.0.1", port=8080, now="")


def test_each_variable_is_read(tmp_path: Path) -> None:
    settings = read({"VIGIE_DATA": str(tmp_path), "VIGIE_HOST": "0.0.0.0", "VIGIE_PORT": "9000"})  # noqa: S104
    assert settings == Settings(data=tmp_path, host="0.0.0.0", port=9000)  # noqa: S104
    assert settings.database.render_as_string() == f"sqlite:///{tmp_path}/vigie.db"


@pytest.mark.parametrize("variable", ["VIGIE_DATA", "VIGIE_HOST", "VIGIE_PORT", "VIGIE_NOW"])
def test_an_empty_variable_is_not_set(variable: str) -> None:
    assert read({variable: ""}) == read({})


def test_the_process_environment_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_PORT", "9001")
    assert read().port == 9001


def test_a_relative_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read({"VIGIE_DATA": "cabinet"}).data == tmp_path / "cabinet"


@pytest.mark.parametrize("port", ["1", "8080", "65535"])
def test_a_port_is_accepted(port: str) -> None:
    assert read({"VIGIE_PORT": port}).port == int(port)


@pytest.mark.parametrize(
    "port", ["0", "65536", "-1", "80.5", "http", " 80", "8080/", "²", "1_000", "9" * 5000]
)
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


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A machine where files are made readable by everyone, as many are."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize("name", ["données du cabinet", "a?b", "a#b", "a%20b", "l'été", "a&b=c;d"])
def test_the_data_lie_where_they_are_wanted_for_their_user_alone(tmp_path: Path, name: str) -> None:
    settings = read({"VIGIE_DATA": str(tmp_path / name)})
    settings.prepare()
    records = Records(settings.database, Clock())
    records.migrate()
    with records.unit() as unit:
        unit.practices.only()
    assert (tmp_path / name / "vigie.db").stat().st_size
    made = [tmp_path / name, *(tmp_path / name).rglob("*")]
    assert len(made) >= 3
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize("name", ["vigie.db", "vigie.db-wal", "logs/actions.log"])
def test_a_file_of_ours_that_everyone_could_read_is_closed_to_them(tmp_path: Path, name: str) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / name).touch(mode=0o644)
    Settings(data=tmp_path).prepare()
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("file", "un fichier porte déjà ce nom"),
        ("file/var", "un fichier porte déjà ce nom"),
        ("loop", "il ne peut être ni lu ni écrit"),
        ("loop/var", "il ne peut être ni lu ni écrit"),
    ],
)
def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(
    tmp_path: Path, folder: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SettingsError, match=f"{reason}.*VIGIE_DATA"):
        read({"VIGIE_DATA": str(tmp_path / folder)}).prepare()


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize("folder", ["/proc/vigie", "/sys/vigie"])
def test_a_place_that_takes_no_folder_is_told_in_one_sentence(folder: str) -> None:
    with pytest.raises(SettingsError, match="ne convient pas pour vos données"):
        Settings(data=Path(folder)).prepare()
