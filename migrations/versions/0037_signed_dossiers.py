"""Dossiers are signed, and those of other houses come in: deliveries, and where each work of them came from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dossier", sa.Column("fingerprint", sa.Text(), nullable=True))
    op.drop_constraint(op.f("ck_parcel_channel"), "parcel")
    channels = "channel IN ('post', 'hand', 'email', 'usb', 'disk', 'dossier')"
    op.create_check_constraint(op.f("ck_parcel_channel"), "parcel", channels)
    op.create_table(
        "delivery",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("brought_by_id", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("sums", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sender_edition", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("letter_day", sa.Date(), nullable=True),
        sa.Column("told", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kinds", postgresql.JSONB(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.Column("parcel_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_by_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('sending', 'checking', 'refused', 'checked', 'taking', 'taken')", name=op.f("ck_delivery_state")
        ),
        sa.CheckConstraint("state <> 'checked' OR told IS NOT NULL", name=op.f("ck_delivery_checked_is_told")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_delivery_edition_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_delivery_file_id")),
        sa.ForeignKeyConstraint(["brought_by_id"], ["person.id"], name=op.f("fk_delivery_brought_by_id")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_delivery_parcel_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_delivery_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("file_id", name=op.f("uq_delivery_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delivery_public_id")),
    )
    op.create_index("ix_delivery_edition", "delivery", ["edition_id", "id"])
    op.create_index("ix_delivery_key", "delivery", ["fingerprint"])
    op.create_table(
        "delivered_work",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("lacks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_delivered_work_edition_id")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_delivered_work_delivery_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_delivered_work_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivered_work")),
        sa.UniqueConstraint("edition_id", "origin", name=op.f("uq_delivered_work_edition_id_origin")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_delivered_work_entry_id")),
    )
    op.create_index("ix_delivered_work_delivery", "delivered_work", ["delivery_id"])
    op.create_table(
        "nomination_news",
        sa.Column("nomination_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("prize", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('sent', 'received', 'shortlisted', 'prized')", name=op.f("ck_nomination_news_state")
        ),
        sa.CheckConstraint("(state = 'prized') = (prize <> '')", name=op.f("ck_nomination_news_prize_is_named")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_news_nomination_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_nomination_news_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_news")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_news_public_id")),
    )
    op.create_index("ix_nomination_news_nomination", "nomination_news", ["nomination_id", "id"])
