"""Who issues the papers of an edition, and what is settled for each kind of paper."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LINES = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.create_table(
        "paper_body",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("form IN ('hd36', 'hd05', 'nd30')", name=op.f("ck_paper_body_form")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_paper_body_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_body")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_body_public_id")),
    )
    op.create_index("ix_paper_body_edition", "paper_body", ["edition_id", "ordinal"])
    op.create_table(
        "paper_kind",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body_id", sa.BigInteger(), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("recitals", LINES, nullable=False),
        sa.Column("recipients", LINES, nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("executors", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.CheckConstraint("(number = '') = (day IS NULL)", name=op.f("ck_paper_kind_numbered_and_dated")),
        sa.ForeignKeyConstraint(["body_id"], ["paper_body.id"], name=op.f("fk_paper_kind_body_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_paper_kind_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_kind")),
        sa.UniqueConstraint("edition_id", "kind", name=op.f("uq_paper_kind_edition_id_kind")),
    )
    op.create_index("ix_paper_kind_body", "paper_kind", ["body_id"])
