"""Scans are known by all their pages. Those that were known by their first, and photos, are looked at again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

SEEN = "SELECT file_id FROM fingerprint WHERE waves IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "page_look",
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("look", postgresql.BIT(512), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["fingerprint.file_id"], name=op.f("fk_page_look_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "page", name=op.f("pk_page_look")),
    )
    op.execute(f"DELETE FROM resemblance WHERE first_id IN ({SEEN}) OR second_id IN ({SEEN})")  # noqa: S608
    op.execute(f"DELETE FROM shingle WHERE file_id IN ({SEEN})")  # noqa: S608
    op.execute(
        "UPDATE fingerprint SET state = 'waiting', tries = 0, waves = NULL, slopes = NULL,"  # noqa: S608
        f" waves_mirrored = NULL, slopes_mirrored = NULL WHERE file_id IN ({SEEN})"
    )


def downgrade() -> None:
    op.drop_table("page_look")
