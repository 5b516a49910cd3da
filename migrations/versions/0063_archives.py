"""Archives of editions: folders of static pages as ZIPs in the store."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("works", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("files", sa.BigInteger(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience IN ('public', 'complete')", name=op.f("ck_archive_audience")),
        sa.CheckConstraint("works IN ('none', 'winners', 'eligible')", name=op.f("ck_archive_works")),
        sa.CheckConstraint("state IN ('building', 'ready', 'failed', 'replaced')", name=op.f("ck_archive_state")),
        sa.CheckConstraint("audience <> 'public' OR works = 'none' OR licence <> ''", name=op.f("ck_archive_licensed")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_archive_edition_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_archive_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive")),
        sa.UniqueConstraint("key", name=op.f("uq_archive_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_archive_public_id")),
    )
    op.create_index("ix_archive_edition", "archive", ["edition_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_archive_edition", table_name="archive")
    op.drop_table("archive")
