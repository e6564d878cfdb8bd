"""Opening the database, and the unit of work that all reads and writes go through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from bot.clock import Clock
from bot.records.assessments import Assessments
from bot.records.breaches import Breaches
from bot.records.cases import Cases
from bot.records.contracts import Contracts
from bot.records.notices import Notices
from bot.records.repositories import Answers, Conversations, Decisions, Practices, Sessions
from bot.records.requests import Requests

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 5


class RecordsError(Exception):
    """The database could not be read or written: locked, full, damaged, or of another version."""


class Unit:
    """One transaction over the repositories of a practice's records."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.clock = clock
        self.practices = Practices(session, clock)
        self.answers = Answers(session, clock)
        self.decisions = Decisions(session, clock)
        self.conversations = Conversations(session, clock)
        self.sessions = Sessions(session, clock)
        self.cases = Cases(session, clock)
        self.breaches = Breaches(session)
        self.requests = Requests(session)
        self.contracts = Contracts(session, clock)
        self.notices = Notices(session, clock)
        self.assessments = Assessments(session, clock)


class Records:
    """The database of one installation."""

    def __init__(self, url: str, clock: Clock) -> None:
        """`url` is SQLAlchemy's; `sqlite://` alone keeps everything in memory and nothing after.

        Raises RecordsError when the folder of the database cannot be made.
        """
        self.url, self.clock = make_url(url), clock
        options = {}
        if self.url.database in (None, "", ":memory:"):
            options = {"poolclass": StaticPool}
        else:
            _make(Path(self.url.database).parent)
        self.engine = create_engine(
            self.url, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False}, **options
        )
        event.listen(self.engine, "connect", _configure)

    def migrate(self) -> None:
        """Bring the tables up to date. Raises RecordsError when the database cannot be written."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with _told(), self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def forget_erased(self) -> None:
        """Empty the write-ahead log, where erased rows would otherwise linger for a while.

        Raises RecordsError when it cannot be: rows that were erased stay so.
        """
        with _told(), self.engine.connect() as connection:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        # SQLite says so instead of failing when someone else still reads or writes the log.
        if busy:
            raise RecordsError("database is locked")

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A transaction, committed at the end, undone when anything fails.

        Raises RecordsError when the database is locked, full or damaged.
        """
        with _told(), Session(self.engine) as session, session.begin():
            yield Unit(session, self.clock)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RecordsError(str(error)) from error


@contextmanager
def _told() -> Iterator[None]:
    """What the database refuses, as a RecordsError."""
    try:
        yield
    except DBAPIError as error:
        raise RecordsError(str(error.orig)) from error
    except CommandError as error:
        raise RecordsError(str(error)) from error


def _configure(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
