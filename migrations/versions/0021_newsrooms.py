"""What newsrooms say of the works they published, and the lists they bring."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attestation",
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("newsroom_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("facts_hash", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said_by_id", sa.BigInteger(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('confirmed', 'refused')", name=op.f("ck_attestation_answer")),
        sa.CheckConstraint("(answer = 'refused') = (reason <> '')", name=op.f("ck_attestation_refusal_has_reason")),
        sa.CheckConstraint("ended IN ('', 'changed', 'replaced', 'withdrawn')", name=op.f("ck_attestation_ended")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended = '')", name=op.f("ck_attestation_ended_has_time")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_attestation_entry_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["newsroom_id"], ["newsroom.id"], name=op.f("fk_attestation_newsroom_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_attestation_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attestation_public_id")),
    )
    op.create_index("ix_attestation_entry", "attestation", ["entry_id", "id"])
    op.create_index(op.f("ix_attestation_newsroom_id"), "attestation", ["newsroom_id"])
    op.create_index(
        "uq_attestation_standing",
        "attestation",
        ["entry_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_entry_newsroom", "entry", ["newsroom_id", "edition_id"])
    op.create_index("ix_membership_newsroom", "membership", ["newsroom_id"])
