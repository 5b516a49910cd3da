"""The reason of a second look on paper is kept with each of its two keyings."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("keying", sa.Column("reason", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("keying", "reason")
