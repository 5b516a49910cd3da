"""Lists of works that newsrooms bring, and the files they name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_import",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("newsroom_id", sa.BigInteger(), nullable=False),
        sa.Column("read_by_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("draft", postgresql.JSONB(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("works", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'done')", name=op.f("ck_entry_import_state")),
        sa.CheckConstraint("(state = 'draft') = (draft IS NOT NULL)", name=op.f("ck_entry_import_draft_has_rows")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_entry_import_edition_id")),
        sa.ForeignKeyConstraint(["newsroom_id"], ["newsroom.id"], name=op.f("fk_entry_import_newsroom_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["person.id"], name=op.f("fk_entry_import_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_import_public_id")),
    )
    op.create_index("ix_entry_import_desk", "entry_import", ["edition_id", "newsroom_id", "id"])
    op.create_table(
        "expected_file",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_expected_file_entry_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_expected_file_part_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_file")),
    )
    op.create_index("ix_expected_file_entry", "expected_file", ["entry_id"])
