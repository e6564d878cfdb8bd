"""The database: erased for good, never half written, and honest when it cannot be read or written."""

from __future__ import annotations

import resource
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from bot.clock import Clock
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.breach import FollowUp, Notification, Told
from bot.compliance.measures import Decision
from bot.compliance.processors import Finding, Passage
from bot.compliance.register import FieldDecision
from bot.compliance.requests import Step
from bot.records import Records, RecordsError, Unit
from bot.records.contracts import Reading
from bot.records.store import MIGRATIONS
from bot.records.tables import Base
from tests.records.conftest import NOW, Open

Use = Callable[[Records], None]

SECRET = "Cabinet-du-Parc-des-Lilas"


def fill(unit: Unit) -> int:
    """A practice with a row in every table, the secret wherever text goes."""
    practice = unit.practices.only()
    unit.answers.save(practice, "profil.nom", Answer.given(SECRET))
    unit.answers.confirm(practice, "profil")
    unit.decisions.save_measure(practice, "rdv-contrat", Decision("not_applicable", reason=SECRET))
    unit.decisions.save_field(practice, "agenda", "media", FieldDecision("changed", SECRET * 400))
    breach = unit.cases.open(practice, "breach")
    unit.cases.save(breach.id, "violation.circonstances", Answer.given(SECRET))
    unit.breaches.notify(breach.id, Notification("initial", NOW, SECRET, NOW, (("Faits", SECRET * 400),)))
    unit.breaches.tell(breach.id, Told("assureur", NOW, SECRET))
    asked = unit.cases.open(practice, "request")
    unit.requests.note(asked.id, Step.at("refusee", NOW, SECRET))
    contract = unit.cases.open(practice, "contract")
    found = {"fin": Finding("fin", Passage(SECRET, 12))}
    unit.contracts.keep(contract.id, Reading(SECRET, text=SECRET * 400), found)
    unit.notices.keep(practice, "affiche", (("Qui", (SECRET * 400,)),))
    assessment = unit.cases.open(practice, "assessment")
    unit.assessments.keep(assessment.id, (("Données", (SECRET,)),), SECRET.encode() * 400)
    conversation = unit.conversations.start(practice)
    _, session = unit.sessions.open(practice, conversation.sender)
    for number in range(200):
        unit.sessions.say(session.digest, "practice", {"text": f"{SECRET} {number}"})
    return practice


def rows(records: Records) -> dict[str, int]:
    with records.engine.connect() as connection:
        return {
            table.name: len(connection.execute(select(table)).all()) for table in Base.metadata.sorted_tables
        }


def breaches(records: Records, practice: int) -> list[tuple[object, dict[str, Answer], FollowUp]]:
    """Each breach with its answers and what was done about it."""
    with records.unit() as unit:
        return [
            (one, unit.cases.answers(one.id), unit.breaches.followup(one))
            for one in unit.cases.all(practice, "breach")
        ]


def on_disk(records: Records, path: Path) -> bytes:
    """All bytes of the database and its companions, once everything is in the main file."""
    with records.engine.connect() as connection:
        busy, _, _ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        assert busy == 0
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


class TestErasing:
    def test_it_leaves_no_row_in_any_table(self, records: Records) -> None:
        with records.unit() as unit:
            practice = fill(unit)
        assert all(number > 0 for number in rows(records).values())
        with records.unit() as unit:
            unit.practices.erase(practice)
        assert set(rows(records).values()) == {0}

    def test_it_leaves_no_trace_in_the_file(self, records: Records, path: Path) -> None:
        with records.unit() as unit:
            practice = fill(unit)
        assert SECRET.encode() in on_disk(records, path)
        with records.unit() as unit:
            unit.practices.erase(practice)
        assert SECRET.encode() not in on_disk(records, path)

    def test_it_leaves_the_other_practices(self, records: Records) -> None:
        with records.unit() as unit:
            practice = fill(unit)
            other = unit.practices.create()
            unit.answers.save(other, "t.q", UNKNOWN)
            unit.practices.erase(practice)
        with records.unit() as unit:
            assert unit.answers.all(other) == {"t.q": UNKNOWN}

    def test_after_it_one_begins_again(self, records: Records) -> None:
        with records.unit() as unit:
            unit.practices.erase(fill(unit))
        with records.unit() as unit:
            assert unit.answers.all(unit.practices.only()) == {}

    def test_what_was_forgotten_leaves_no_trace_in_the_file(self, records: Records, path: Path) -> None:
        with records.unit() as unit:
            practice = unit.practices.only()
            unit.answers.save(practice, "profil.nom", Answer.given(SECRET))
        with records.unit() as unit:
            unit.answers.save(practice, "profil.nom", Answer.given("Autre"))
        assert SECRET.encode() not in on_disk(records, path)


class TestUnits:
    def test_the_practice_is_created_once(self, open_records: Open) -> None:
        found = set()
        for _ in range(3):
            with open_records().unit() as unit:
                found.add(unit.practices.only())
        assert len(found) == 1

    def test_the_practice_is_created_once_even_when_two_ask_for_it_at_once(self, records: Records) -> None:
        found: list[int] = []
        asked = threading.Event()

        def ask_first() -> None:
            with records.unit() as unit:
                found.append(unit.practices.only())
                asked.set()
                time.sleep(0.2)

        first = threading.Thread(target=ask_first)
        first.start()
        assert asked.wait(5)
        with records.unit() as unit:
            found.append(unit.practices.only())
        first.join()
        assert len(found) == 2 and found[0] == found[1]

    def test_nothing_of_a_unit_that_fails_is_kept(self, records: Records, practice: int) -> None:
        with pytest.raises(ZeroDivisionError), records.unit() as unit:
            unit.answers.save(practice, "t.q", Answer.given(True))
            raise ZeroDivisionError
        with records.unit() as unit:
            assert unit.answers.all(practice) == {}

    def test_two_threads_that_write_at_once_lose_nothing(self, records: Records, practice: int) -> None:
        failures: list[Exception] = []
        start = threading.Barrier(2)

        def write(name: str) -> None:
            start.wait()
            try:
                for number in range(40):
                    with records.unit() as unit:
                        unit.answers.save(practice, f"{name}.q{number}", Answer.given(number))
                        unit.answers.confirm(practice, f"{name}_{number}")
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=write, args=(name,)) for name in ("un", "deux")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert failures == []
        with records.unit() as unit:
            answers = unit.answers.all(practice)
            assert {key: answer.value for key, answer in answers.items()} == {
                f"{name}.q{number}": number for name in ("un", "deux") for number in range(40)
            }
            assert len(unit.answers.confirmed(practice)) == 80

    def test_two_threads_that_read_then_write_at_once_lose_nothing(
        self, records: Records, practice: int
    ) -> None:
        failures: list[Exception] = []
        both_read = threading.Barrier(2)

        def write(name: str) -> None:
            try:
                with records.unit() as unit:
                    unit.answers.all(practice)
                    both_read.wait(5)
                    unit.answers.save(practice, f"{name}.q", UNKNOWN)
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=write, args=(name,)) for name in ("un", "deux")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert failures == []
        with records.unit() as unit:
            assert set(unit.answers.all(practice)) == {"un.q", "deux.q"}


class TestTrouble:
    @pytest.mark.slow
    def test_a_database_that_another_program_locks_is_told_after_the_wait(
        self, records: Records, practice: int, path: Path
    ) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            begun = time.monotonic()
            with pytest.raises(RecordsError, match="locked"), records.unit() as unit:
                unit.answers.save(practice, "t.q", UNKNOWN)
            assert 4 < time.monotonic() - begun < 8
            other.execute("ROLLBACK")
        with records.unit() as unit:
            unit.answers.save(practice, "t.q", UNKNOWN)

    def test_a_lock_that_is_released_in_time_is_waited_for(
        self, records: Records, practice: int, path: Path
    ) -> None:
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
            other.execute("BEGIN EXCLUSIVE")
            release = threading.Timer(0.3, other.execute, ("ROLLBACK",))
            release.start()
            with records.unit() as unit:
                unit.answers.save(practice, "t.q", UNKNOWN)
            release.join()
        with records.unit() as unit:
            assert unit.answers.all(practice) == {"t.q": UNKNOWN}

    def test_a_full_disk_is_told_and_what_was_there_stays(self, records: Records, practice: int) -> None:
        with records.unit() as unit:
            unit.answers.save(practice, "t.avant", Answer.given("là"))

        def fill_up() -> None:
            with records.unit() as unit:
                # The pool hands the same connection out again: the limit is this one's.
                connection = unit.answers._session.connection()
                pages = connection.execute(text("PRAGMA page_count")).scalar()
                connection.execute(text(f"PRAGMA max_page_count={pages + 2}"))
                unit.answers.save(practice, "t.long", Answer.given("x" * 100_000))

        with pytest.raises(RecordsError, match="full"):
            fill_up()
        with records.unit() as unit:
            assert unit.answers.all(practice) == {"t.avant": Answer.given("là")}

    @pytest.mark.parametrize(
        "content",
        [b"ceci n'est pas une base" * 100, b"SQLite format 3\x00" + b"\xff" * 4096],
        ids=["another file", "damaged"],
    )
    def test_a_damaged_file_is_told(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "vigie.db"
        path.write_bytes(content)
        records = Records(f"sqlite:///{path}", Clock())
        with pytest.raises(RecordsError):
            records.migrate()
        with pytest.raises(RecordsError), records.unit() as unit:
            unit.practices.only()

    def test_tables_that_are_missing_are_told(self, tmp_path: Path) -> None:
        records = Records(f"sqlite:///{tmp_path / 'vide.db'}", Clock())
        with pytest.raises(RecordsError), records.unit() as unit:
            unit.practices.only()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a lock gives up at once; asked for before the records."""
    monkeypatch.setattr("bot.records.store._BUSY_SECONDS", 0.05)


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """No file may grow beyond the size that the database has now, as on a disk without room."""
    size = path.stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def read(records: Records) -> None:
    with records.unit() as unit:
        unit.practices.only()


def write(records: Records) -> None:
    with records.unit() as unit:
        unit.answers.save(unit.practices.only(), "t.q", Answer.given("x" * 500_000))


PATHS = {"reading": read, "writing": write, "migrating": Records.migrate, "forgetting": Records.forget_erased}


@pytest.mark.usefixtures("hasty", "practice")
class TestEveryPath:
    @pytest.mark.parametrize("use", PATHS.values(), ids=PATHS)
    def test_tells_a_locked_database(self, records: Records, path: Path, use: Use) -> None:
        records.engine.dispose()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            # Nobody else may even read then.
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
            other.execute("PRAGMA journal_mode=DELETE")
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(RecordsError, match="locked"):
                use(records)

    @pytest.mark.parametrize("use", [write, Records.forget_erased], ids=["writing", "forgetting"])
    def test_tells_a_full_disk(self, records: Records, path: Path, use: Use) -> None:
        records.forget_erased()
        with records.unit() as unit:
            # What is only in the log when the disk fills up.
            unit.answers.save(unit.practices.only(), "t.q", Answer.given("y" * 200_000))
        with full_disk(path), pytest.raises(RecordsError, match=r"full|I/O"):
            use(records)
        with records.unit() as unit:
            assert unit.answers.all(unit.practices.only())["t.q"] == Answer.given("y" * 200_000)

    def test_forgetting_tells_that_someone_still_reads_what_was_erased(
        self, records: Records, path: Path
    ) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM practice").fetchall()
            write(records)
            with pytest.raises(RecordsError, match="locked"):
                records.forget_erased()
        records.forget_erased()

    def test_a_database_of_a_later_vigie_is_told(self, records: Records) -> None:
        with records.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(RecordsError, match="9999"):
            records.migrate()

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "fichier").touch()
        with pytest.raises(RecordsError):
            Records(f"sqlite:///{tmp_path / 'fichier' / 'vigie.db'}", Clock())


class TestOpening:
    def test_the_folder_is_made_and_kept_from_other_users(self, records: Records, path: Path) -> None:
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_in_memory_all_units_see_the_same_and_nothing_is_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        records = Records("sqlite://", Clock())
        records.migrate()
        with records.unit() as unit:
            fill(unit)
        with records.unit() as unit:
            assert unit.answers.all(unit.practices.only())["profil.nom"] == Answer.given(SECRET)
        assert list(tmp_path.iterdir()) == []


class TestMigrations:
    def config(self, connection: object) -> Config:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        return config

    def test_they_make_exactly_the_tables_of_the_code(self, records: Records) -> None:
        with records.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_migrating_again_changes_nothing(self, records: Records) -> None:
        with records.unit() as unit:
            fill(unit)
        before = rows(records)
        records.migrate()
        assert rows(records) == before

    def test_a_breach_outlives_its_becoming_a_case(self, records: Records) -> None:
        with records.unit() as unit:
            practice = fill(unit)
        kept = breaches(records, practice)
        with records.engine.begin() as connection:
            command.downgrade(self.config(connection), "0003")
        records.migrate()
        assert breaches(records, practice) == kept
        assert kept[0][1] and kept[0][2].notifications and kept[0][2].told

    def test_an_assessment_closed_before_its_versions_were_kept_stays_closed_without_any(
        self, records: Records
    ) -> None:
        with records.unit() as unit:
            practice = fill(unit)
            (closed,) = unit.cases.all(practice, "assessment")
            unit.cases.save(closed.id, "aipd.apercu", Answer.given(SECRET))
            unit.cases.close(closed.id)
        with records.engine.begin() as connection:
            command.downgrade(self.config(connection), "0007")
        records.migrate()
        with records.unit() as unit:
            (kept,) = unit.cases.all(practice, "assessment")
            assert kept.status == "closed" and unit.cases.answers(kept.id) == {
                "aipd.apercu": Answer.given(SECRET)
            }
            assert unit.assessments.all(kept.id) == ()
            assert unit.assessments.keep(kept.id, (), b"%PDF") == 1

    def test_they_can_be_taken_back_and_run_again(self, records: Records) -> None:
        with records.engine.begin() as connection:
            command.downgrade(self.config(connection), "base")
        assert set(inspect(records.engine).get_table_names()) <= {"alembic_version"}
        records.migrate()
        with records.unit() as unit:
            fill(unit)
