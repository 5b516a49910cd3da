"""Judges of a work whose sheets lie apart exchange remarks on it before they look at their sheets again."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_exchange_ended")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_exchange_round_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_exchange_panel_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_exchange_entry_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_exchange_opened_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_exchange_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("panel_id", "entry_id", name=op.f("uq_exchange_panel_id_entry_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exchange_public_id")),
    )
    op.create_index(op.f("ix_exchange_round_id"), "exchange", ["round_id"])
    op.create_index(op.f("ix_exchange_entry_id"), "exchange", ["entry_id"])
    op.create_table(
        "exchange_remark",
        sa.Column("exchange_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name=op.f("fk_exchange_remark_exchange_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exchange_remark_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_remark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exchange_remark_public_id")),
    )
    op.create_index(op.f("ix_exchange_remark_exchange_id"), "exchange_remark", ["exchange_id"])
    op.create_index(op.f("ix_exchange_remark_person_id"), "exchange_remark", ["person_id"])


def downgrade() -> None:
    op.drop_table("exchange_remark")
    op.drop_table("exchange")
