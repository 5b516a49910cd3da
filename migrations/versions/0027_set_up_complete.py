"""Amendments of the rules, people to be asked again, and trials of a draft."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "amendment",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_amendment_ordinal")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_amendment_edition_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_amendment_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("edition_id", "ordinal", name=op.f("uq_amendment_edition_id_ordinal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_amendment_public_id")),
    )
    op.create_table(
        "invitee",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_invitee_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitee_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.UniqueConstraint("edition_id", "person_id", "role", name=op.f("uq_invitee_edition_id_person_id_role")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitee_public_id")),
    )
    op.add_column("edition", sa.Column("trial_of_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_edition_trial_of_id"), "edition", "edition", ["trial_of_id"], ["id"])
    op.create_unique_constraint(op.f("uq_edition_trial_of_id"), "edition", ["trial_of_id"])
