"""How many workers have died over a file that they were to examine."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("file", sa.Column("verify_tries", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("file", "verify_tries")
