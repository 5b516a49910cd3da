"""Links that let a phone or a technician send into one place, and places for the proof that a work was published."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload_pass",
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=True),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_upload_pass_entry_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_upload_pass_part_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot_id"], ["file_slot.id"], name=op.f("fk_upload_pass_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_pass")),
        sa.UniqueConstraint("public_id", name=op.f("uq_upload_pass_public_id")),
    )
    op.create_index("ix_upload_pass_entry", "upload_pass", ["entry_id"], unique=False)
    op.add_column("entry_file", sa.Column("pass_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_entry_file_pass_id"), "entry_file", "upload_pass", ["pass_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column("file_slot", sa.Column("proof", sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("file_slot", "proof", server_default=None)
