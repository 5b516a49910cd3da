"""What arrives by post, by hand and otherwise: parcels, the things in them, the works they bring."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _number(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _refers(table: str, column: str, to: str, **how: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), **how)


def _numbered(table: str) -> list[Any]:
    return [
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


def upgrade() -> None:
    op.add_column("entry", sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("entry", sa.Column("postmark_on", sa.Date(), nullable=True))
    op.create_check_constraint(op.f("ck_entry_came_by_a_way"), "entry", "(channel = 'online') = (came_at IS NULL)")
    op.create_check_constraint(op.f("ck_entry_postmark_of_post"), "entry", "postmark_on IS NULL OR channel = 'post'")
    op.alter_column("entry_import", "newsroom_id", nullable=True)
    op.create_table(
        "handover",
        _number("edition_id"),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        _number("given_by_id"),
        *_numbered("handover"),
        _refers("handover", "edition_id", "edition"),
        _refers("handover", "given_by_id", "person"),
    )
    op.create_index(op.f("ix_handover_edition_id"), "handover", ["edition_id"])
    op.create_table(
        "parcel",
        _number("edition_id"),
        _number("number"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sender_folded", sa.Text(), nullable=False),
        _number("newsroom_id", nullable=True),
        sa.Column("newsroom_text", sa.Text(), nullable=False),
        sa.Column("postmark_on", sa.Date(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        _number("registered_by_id"),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        _number("version"),
        *_numbered("parcel"),
        sa.CheckConstraint("channel IN ('post', 'hand', 'email', 'usb', 'disk')", name=op.f("ck_parcel_channel")),
        sa.CheckConstraint("postmark_on IS NULL OR channel = 'post'", name=op.f("ck_parcel_postmark_of_post")),
        sa.CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name=op.f("ck_parcel_voided_with_reason")),
        _refers("parcel", "edition_id", "edition"),
        _refers("parcel", "newsroom_id", "newsroom"),
        _refers("parcel", "registered_by_id", "person"),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_parcel_edition_id_number")),
    )
    op.create_index(op.f("ix_parcel_newsroom_id"), "parcel", ["newsroom_id"])
    op.create_table(
        "piece",
        _number("parcel_id"),
        _number("ordinal"),
        sa.Column("kind", sa.Text(), nullable=False),
        _number("count"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        _number("handover_id", nullable=True),
        *_numbered("piece"),
        sa.CheckConstraint("kind IN ('envelope', 'print', 'usb', 'disk', 'disc', 'other')", name=op.f("ck_piece_kind")),
        sa.CheckConstraint("count > 0", name=op.f("ck_piece_some")),
        _refers("piece", "parcel_id", "parcel"),
        _refers("piece", "handover_id", "handover"),
    )
    op.create_index("ix_piece_parcel", "piece", ["parcel_id"])
    op.create_index(op.f("ix_piece_handover_id"), "piece", ["handover_id"])
    op.create_table(
        "parcel_work",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        _number("parcel_id"),
        _number("entry_id"),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_work")),
        _refers("parcel_work", "parcel_id", "parcel"),
        _refers("parcel_work", "entry_id", "entry", ondelete="CASCADE"),
        sa.UniqueConstraint("parcel_id", "entry_id", name=op.f("uq_parcel_work_parcel_id_entry_id")),
    )
    op.create_index("ix_parcel_work_entry", "parcel_work", ["entry_id"])
    op.create_table(
        "parcel_scan",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        _number("parcel_id"),
        _number("file_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_scan")),
        _refers("parcel_scan", "parcel_id", "parcel"),
        _refers("parcel_scan", "file_id", "file"),
        sa.UniqueConstraint("parcel_id", "file_id", name=op.f("uq_parcel_scan_parcel_id_file_id")),
    )
    op.create_index("ix_parcel_scan_file", "parcel_scan", ["file_id"])
