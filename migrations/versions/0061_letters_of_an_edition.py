"""An edition's own words for letters, letters to many at once, reminders switched off, where answers go."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def _numbered() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.add_column("message", sa.Column("reply_to", sa.Text(), nullable=False, server_default=""))
    op.alter_column("message", "reply_to", server_default=None)
    op.create_table(
        "wording",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.BigInteger(), nullable=False),
        *_numbered(),
        sa.CheckConstraint("(subject = '') = (body = '')", name=op.f("ck_wording_whole_or_empty")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_wording_edition_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_wording_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("edition_id", "kind", "version", name=op.f("uq_wording_edition_id_kind_version")),
        sa.UniqueConstraint("public_id", name=op.f("uq_wording_public_id")),
    )
    op.create_table(
        "mailing",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("sent_by_id", sa.BigInteger(), nullable=False),
        *_numbered(),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_mailing_edition_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_mailing_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mailing_public_id")),
    )
    op.create_index("ix_mailing_edition", "mailing", ["edition_id", "id"])
    op.create_table(
        "mailing_letter",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("mailing_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_mailing_letter_mailing_id")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_mailing_letter_message_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_letter")),
    )
    op.create_index(op.f("ix_mailing_letter_mailing_id"), "mailing_letter", ["mailing_id"])
    op.create_index(op.f("ix_mailing_letter_message_id"), "mailing_letter", ["message_id"])
    op.create_table(
        "reminder_off",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("off_by_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_reminder_off_edition_id")),
        sa.ForeignKeyConstraint(["off_by_id"], ["person.id"], name=op.f("fk_reminder_off_off_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_off")),
        sa.UniqueConstraint("edition_id", "rule", name=op.f("uq_reminder_off_edition_id_rule")),
    )


def downgrade() -> None:
    op.drop_table("reminder_off")
    op.drop_table("mailing_letter")
    op.drop_table("mailing")
    op.drop_table("wording")
    op.drop_column("message", "reply_to")
