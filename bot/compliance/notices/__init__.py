"""How a practice informs the persons concerned: its notices, what they hold, and what was put up."""

from bot.compliance.notices.check import Checked
from bot.compliance.notices.content import FilledNotice
from bot.compliance.notices.practice import PracticeNotice, PracticeNotices, effective
from bot.compliance.notices.versions import Standing, Version, fingerprint

__all__ = [
    "Checked",
    "FilledNotice",
    "PracticeNotice",
    "PracticeNotices",
    "Standing",
    "Version",
    "effective",
    "fingerprint",
]
