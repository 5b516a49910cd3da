"""A place says how many sheets the work needed to have one."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("standing", sa.Column("needed", sa.BigInteger(), nullable=False, server_default="1"))
    op.alter_column("standing", "needed", server_default=None)


def downgrade() -> None:
    op.drop_column("standing", "needed")
