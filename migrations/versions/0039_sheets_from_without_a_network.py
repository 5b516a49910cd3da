"""Saves that a judge's browser kept while it was without a network: each counts once, by its key."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_arrival",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_sheet_arrival_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_arrival")),
        sa.UniqueConstraint("key", name=op.f("uq_sheet_arrival_key")),
    )
    op.create_index(op.f("ix_sheet_arrival_assignment_id"), "sheet_arrival", ["assignment_id"])
