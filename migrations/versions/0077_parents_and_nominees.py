"""A press organ stands under another body; a round hands its works on as nominees without a rank."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("newsroom", sa.Column("parent_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_newsroom_parent_id"), "newsroom", "newsroom", ["parent_id"], ["id"])
    op.add_column("round", sa.Column("unranked_list", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("round", "unranked_list")
    op.drop_constraint(op.f("fk_newsroom_parent_id"), "newsroom", type_="foreignkey")
    op.drop_column("newsroom", "parent_id")
