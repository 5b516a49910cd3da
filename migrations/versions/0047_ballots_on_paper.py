"""Ballots on paper: stacks handed out, their scan, and what two tellers read on it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "ballot_stack",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("prize_level_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("codes", JSON, nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_off_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(called_off_at IS NULL) = (called_off_reason = '')", name=op.f("ck_ballot_stack_called_off")
        ),
        sa.ForeignKeyConstraint(["prize_level_id"], ["prize_level.id"], name=op.f("fk_ballot_stack_prize_level_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_ballot_stack_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_stack")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_stack_public_id")),
    )
    op.create_index(op.f("ix_ballot_stack_sitting_id"), "ballot_stack", ["sitting_id"])
    op.create_table(
        "ballot_scan",
        sa.Column("stack_id", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.BigInteger(), nullable=True),
        sa.Column("dropped_reason", sa.Text(), nullable=False),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("scan_sha256", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(dropped_at IS NULL) = (scan_id IS NOT NULL)", name=op.f("ck_ballot_scan_scan")),
        sa.CheckConstraint("taken_at IS NULL OR dropped_at IS NULL", name=op.f("ck_ballot_scan_one_end")),
        sa.ForeignKeyConstraint(["scan_id"], ["file.id"], name=op.f("fk_ballot_scan_scan_id")),
        sa.ForeignKeyConstraint(["stack_id"], ["ballot_stack.id"], name=op.f("fk_ballot_scan_stack_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_scan")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_scan_public_id")),
        sa.UniqueConstraint("scan_id", name=op.f("uq_ballot_scan_scan_id")),
    )
    op.create_index(op.f("ix_ballot_scan_stack_id"), "ballot_scan", ["stack_id"])
    op.create_index(
        "uq_ballot_scan_waiting",
        "ballot_scan",
        ["stack_id"],
        unique=True,
        postgresql_where=sa.text("dropped_at IS NULL"),
    )
    op.create_table(
        "ballot_reading",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("papers", JSON, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ordinal IN (1, 2)", name=op.f("ck_ballot_reading_ordinal")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["ballot_scan.id"], name=op.f("fk_ballot_reading_paper_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_reading_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_reading")),
        sa.UniqueConstraint("paper_id", "ordinal", name=op.f("uq_ballot_reading_paper_id_ordinal")),
        sa.UniqueConstraint("paper_id", "person_id", name=op.f("uq_ballot_reading_paper_id_person_id")),
    )
    op.create_index(op.f("ix_ballot_reading_person_id"), "ballot_reading", ["person_id"])
    op.add_column("vote", sa.Column("invalid", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("vote", "invalid", server_default=None)
    op.add_column("vote", sa.Column("stack_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_vote_stack_id"), "vote", "ballot_stack", ["stack_id"], ["id"])
    op.create_index(op.f("ix_vote_stack_id"), "vote", ["stack_id"])
    op.drop_index("uq_vote_open", "vote")
    op.create_index(
        "uq_vote_open",
        "vote",
        ["sitting_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open' AND stack_id IS NULL"),
    )
    _checks("method IN ('secret', 'hands', 'paper')", "yes + no + blank + invalid <= eligible", ", 'invalid'")
    op.create_check_constraint(op.f("ck_vote_on_paper"), "vote", "(method = 'paper') = (stack_id IS NOT NULL)")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_vote_on_paper"), "vote")
    _checks("method IN ('secret', 'hands')", "yes + no + blank <= eligible", "")
    op.drop_index("uq_vote_open", "vote")
    op.create_index("uq_vote_open", "vote", ["sitting_id"], unique=True, postgresql_where=sa.text("state = 'open'"))
    op.drop_column("vote", "stack_id")
    op.drop_column("vote", "invalid")
    for table in ("ballot_reading", "ballot_scan", "ballot_stack"):
        op.drop_table(table)


def _checks(method: str, most: str, invalid: str) -> None:
    """How votes are taken, and how much can come of one, is checked by these words."""
    for table, name, words in (
        ("vote", "method", method),
        ("vote", "no_more_than_may_vote", most),
        ("ballot", "choice", f"choice IN ('yes', 'no', 'blank'{invalid})"),
    ):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, words)
