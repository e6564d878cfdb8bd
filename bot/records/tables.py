"""The tables. Times are stored in UTC, without a zone, as SQLite keeps none."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.clock import PARIS


class UtcTime(TypeDecorator[datetime]):
    """A time with a zone, kept in UTC and read back in Europe/Paris."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(timezone.utc).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=timezone.utc).astimezone(PARIS) if value else None


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map: ClassVar = {datetime: UtcTime, dict[str, Any]: JSON}


class Practice(Base):
    """A practice: the controller whose file this is."""

    __tablename__ = "practice"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


def _practice() -> Mapped[int]:
    return mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True)


class AnswerRow(Base):
    """The current answer to a question; `value` is `{"value": …}`, empty unless given.

    `first_answered_at` is when the question was first answered at all, `answered_at` since when in this way.
    """

    __tablename__ = "answer"

    practice_id: Mapped[int] = _practice()
    question_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    value: Mapped[dict[str, Any]]
    first_answered_at: Mapped[datetime]
    answered_at: Mapped[datetime]


class ConfirmationRow(Base):
    """That the recap of a theme was confirmed."""

    __tablename__ = "confirmation"

    practice_id: Mapped[int] = _practice()
    theme_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    confirmed_at: Mapped[datetime]


class FieldDecisionRow(Base):
    """That lines of a field of a register entry were taken as proposed, or replaced by those in `text`."""

    __tablename__ = "field_decision"

    practice_id: Mapped[int] = _practice()
    entry_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]


class MeasureDecisionRow(Base):
    """What was decided about a measure."""

    __tablename__ = "measure_decision"

    practice_id: Mapped[int] = _practice()
    measure_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    due: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]


class CaseRow(Base):
    """A case of a practice, such as a breach; `number` counts from 1 in each practice for each kind."""

    __tablename__ = "case_file"
    __table_args__ = (UniqueConstraint("practice_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


def _case() -> Mapped[int]:
    return mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)


class CaseAnswerRow(Base):
    """The current answer to a question on a case, as `AnswerRow` keeps those of a practice."""

    __tablename__ = "case_answer"

    case_id: Mapped[int] = _case()
    question_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    value: Mapped[dict[str, Any]]
    first_answered_at: Mapped[datetime]
    answered_at: Mapped[datetime]


class CaseStepRow(Base):
    """Something that was done about a case; `done_at` is a moment as the practice told it, sure or vague."""

    __tablename__ = "case_step"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    done_at: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(200))


class BreachNotificationRow(Base):
    """A version of the notification as it was sent; `content` is `{"fields": [[label, text], …]}`."""

    __tablename__ = "breach_notification"

    case_id: Mapped[int] = _case()
    version: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime]
    receipt: Mapped[str] = mapped_column(String(60))
    receipt_on: Mapped[datetime | None]
    content: Mapped[dict[str, Any]]


class BreachToldRow(Base):
    """That someone was told of a breach, when and by which means."""

    __tablename__ = "breach_told"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    recipient: Mapped[str] = mapped_column(String(40))
    told_at: Mapped[datetime]
    means: Mapped[str] = mapped_column(String(200))


class ContractReadingRow(Base):
    """The contract that was read last in a supplier's case; `text` is empty unless it was asked to be kept.

    `silent` is `{"pages": […]}`: those without any text.
    """

    __tablename__ = "contract_reading"

    case_id: Mapped[int] = _case()
    name: Mapped[str] = mapped_column(String(200))
    read_at: Mapped[datetime]
    pages: Mapped[int]
    silent: Mapped[dict[str, Any]]
    english: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)


class ContractFindingRow(Base):
    """What was found of a clause in the contract that was read last; `passage` is empty when nothing was."""

    __tablename__ = "contract_finding"

    case_id: Mapped[int] = _case()
    clause_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    passage: Mapped[dict[str, Any]]
    confidence: Mapped[str] = mapped_column(String(10))
    score: Mapped[float]
    decision: Mapped[str] = mapped_column(String(10))


class NoticeRow(Base):
    """A version of a notice as it was made; `content` is `{"blocks": [[title, [text, …]], …]}`.

    `displayed_on` is the day since when it is in place, empty as long as it is not.
    """

    __tablename__ = "notice"

    practice_id: Mapped[int] = _practice()
    notice_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    displayed_on: Mapped[date | None]


class AssessmentVersionRow(Base):
    """A version of an assessment that was decided; `content` is as a notice's, `document` its PDF then."""

    __tablename__ = "assessment_version"

    case_id: Mapped[int] = _case()
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    document: Mapped[bytes]
    decided_at: Mapped[datetime]


class ConversationRow(Base):
    """A conversation: the secret name of its sender, and where its interview stands.

    `case_number` is that of the case it is about, whose questionnaire is the theme; 0 when it is about none.
    """

    __tablename__ = "conversation"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[str] = mapped_column(String(60))
    phase: Mapped[str] = mapped_column(String(10))
    question_id: Mapped[str] = mapped_column(String(120))
    case_number: Mapped[int]
    started_at: Mapped[datetime]


class SessionRow(Base):
    """A browser's session: the digest of its cookie, and the conversation it speaks in."""

    __tablename__ = "web_session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    sender: Mapped[str] = mapped_column(ForeignKey("conversation.sender", ondelete="CASCADE"))
    opened_at: Mapped[datetime]


class MessageRow(Base):
    """One message of the transcript, masked; `body` holds its text, buttons and question."""

    __tablename__ = "message"
    __table_args__ = (Index("message_by_session", "digest", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    digest: Mapped[str] = mapped_column(ForeignKey("web_session.digest", ondelete="CASCADE"))
    author: Mapped[str] = mapped_column(String(10))
    body: Mapped[dict[str, Any]]
    said_at: Mapped[datetime]
