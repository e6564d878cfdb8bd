"""The versions of impact assessments that were decided; of those closed before, none was kept."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "assessment_version",
        sa.Column(
            "case_id",
            sa.Integer,
            sa.ForeignKey("case_file.id", ondelete="CASCADE"),
            nullable=False,
            primary_key=True,
        ),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("assessment_version")
