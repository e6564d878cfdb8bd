"""The versions of a practice's notices: what they said, when they were made and put up."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column(
            "practice_id",
            sa.Integer,
            sa.ForeignKey("practice.id", ondelete="CASCADE"),
            nullable=False,
            primary_key=True,
        ),
        sa.Column("notice_id", sa.String(60), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("displayed_on", sa.Date),
    )


def downgrade() -> None:
    op.drop_table("notice")
