"""Spare ballots that nobody drew are told by their codes before papers come back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
FINDER = "fk_ballot_stack_unused_found_by_id"


def upgrade() -> None:
    op.add_column("ballot_stack", sa.Column("unused", JSON, nullable=False, server_default="[]"))
    op.alter_column("ballot_stack", "unused", server_default=None)
    op.add_column("ballot_stack", sa.Column("unused_found_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f(FINDER), "ballot_stack", "person", ["unused_found_by_id"], ["id"])
    op.add_column("ballot_stack", sa.Column("unused_agreed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("unused_agreed_at", "unused_found_by_id", "unused"):
        op.drop_column("ballot_stack", column)
