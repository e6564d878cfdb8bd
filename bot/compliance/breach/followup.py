"""What was done about a breach: what was sent to the CNIL, who was told, and when it was closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.clock import french_date
from bot.compliance import moments
from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.breach import Breach

NotificationKind = Literal["initial", "complementary", "complete"]
#: Told, besides those that `prevenus` names.
PERSONS = "personnes"


@dataclass(frozen=True)
class Notification:
    """A version of the notification as it was sent; `receipt` is the CNIL's number, empty if not noted.

    `receipt_on` is when the CNIL acknowledged it, `content` its text as it stood then: label → text.
    """

    kind: NotificationKind
    sent_at: datetime
    receipt: str = ""
    receipt_on: datetime | None = None
    content: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Told:
    """That someone was told, when, and by which means: « les personnes », « police », « assureur »…"""

    recipient: str
    at: datetime
    means: str = ""


@dataclass(frozen=True)
class FollowUp:
    """What the record of a breach holds besides its answers, oldest first."""

    number: str = ""
    notifications: tuple[Notification, ...] = ()
    told: tuple[Told, ...] = ()
    closed_at: datetime | None = None

    @property
    def first_notification(self) -> Notification | None:
        """The notification that stops the 72 hours."""
        return min(self.notifications, key=lambda one: one.sent_at, default=None)

    def told_to(self, recipient: str) -> Told | None:
        """The first time that they were told."""
        return min((one for one in self.told if one.recipient == recipient), key=_at, default=None)

    def answers(self, breach: Breach) -> dict[str, Answer]:
        """As answers, that conditions and texts can name; what has not been done is unknown."""
        first, persons = self.first_notification, self.told_to(PERSONS)
        later = [one for one in self.notifications if one is not first]
        receipt = next((one.receipt for one in self.notifications if one.receipt), "")
        means = dict.fromkeys(one.means for one in self.told if one.recipient == PERSONS and one.means)
        values = {
            "numero": self.number,
            "notifiee_le": _text(first.sent_at if first else None),
            "recepisse": receipt,
            "complements": ", ".join(french_date(one.sent_at) for one in later),
            "informees_le": _text(persons.at if persons else None),
            "moyens": ", ".join(means),
            "close_le": _text(self.closed_at),
        }
        return {
            f"{breach.followup.id}.{name}": Answer.given(text) if text else UNKNOWN
            for name, text in values.items()
        }


def kind_of_next(followup: FollowUp, incomplete: bool) -> NotificationKind:
    """What a notification sent now is (RGPD art. 33(4)): the first, whole or not, or a complement."""
    if followup.notifications:
        return "complementary"
    return "initial" if incomplete else "complete"


def _at(told: Told) -> datetime:
    return told.at


def _text(at: datetime | None) -> str:
    return moments.instant(at).text() if at else ""
