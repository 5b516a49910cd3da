"""Sheets that a judge filled in on paper: the scan, and what two persons read on it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("assignment_id", sa.BigInteger(), nullable=False),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("scan_sha256", sa.Text(), nullable=False),
        sa.Column("read_from_scan", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("commitment", sa.Text(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(taken_at IS NULL) = (commitment IS NULL)", name=op.f("ck_paper_sheet_taken")),
        sa.CheckConstraint("(dropped_at IS NULL) = (scan_id IS NOT NULL)", name=op.f("ck_paper_sheet_scan")),
        sa.CheckConstraint("taken_at IS NULL OR dropped_at IS NULL", name=op.f("ck_paper_sheet_one_end")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_paper_sheet_assignment_id")),
        sa.ForeignKeyConstraint(["scan_id"], ["file.id"], name=op.f("fk_paper_sheet_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_sheet_public_id")),
        sa.UniqueConstraint("scan_id", name=op.f("uq_paper_sheet_scan_id")),
    )
    op.create_index(op.f("ix_paper_sheet_assignment_id"), "paper_sheet", ["assignment_id"])
    op.create_index(
        "uq_paper_sheet_waiting",
        "paper_sheet",
        ["assignment_id"],
        unique=True,
        postgresql_where=sa.text("taken_at IS NULL AND dropped_at IS NULL"),
    )
    op.create_table(
        "keying",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("marks", JSONB(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ordinal IN (1, 2)", name=op.f("ck_keying_ordinal")),
        sa.CheckConstraint("(marks IS NULL) = (signed_on IS NULL)", name=op.f("ck_keying_keyed")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper_sheet.id"], name=op.f("fk_keying_paper_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_keying_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keying")),
        sa.UniqueConstraint("paper_id", "ordinal", name=op.f("uq_keying_paper_id_ordinal")),
        sa.UniqueConstraint("paper_id", "person_id", name=op.f("uq_keying_paper_id_person_id")),
    )
    op.create_index(op.f("ix_keying_person_id"), "keying", ["person_id"])


def downgrade() -> None:
    op.drop_table("keying")
    op.drop_table("paper_sheet")
