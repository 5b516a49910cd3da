"""Papers that bear their number are kept as they were when they got it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued_paper",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_key", sa.Text(), nullable=True),
        sa.Column("pdf_sha256", sa.Text(), nullable=True),
        sa.Column("pdf_size", sa.BigInteger(), nullable=True),
        sa.Column("docx_key", sa.Text(), nullable=True),
        sa.Column("docx_sha256", sa.Text(), nullable=True),
        sa.Column("docx_size", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(pdf_key IS NULL) = (pdf_sha256 IS NULL)", name=op.f("ck_issued_paper_pdf_hashed")),
        sa.CheckConstraint("(docx_key IS NULL) = (docx_sha256 IS NULL)", name=op.f("ck_issued_paper_docx_hashed")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_issued_paper_edition_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_issued_paper_issued_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint("code", name=op.f("uq_issued_paper_code")),
        sa.UniqueConstraint("pdf_key", name=op.f("uq_issued_paper_pdf_key")),
        sa.UniqueConstraint("docx_key", name=op.f("uq_issued_paper_docx_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_issued_paper_public_id")),
    )
    op.create_index(
        "uq_issued_paper_standing",
        "issued_paper",
        ["edition_id", "kind"],
        unique=True,
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )
