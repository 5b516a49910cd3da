"""Recordings are looked into, and photos and recordings get versions for reading of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("file", sa.Column("light", sa.Text(), server_default="none", nullable=False))
    op.add_column("file", sa.Column("light_percent", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("file", sa.Column("light_tries", sa.BigInteger(), server_default="0", nullable=False))
    op.create_check_constraint(op.f("ck_file_light"), "file", "light IN ('none', 'waiting', 'done', 'failed')")
    op.create_index(op.f("ix_file_light"), "file", ["light"])
    op.drop_constraint(op.f("ck_rendition_kind"), "rendition")
    op.drop_constraint(op.f("ck_rendition_pages_are_stored"), "rendition")
    op.execute(
        "UPDATE rendition SET kind = 'photo', ordinal = 1600 FROM file"
        " WHERE file.id = rendition.file_id AND rendition.kind = 'page' AND file.kind IN ('jpeg', 'png', 'webp')"
    )
    op.create_check_constraint(
        op.f("ck_rendition_kind"), "rendition", "kind IN ('page', 'text', 'photo', 'poster', 'light', 'waveform')"
    )
    op.create_check_constraint(
        op.f("ck_rendition_stored"), "rendition", "kind IN ('text', 'waveform') OR key IS NOT NULL"
    )
    # Photos that are ready get all their sizes, and recordings that were turned away get their verdict: the sweep asks.
    op.execute("UPDATE file SET light = 'waiting' WHERE state = 'ready' AND kind IN ('jpeg', 'png', 'webp')")
    op.execute("UPDATE file SET state = 'stored', reason = NULL WHERE reason = 'kind_not_enabled'")
