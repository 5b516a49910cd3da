"""A work that passed and is not proposed stands with the reason; a sitting keeps its quorum, a vote its base."""

import sqlalchemy as sa
from alembic import op

revision = "0084A"
down_revision = "0085B"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passed_over",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("prize_level_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('main', 'thematic')", name=op.f("ck_passed_over_kind")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_passed_over_for_a_reason")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_passed_over_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_passed_over_entry_id")),
        sa.ForeignKeyConstraint(["prize_level_id"], ["prize_level.id"], name=op.f("fk_passed_over_prize_level_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_passed_over_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_over")),
        sa.UniqueConstraint("edition_id", "entry_id", "kind", name=op.f("uq_passed_over_edition_id_entry_id_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_passed_over_public_id")),
    )
    op.create_index(op.f("ix_passed_over_entry_id"), "passed_over", ["entry_id"])
    op.add_column("sitting", sa.Column("quorum", sa.Text(), nullable=True))
    op.add_column("vote", sa.Column("base", sa.BigInteger(), nullable=True))
    op.create_check_constraint(op.f("ck_vote_of_no_fewer"), "vote", "base >= eligible")


def downgrade() -> None:
    """Why works that passed are not proposed stands in the log alone."""
    op.drop_constraint(op.f("ck_vote_of_no_fewer"), "vote", type_="check")
    op.drop_column("vote", "base")
    op.drop_column("sitting", "quorum")
    op.drop_table("passed_over")
