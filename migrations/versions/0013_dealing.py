"""How the works of a round are shared out, where that differs from what the rules say by themselves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dealing",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("readings", sa.BigInteger(), nullable=True),
        sa.Column("common", sa.BigInteger(), nullable=False),
        sa.Column("common_entries", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("readings > 0 AND common >= 0", name=op.f("ck_dealing_counts")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_dealing_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_dealing")),
    )
