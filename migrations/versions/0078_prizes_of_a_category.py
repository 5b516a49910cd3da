"""A prize may be for works of some loại hình alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty = sa.text("'[]'::jsonb")
    op.add_column("prize_level", sa.Column("categories", postgresql.JSONB(), nullable=False, server_default=empty))


def downgrade() -> None:
    op.drop_column("prize_level", "categories")
