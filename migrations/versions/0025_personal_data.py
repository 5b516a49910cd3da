"""Requests concerning personal data, and how long each class of data is kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "privacy_request",
        sa.Column("award_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("newsroom_words", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("rows", postgresql.JSONB(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("export_key", sa.Text(), nullable=True),
        sa.Column("export_size", sa.BigInteger(), nullable=True),
        sa.Column("export_sha256", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('access', 'export', 'correction', 'erasure', 'consent')", name=op.f("ck_privacy_request_kind")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'refused', 'withdrawn')", name=op.f("ck_privacy_request_state")
        ),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_privacy_request_ended_has_time")),
        sa.CheckConstraint("state <> 'refused' OR answer <> ''", name=op.f("ck_privacy_request_refusal_has_reason")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_privacy_request_award_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_privacy_request_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_privacy_request_recorded_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_privacy_request_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_privacy_request_public_id")),
        sa.UniqueConstraint("export_key", name=op.f("uq_privacy_request_export_key")),
    )
    op.create_index(
        "ix_privacy_request_open",
        "privacy_request",
        ["award_id", "due_day"],
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_privacy_request_person", "privacy_request", ["person_id"])
    op.create_table(
        "retention_rule",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.BigInteger(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_retention_rule_set_by_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_retention_rule")),
    )
