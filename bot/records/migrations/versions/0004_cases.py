"""A breach is one kind of case: the tables of cases and their answers serve every kind."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_FOLLOWUP = ("breach_notification", "breach_told")


def upgrade() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _practice(),
        sa.Column("kind", sa.String(20), nullable=False),
        *_state(),
        sa.UniqueConstraint("practice_id", "kind", "number"),
    )
    op.create_table("case_answer", _case("case_file", "case_id", primary_key=True), *_answer())
    op.execute(
        "INSERT INTO case_file (id, practice_id, kind, number, status, opened_at, closed_at) "
        "SELECT id, practice_id, 'breach', number, CASE status WHEN 'draft' THEN 'open' ELSE status END, "
        "opened_at, closed_at FROM breach"
    )
    op.execute(f"INSERT INTO case_answer SELECT {_ANSWER.format('breach_id')} FROM breach_answer")
    _remake_followup("case_file", "breach_id", "case_id")
    op.drop_table("breach_answer")
    op.drop_table("breach")
    op.execute("ALTER TABLE conversation RENAME COLUMN breach_number TO case_number")


def downgrade() -> None:
    op.execute("ALTER TABLE conversation RENAME COLUMN case_number TO breach_number")
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _practice(),
        *_state(),
        sa.UniqueConstraint("practice_id", "number"),
    )
    op.create_table("breach_answer", _case("breach", "breach_id", primary_key=True), *_answer())
    op.execute(
        "INSERT INTO breach (id, practice_id, number, status, opened_at, closed_at) "
        "SELECT id, practice_id, number, CASE status WHEN 'open' THEN 'draft' ELSE status END, "
        "opened_at, closed_at FROM case_file WHERE kind = 'breach'"
    )
    op.execute(
        f"INSERT INTO breach_answer SELECT {_ANSWER.format('case_id')} FROM case_answer "
        "WHERE case_id IN (SELECT id FROM breach)"
    )
    _remake_followup("breach", "case_id", "breach_id")
    op.drop_table("case_answer")
    op.drop_table("case_file")


def _remake_followup(parent: str, before: str, after: str) -> None:
    """What was done about breaches, made anew: SQLite cannot change what a column refers to."""
    for table in _FOLLOWUP:
        op.rename_table(table, f"old_{table}")
    op.create_table(
        "breach_notification",
        _case(parent, after, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("sent_at", sa.DateTime, nullable=False),
        sa.Column("receipt", sa.String(60), nullable=False),
        sa.Column("receipt_on", sa.DateTime),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "breach_told",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _case(parent, after, index=True),
        sa.Column("recipient", sa.String(40), nullable=False),
        sa.Column("told_at", sa.DateTime, nullable=False),
        sa.Column("means", sa.String(200), nullable=False),
    )
    op.execute(
        f"INSERT INTO breach_notification SELECT {before}, version, kind, sent_at, receipt, receipt_on, "
        "content FROM old_breach_notification"
    )
    op.execute(f"INSERT INTO breach_told SELECT id, {before}, recipient, told_at, means FROM old_breach_told")
    for table in _FOLLOWUP:
        op.drop_table(f"old_{table}")


_ANSWER = "{}, question_id, state, value, first_answered_at, answered_at"


def _practice() -> "sa.Column[Any]":
    key = sa.ForeignKey("practice.id", ondelete="CASCADE")
    return sa.Column("practice_id", sa.Integer, key, nullable=False, index=True)


def _case(table: str, name: str, primary_key: bool = False, index: bool = False) -> "sa.Column[Any]":
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer, key, nullable=False, primary_key=primary_key, index=index)


def _state() -> "tuple[sa.Column[Any], ...]":
    return (
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("closed_at", sa.DateTime),
    )


def _answer() -> "tuple[sa.Column[Any], ...]":
    return (
        sa.Column("question_id", sa.String(120), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("first_answered_at", sa.DateTime, nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=False),
    )
