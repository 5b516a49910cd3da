"""A place says how many sheets the work needed to have one; conflicts are found by others; rulings on ties."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

SOURCE = "ck_conflict_source"


def upgrade() -> None:
    op.add_column("standing", sa.Column("needed", sa.BigInteger(), nullable=False, server_default="1"))
    op.alter_column("standing", "needed", server_default=None)
    op.drop_constraint(op.f(SOURCE), "conflict")
    op.create_check_constraint(op.f(SOURCE), "conflict", "source IN ('declared', 'computed', 'found')")
    op.add_column("round", sa.Column("counted_rules", postgresql.JSONB(none_as_null=True), nullable=True))
    op.drop_constraint(op.f("ck_vote_number"), "vote")
    op.create_check_constraint(op.f("ck_vote_number"), "vote", "number IN (1, 2, 3)")
    op.create_table(
        "tie_ruling",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("works", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('decision', 'lot')", name=op.f("ck_tie_ruling_kind")),
        sa.CheckConstraint("kind = 'decision' OR source <> ''", name=op.f("ck_tie_ruling_a_lot_has_a_source")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_tie_ruling_round_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_tie_ruling_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_ruling")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tie_ruling_public_id")),
    )
    op.create_index("ix_tie_ruling_round_id", "tie_ruling", ["round_id"])


def downgrade() -> None:
    op.drop_column("round", "counted_rules")
    op.drop_table("tie_ruling")
    op.execute("UPDATE vote SET number = 2 WHERE number = 3")
    op.drop_constraint(op.f("ck_vote_number"), "vote")
    op.create_check_constraint(op.f("ck_vote_number"), "vote", "number IN (1, 2)")
    op.execute("UPDATE conflict SET source = 'computed' WHERE source = 'found'")
    op.drop_constraint(op.f(SOURCE), "conflict")
    op.create_check_constraint(op.f(SOURCE), "conflict", "source IN ('declared', 'computed')")
    op.drop_column("standing", "needed")
