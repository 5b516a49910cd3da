"""Sessions that were ended before their time: their browsers have to let go of what they kept."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_session",
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("public_id", name=op.f("pk_ended_session")),
    )
    op.create_index(op.f("ix_ended_session_until"), "ended_session", ["until"])


def downgrade() -> None:
    op.drop_table("ended_session")
