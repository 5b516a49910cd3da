"""What a sheet of a round is paid goes with the round, so that a draft can take rounds anew."""

from alembic import op

revision = "0086B"
down_revision = "0086C"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _refer(ondelete="CASCADE")


def downgrade() -> None:
    _refer(ondelete=None)


def _refer(*, ondelete: str | None) -> None:
    name = op.f("fk_fee_rate_round_id")
    op.drop_constraint(name, "fee_rate", type_="foreignkey")
    op.create_foreign_key(name, "fee_rate", "round", ["round_id"], ["id"], ondelete=ondelete)
