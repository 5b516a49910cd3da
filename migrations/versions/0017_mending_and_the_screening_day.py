"""Requests to mend, deadlines of one's own, verdicts by rule, acts that can be taken back, names in Vietnamese order."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from award.text import name_sort_key, sort_key

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BATCH = 2000


def upgrade() -> None:
    op.add_column("entry", sa.Column("files_due_at", sa.DateTime(timezone=True), nullable=True))
    for name in ("name_key", "family_key"):
        op.add_column("authorship", sa.Column(name, sa.LargeBinary(), nullable=False, server_default=""))
        op.alter_column("authorship", name, server_default=None)
    for name in ("due_at", "answered_at", "told_at"):
        op.add_column("screening", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name in ("red", "amber"):
        op.add_column("screening", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        op.alter_column("screening", name, server_default=None)
    _entries()
    _screening()
    _order_names()


def _entries() -> None:
    op.create_table(
        "correction",
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("parts", postgresql.JSONB(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("before_id", sa.BigInteger(), nullable=True),
        sa.Column("receipt_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended = '')", name=op.f("ck_correction_ended_has_time")),
        sa.CheckConstraint(
            "ended IN ('', 'answered', 'replaced', 'taken_back', 'decided', 'withdrawn')",
            name=op.f("ck_correction_ended"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_correction_entry_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_correction_asked_by_id")),
        sa.ForeignKeyConstraint(["before_id"], ["receipt.id"], name=op.f("fk_correction_before_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_correction_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_correction_public_id")),
    )
    op.create_index("ix_correction_entry", "correction", ["entry_id", "id"], unique=False)
    op.create_index(
        "uq_correction_standing", "correction", ["entry_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "personal_deadline",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_personal_deadline_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personal_deadline_person_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_personal_deadline_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_deadline")),
        sa.UniqueConstraint("public_id", name=op.f("uq_personal_deadline_public_id")),
    )
    op.create_index(op.f("ix_personal_deadline_person_id"), "personal_deadline", ["person_id"], unique=False)
    op.create_index(
        "uq_personal_deadline_standing",
        "personal_deadline",
        ["edition_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _screening() -> None:
    op.create_table(
        "rule_verdict",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("screening_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict IN ('green', 'red')", name=op.f("ck_rule_verdict_verdict")),
        sa.ForeignKeyConstraint(
            ["screening_id"], ["screening.id"], name=op.f("fk_rule_verdict_screening_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_verdict")),
        sa.UniqueConstraint("screening_id", "code", name=op.f("uq_rule_verdict_screening_id_code")),
    )
    op.create_table(
        "screening_act",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_screening_act_edition_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_screening_act_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_act")),
        sa.UniqueConstraint("public_id", name=op.f("uq_screening_act_public_id")),
    )
    op.create_index("ix_screening_act_by", "screening_act", ["edition_id", "by_id", "id"], unique=False)
    op.create_table(
        "queue_view",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("columns", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_queue_view_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_queue_view")),
    )


def _order_names() -> None:
    """Authors who stand already get their places in the order of names."""
    connection = op.get_bind()
    authorship = sa.table(
        "authorship",
        sa.column("id", sa.BigInteger()),
        sa.column("legal_name", sa.Text()),
        sa.column("name_key", sa.LargeBinary()),
        sa.column("family_key", sa.LargeBinary()),
    )
    ours = sa.update(authorship).where(authorship.c.id == sa.bindparam("at"))
    ours = ours.values(name_key=sa.bindparam("by_name"), family_key=sa.bindparam("by_family"))
    last = 0
    while rows := connection.execute(
        sa.select(authorship.c.id, authorship.c.legal_name)
        .where(authorship.c.id > last)
        .order_by(authorship.c.id)
        .limit(BATCH)
    ).all():
        said = [{"at": at, "by_name": name_sort_key(name), "by_family": sort_key(name)} for at, name in rows]
        connection.execute(ours, said)
        last = rows[-1].id
