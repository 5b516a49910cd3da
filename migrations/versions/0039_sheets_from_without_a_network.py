"""Saves that a judge's browser kept while it was without a network, each once by its key; problems with works."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_arrival",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_sheet_arrival_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_arrival")),
        sa.UniqueConstraint("key", name=op.f("uq_sheet_arrival_key")),
    )
    op.create_index(op.f("ix_sheet_arrival_assignment_id"), "sheet_arrival", ["assignment_id"])
    op.create_table(
        "work_problem",
        sa.Column("assignment_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_work_problem_answered")),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_work_problem_answer_has_words")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_work_problem_assignment_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_work_problem_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_problem")),
        sa.UniqueConstraint("public_id", name=op.f("uq_work_problem_public_id")),
    )
    op.create_index(op.f("ix_work_problem_assignment_id"), "work_problem", ["assignment_id"])
