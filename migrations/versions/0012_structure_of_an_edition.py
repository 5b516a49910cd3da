"""What the kinds of works are asked for; kinds of prizes; counts per panel; what is invented says so."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def names(name: str) -> sa.Column[Any]:
    column = postgresql.JSONB(astext_type=sa.Text())
    return sa.Column(name, column, nullable=False, server_default=sa.text("'[]'::jsonb"))


def main(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="main")


def upgrade() -> None:
    for name in ("issue", "page", "channel"):
        op.add_column("part", text(name))
    op.add_column("part", sa.Column("aired_at", sa.Time(), nullable=True))
    op.add_column("entry_file", text("caption"))
    op.add_column("entry_file", sa.Column("ordinal", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("category", names("needed"))
    op.add_column("file_slot", no("captions"))
    for table in ("category", "clause", "round", "prize_level", "national_edition"):
        op.add_column(table, no("illustrative"))
    op.add_column("panel", sa.Column("shortlist_size", sa.BigInteger(), nullable=True))

    op.add_column("prize_level", main("kind"))
    op.add_column("prize_level", names("themes"))
    op.create_check_constraint(
        op.f("ck_prize_level_kind"), "prize_level", "kind IN ('main', 'thematic', 'collective', 'person')"
    )
    for table in ("proposal", "result"):
        op.add_column(table, main("kind"))
        op.add_column(table, text("theme"))
        op.create_check_constraint(op.f(f"ck_{table}_kind"), table, "kind IN ('main', 'thematic')")
    op.drop_constraint("uq_proposal_edition_id_entry_id", "proposal", type_="unique")
    op.create_unique_constraint(
        op.f("uq_proposal_edition_id_entry_id_kind"), "proposal", ["edition_id", "entry_id", "kind"]
    )
    op.drop_constraint("uq_result_entry_id", "result", type_="unique")
    op.create_unique_constraint(op.f("uq_result_entry_id_kind"), "result", ["entry_id", "kind"])

    for table in ("honour_proposal", "honour"):
        op.create_table(
            table,
            sa.Column("edition_id", sa.BigInteger(), nullable=False),
            sa.Column("prize_level_id", sa.BigInteger(), nullable=False),
            sa.Column("recipient", sa.Text(), nullable=False),
            sa.Column("newsroom_id", sa.BigInteger(), nullable=True),
            sa.Column("entry_id", sa.BigInteger(), nullable=True),
            sa.Column("reason", sa.Text(), nullable=False),
            *_of(table),
            sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
            sa.Column("public_id", sa.Text(), nullable=False),
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f(f"fk_{table}_edition_id")),
            sa.ForeignKeyConstraint(["prize_level_id"], ["prize_level.id"], name=op.f(f"fk_{table}_prize_level_id")),
            sa.ForeignKeyConstraint(["newsroom_id"], ["newsroom.id"], name=op.f(f"fk_{table}_newsroom_id")),
            sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f(f"fk_{table}_entry_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
            sa.UniqueConstraint("prize_level_id", "recipient", name=op.f(f"uq_{table}_prize_level_id_recipient")),
        )
    op.create_index(op.f("ix_honour_proposal_edition_id"), "honour_proposal", ["edition_id"], unique=False)
    op.create_index("ix_honour_edition", "honour", ["edition_id", "prize_level_id"], unique=False)


def _of(table: str) -> list[Any]:
    """What a proposal has of its own, and what a decided honour has."""
    if table == "honour_proposal":
        return [
            sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
            sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f(f"fk_{table}_proposed_by_id")),
        ]
    return [
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('proposed', 'decided', 'revoked')", name=op.f("ck_honour_state")),
    ]
