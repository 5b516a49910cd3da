"""Sittings of the council: roll, agenda, votes, and ballots that nobody can trace to who gave them."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sitting",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("prepared_by_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('prepare', 'open', 'closed')", name=op.f("ck_sitting_state")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_sitting_closed_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_sitting_edition_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_sitting_opened_by_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_sitting_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_sitting_edition_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sitting_public_id")),
    )
    op.create_index(
        "uq_sitting_running", "sitting", ["edition_id"], unique=True, postgresql_where=sa.text("state <> 'closed'")
    )
    op.create_table(
        "attendance",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_attendance_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", "person_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "teller",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_teller_person_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_teller_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", "person_id", name=op.f("pk_teller")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("on_table", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_agenda_item_entry_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_agenda_item_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agenda_item_public_id")),
        sa.UniqueConstraint("sitting_id", "entry_id", name=op.f("uq_agenda_item_sitting_id_entry_id")),
    )
    op.create_index(
        "uq_agenda_item_on_table", "agenda_item", ["sitting_id"], unique=True, postgresql_where=sa.text("on_table")
    )
    op.create_table(
        "recusal",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_recusal_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recusal_person_id")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_recusal")),
    )
    op.create_table(
        "vote",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("prize_level_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.Column("eligible", sa.BigInteger(), nullable=False),
        sa.Column("yes", sa.BigInteger(), nullable=True),
        sa.Column("no", sa.BigInteger(), nullable=True),
        sa.Column("blank", sa.BigInteger(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (passed IS NOT NULL)", name=op.f("ck_vote_counted")),
        sa.CheckConstraint("method IN ('secret', 'hands')", name=op.f("ck_vote_method")),
        sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f("ck_vote_again_for_a_reason")),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_vote_state")),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_vote_number")),
        sa.CheckConstraint("yes + no + blank <= eligible", name=op.f("ck_vote_no_more_than_may_vote")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_vote_closed_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_vote_item_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_vote_opened_by_id")),
        sa.ForeignKeyConstraint(["prize_level_id"], ["prize_level.id"], name=op.f("fk_vote_prize_level_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_vote_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("item_id", "prize_level_id", "number", name=op.f("uq_vote_item_id_prize_level_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_vote_public_id")),
    )
    op.create_index("uq_vote_open", "vote", ["sitting_id"], unique=True, postgresql_where=sa.text("state = 'open'"))
    op.create_table(
        "voter",
        sa.Column("vote_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("voted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voter_person_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_voter_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "person_id", name=op.f("pk_voter")),
    )
    op.create_table(
        "sealed_ballot",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("vote_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_sealed_ballot_vote_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sealed_ballot")),
    )
    op.create_index(op.f("ix_sealed_ballot_vote_id"), "sealed_ballot", ["vote_id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("vote_id", sa.BigInteger(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.CheckConstraint("choice IN ('yes', 'no', 'blank')", name=op.f("ck_ballot_choice")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_ballot_vote_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ballot")),
    )
    op.create_index(op.f("ix_ballot_vote_id"), "ballot", ["vote_id"], unique=False)
