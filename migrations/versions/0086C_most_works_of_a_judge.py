"""A judge may take no more than so many works."""

import sqlalchemy as sa
from alembic import op

revision = "0086C"
down_revision = "0084A"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seat", sa.Column("most_works", sa.BigInteger(), nullable=True))
    op.create_check_constraint(op.f("ck_seat_most_works"), "seat", "most_works > 0")


def downgrade() -> None:
    op.drop_column("seat", "most_works")
