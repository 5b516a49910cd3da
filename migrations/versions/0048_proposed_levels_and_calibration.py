"""A sheet may propose a prize level."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("asks_level", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("round", "asks_level", server_default=None)
    op.add_column("score_sheet", sa.Column("level", sa.Text(), nullable=True))
    op.add_column("keying", sa.Column("level", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("keying", "level")
    op.drop_column("score_sheet", "level")
    op.drop_column("round", "asks_level")
