"""Whose work it is names somebody of the council who has to do with it."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conflict_claim",
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("stated_by_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('upheld', 'dismissed')", name=op.f("ck_conflict_claim_answer")),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_conflict_claim_answered")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_conflict_claim_entry_id")),
        sa.ForeignKeyConstraint(["stated_by_id"], ["person.id"], name=op.f("fk_conflict_claim_stated_by_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_conflict_claim_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_claim")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conflict_claim_public_id")),
    )
    op.create_index(op.f("ix_conflict_claim_entry_id"), "conflict_claim", ["entry_id"])
    op.create_index(op.f("ix_conflict_claim_stated_by_id"), "conflict_claim", ["stated_by_id"])


def downgrade() -> None:
    op.drop_table("conflict_claim")
