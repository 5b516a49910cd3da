"""How much is withheld of prizes and of fees, what a sheet of a round is paid, and what was withheld of each payment."""

import sqlalchemy as sa
from alembic import op

revision = "0084B"
down_revision = "0083B"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tax_rule",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("of_excess", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('prize', 'fee')", name=op.f("ck_tax_rule_kind")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_tax_rule_percent")),
        sa.CheckConstraint("threshold >= 0", name=op.f("ck_tax_rule_threshold")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_tax_rule_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rule")),
        sa.UniqueConstraint("edition_id", "kind", name=op.f("uq_tax_rule_edition_id_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tax_rule_public_id")),
    )
    op.create_table(
        "fee_rate",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("per_sheet", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("per_sheet >= 0", name=op.f("ck_fee_rate_per_sheet")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_fee_rate_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_fee_rate")),
    )
    op.add_column("payment", sa.Column("tax", sa.BigInteger(), nullable=True))
    op.create_check_constraint(op.f("ck_payment_tax"), "payment", "tax IS NULL OR tax BETWEEN 0 AND amount")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_payment_tax"), "payment")
    op.drop_column("payment", "tax")
    op.drop_table("fee_rate")
    op.drop_table("tax_rule")
