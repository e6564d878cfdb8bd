"""The personal data breaches of a practice: answers, notifications as sent, who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _breach(primary_key: bool = False, index: bool = False) -> "sa.Column[int]":
    key = sa.ForeignKey("breach.id", ondelete="CASCADE")
    return sa.Column("breach_id", sa.Integer, key, nullable=False, primary_key=primary_key, index=index)


def upgrade() -> None:
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "practice_id",
            sa.Integer,
            sa.ForeignKey("practice.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("closed_at", sa.DateTime),
        sa.UniqueConstraint("practice_id", "number"),
    )
    op.create_table(
        "breach_answer",
        _breach(primary_key=True),
        sa.Column("question_id", sa.String(120), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("first_answered_at", sa.DateTime, nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "breach_notification",
        _breach(primary_key=True),
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
        _breach(index=True),
        sa.Column("recipient", sa.String(40), nullable=False),
        sa.Column("told_at", sa.DateTime, nullable=False),
        sa.Column("means", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    for table in ("breach_told", "breach_notification", "breach_answer", "breach"):
        op.drop_table(table)
