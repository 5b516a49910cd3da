"""Prize money paid in instalments, and payments recorded by mistake withdrawn; no account is kept for a prize that was
taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

STANDS = "withdrawn_at IS NULL"


def upgrade() -> None:
    op.add_column("payment", sa.Column("instalment", sa.BigInteger(), nullable=False, server_default="1"))
    op.alter_column("payment", "instalment", server_default=None)
    op.add_column("payment", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("payment", sa.Column("withdrawn_by_id", sa.BigInteger(), nullable=True))
    op.add_column("payment", sa.Column("withdrawn_reason", sa.Text(), nullable=False, server_default=""))
    op.alter_column("payment", "withdrawn_reason", server_default=None)
    op.create_foreign_key(op.f("fk_payment_withdrawn_by_id"), "payment", "person", ["withdrawn_by_id"], ["id"])
    op.create_check_constraint(
        op.f("ck_payment_withdrawn_for_a_reason"), "payment", "(withdrawn_at IS NULL) = (withdrawn_reason = '')"
    )
    op.drop_constraint(op.f("uq_payment_result_id_authorship_id"), "payment", type_="unique")
    op.drop_constraint(op.f("uq_payment_honour_id"), "payment", type_="unique")
    columns = ["result_id", "authorship_id", "instalment"]
    op.create_index("uq_payment_of_work", "payment", columns, unique=True, postgresql_where=STANDS)
    op.create_index(
        "uq_payment_of_honour", "payment", ["honour_id", "instalment"], unique=True, postgresql_where=STANDS
    )
    op.execute("DELETE FROM bank_account WHERE result_id IN (SELECT id FROM result WHERE state = 'revoked')")


def downgrade() -> None:
    """One payment for each prize and author is left: the first that stands."""
    op.drop_index("uq_payment_of_honour", "payment")
    op.drop_index("uq_payment_of_work", "payment")
    op.execute("DELETE FROM payment WHERE withdrawn_at IS NOT NULL OR instalment > 1")
    op.create_unique_constraint(op.f("uq_payment_honour_id"), "payment", ["honour_id"])
    op.create_unique_constraint(op.f("uq_payment_result_id_authorship_id"), "payment", ["result_id", "authorship_id"])
    op.drop_constraint(op.f("ck_payment_withdrawn_for_a_reason"), "payment", type_="check")
    op.drop_constraint(op.f("fk_payment_withdrawn_by_id"), "payment", type_="foreignkey")
    for name in ("withdrawn_reason", "withdrawn_by_id", "withdrawn_at", "instalment"):
        op.drop_column("payment", name)
