"""The latest the database's clock showed when a work was received: no later arrival is stamped by a clock that went
back."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("clock_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("edition", "clock_at")
