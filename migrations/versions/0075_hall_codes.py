"""Codes on paper by which members come into a sitting on a machine of the hall."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hall_code",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("printed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_hall_code_sitting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hall_code_person_id")),
        sa.ForeignKeyConstraint(["printed_by_id"], ["person.id"], name=op.f("fk_hall_code_printed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_code")),
        sa.UniqueConstraint("sitting_id", "person_id", name=op.f("uq_hall_code_sitting_id_person_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_hall_code_code_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hall_code_public_id")),
    )
    op.create_index(op.f("ix_hall_code_person_id"), "hall_code", ["person_id"])


def downgrade() -> None:
    op.drop_table("hall_code")
