"""Prize money: to which account it goes, that it was paid, and the accountant who alone reads accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0046"
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


def downgrade() -> None:
    op.drop_table("payment")
    op.drop_table("bank_account")
    op.drop_constraint(op.f("ck_appointment_role"), "appointment", type_="check")
    op.create_check_constraint(op.f("ck_appointment_role"), "appointment", f"role IN ({BEFORE})")
