"""Lists that newsrooms sign on paper."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signed_list",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("newsroom_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=False),
        sa.Column("works", postgresql.JSONB(), nullable=False),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("signatory", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("read_from_scan", sa.Boolean(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_by_id IS NULL)", name=op.f("ck_signed_list_returned_by_somebody")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_signed_list_edition_id")),
        sa.ForeignKeyConstraint(["newsroom_id"], ["newsroom.id"], name=op.f("fk_signed_list_newsroom_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_signed_list_made_by_id")),
        sa.ForeignKeyConstraint(["scan_id"], ["file.id"], name=op.f("fk_signed_list_scan_id")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["person.id"], name=op.f("fk_signed_list_returned_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_list")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signed_list_public_id")),
    )
    op.create_index("ix_signed_list_desk", "signed_list", ["edition_id", "newsroom_id", "id"])
    op.create_index(op.f("ix_signed_list_scan_id"), "signed_list", ["scan_id"])
    op.add_column("attestation", sa.Column("list_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_attestation_list_id"), "attestation", "signed_list", ["list_id"], ["id"])
    op.create_index(op.f("ix_attestation_list_id"), "attestation", ["list_id"])
