"""A press organ stands under another body."""

import sqlalchemy as sa
from alembic import op

revision = "0077six3"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("newsroom", sa.Column("parent_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_newsroom_parent_id"), "newsroom", "newsroom", ["parent_id"], ["id"])


def downgrade() -> None:
    op.drop_constraint(op.f("fk_newsroom_parent_id"), "newsroom", type_="foreignkey")
    op.drop_column("newsroom", "parent_id")
