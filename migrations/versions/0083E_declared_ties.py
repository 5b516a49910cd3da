"""A judge says, before works are dealt, with which authors and press organs they have to do, or that with none."""

import sqlalchemy as sa
from alembic import op

revision = "0083E"
down_revision = "0082A"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declared_tie",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("newsroom_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party IN ('author', 'organ')", name=op.f("ck_declared_tie_party")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_declared_tie_edition_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_declared_tie_round_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_declared_tie_person_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_declared_tie_author_id")),
        sa.ForeignKeyConstraint(["newsroom_id"], ["newsroom.id"], name=op.f("fk_declared_tie_newsroom_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_tie")),
        sa.UniqueConstraint("public_id", name=op.f("uq_declared_tie_public_id")),
    )
    op.create_index(op.f("ix_declared_tie_person_id"), "declared_tie", ["person_id"])
    op.add_column("seat", sa.Column("ties_told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conflict", sa.Column("tie_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_conflict_tie_id"), "conflict", "declared_tie", ["tie_id"], ["id"])
    op.create_index(op.f("ix_conflict_tie_id"), "conflict", ["tie_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_conflict_tie_id"), "conflict")
    op.drop_column("conflict", "tie_id")
    op.drop_column("seat", "ties_told_at")
    op.drop_table("declared_tie")
