"""The practice, its answers and decisions, its conversations and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _practice(primary_key: bool = False, index: bool = False) -> "sa.Column[int]":
    key = sa.ForeignKey("practice.id", ondelete="CASCADE")
    return sa.Column("practice_id", sa.Integer, key, nullable=False, primary_key=primary_key, index=index)


def upgrade() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "answer",
        _practice(primary_key=True),
        sa.Column("question_id", sa.String(120), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("first_answered_at", sa.DateTime, nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "confirmation",
        _practice(primary_key=True),
        sa.Column("theme_id", sa.String(60), primary_key=True),
        sa.Column("confirmed_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "field_decision",
        _practice(primary_key=True),
        sa.Column("entry_id", sa.String(60), primary_key=True),
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "measure_decision",
        _practice(primary_key=True),
        sa.Column("measure_id", sa.String(80), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "conversation",
        sa.Column("sender", sa.String(64), primary_key=True),
        _practice(index=True),
        sa.Column("theme_id", sa.String(60), nullable=False),
        sa.Column("phase", sa.String(10), nullable=False),
        sa.Column("question_id", sa.String(120), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "web_session",
        sa.Column("digest", sa.String(64), primary_key=True),
        _practice(index=True),
        sa.Column(
            "sender", sa.String(64), sa.ForeignKey("conversation.sender", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("opened_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "digest", sa.String(64), sa.ForeignKey("web_session.digest", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("author", sa.String(10), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("said_at", sa.DateTime, nullable=False),
    )
    op.create_index("message_by_session", "message", ["digest", "id"])


def downgrade() -> None:
    for table in (
        "message", "web_session", "conversation", "measure_decision", "field_decision",
        "confirmation", "answer", "practice",
    ):  # fmt: skip
        op.drop_table(table)
