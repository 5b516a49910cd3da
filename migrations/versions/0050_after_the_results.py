"""After the results: where prize money goes, that it was paid, and what authors are let know of their works."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

BEFORE = "'organiser', 'secretary', 'judge', 'chair', 'deputy', 'auditor'"


def upgrade() -> None:
    op.drop_constraint(op.f("ck_appointment_role"), "appointment", type_="check")
    op.create_check_constraint(op.f("ck_appointment_role"), "appointment", f"role IN ({BEFORE}, 'accountant')")
    op.create_table(
        "bank_account",
        sa.Column("result_id", sa.BigInteger(), nullable=False),
        sa.Column("authorship_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("consent_id", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("bank", sa.LargeBinary(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["result.id"], name=op.f("fk_bank_account_result_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["authorship_id"], ["authorship.id"], name=op.f("fk_bank_account_authorship_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bank_account_person_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_bank_account_consent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_account_public_id")),
        sa.UniqueConstraint("result_id", "authorship_id", name=op.f("uq_bank_account_result_id_authorship_id")),
    )
    op.create_index("ix_bank_account_person", "bank_account", ["person_id"])
    op.create_table(
        "payment",
        sa.Column("result_id", sa.BigInteger(), nullable=True),
        sa.Column("authorship_id", sa.BigInteger(), nullable=True),
        sa.Column("honour_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(result_id IS NULL) <> (honour_id IS NULL)", name=op.f("ck_payment_one_prize")),
        sa.CheckConstraint("(result_id IS NULL) = (authorship_id IS NULL)", name=op.f("ck_payment_author_of_work")),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_payment_result_id")),
        sa.ForeignKeyConstraint(["authorship_id"], ["authorship.id"], name=op.f("fk_payment_authorship_id")),
        sa.ForeignKeyConstraint(["honour_id"], ["honour.id"], name=op.f("fk_payment_honour_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_payment_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_public_id")),
        sa.UniqueConstraint("result_id", "authorship_id", name=op.f("uq_payment_result_id_authorship_id")),
        sa.UniqueConstraint("honour_id", name=op.f("uq_payment_honour_id")),
    )

    op.create_table(
        "remark",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_remark_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_remark_entry_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_remark_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_remark_public_id")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_remark_entry_id")),
    )
    op.create_index(op.f("ix_remark_edition_id"), "remark", ["edition_id"])

    # most parts have no address: those were nearly all of the index, and every question about a page read past them
    op.create_index("ix_part_page", "part", ["link_key"], postgresql_where=sa.text("link_key <> ''"))
    op.drop_index(op.f("ix_part_link_key"), "part")


def downgrade() -> None:
    op.create_index(op.f("ix_part_link_key"), "part", ["link_key"])
    op.drop_index("ix_part_page", "part")
    op.drop_table("remark")
    op.drop_table("payment")
    op.drop_table("bank_account")
    op.drop_constraint(op.f("ck_appointment_role"), "appointment", type_="check")
    op.create_check_constraint(op.f("ck_appointment_role"), "appointment", f"role IN ({BEFORE})")
