"""What was found in the contracts of suppliers; a text only when it was asked to be kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _case() -> sa.Column[int]:
    return sa.Column(
        "case_id",
        sa.Integer,
        sa.ForeignKey("case_file.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=True,
    )


def upgrade() -> None:
    op.create_table(
        "contract_reading",
        _case(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("read_at", sa.DateTime, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("silent", sa.JSON, nullable=False),
        sa.Column("english", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "contract_finding",
        _case(),
        sa.Column("clause_id", sa.String(60), primary_key=True),
        sa.Column("passage", sa.JSON, nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("contract_finding")
    op.drop_table("contract_reading")
