"""What a practice owns, in SQLAlchemy."""

from bot.records.practice_file import PracticeFile
from bot.records.store import Records, RecordsError, Unit

__all__ = ["PracticeFile", "Records", "RecordsError", "Unit"]
