"""Scans of letters and envelopes wait at the ledger until the label on them says which parcel they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loose_scan",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_loose_scan_edition_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_loose_scan_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loose_scan")),
        sa.UniqueConstraint("file_id", name=op.f("uq_loose_scan_file_id")),
    )
    op.create_index(op.f("ix_loose_scan_edition_id"), "loose_scan", ["edition_id"])


def downgrade() -> None:
    op.drop_table("loose_scan")
