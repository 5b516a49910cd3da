"""The desk of the ceremony: what it writes beside each certificate."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_handover",
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=True),
        sa.Column("proxy", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "signed_at IS NULL OR here IS TRUE OR proxy <> ''", name=op.f("ck_certificate_handover_signed_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_handover_certificate_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_certificate_handover_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_handover")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_certificate_handover_certificate_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_handover_public_id")),
    )


def downgrade() -> None:
    op.drop_table("certificate_handover")
