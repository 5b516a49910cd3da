"""A part may have appeared in another organ than its work; a place for files may limit how long they are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0042"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("part", sa.Column("newsroom_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_part_newsroom_id"), "part", "newsroom", ["newsroom_id"], ["id"])
    op.add_column("part", sa.Column("newsroom_text", sa.Text(), nullable=False, server_default=""))
    op.alter_column("part", "newsroom_text", server_default=None)
    op.add_column("file_slot", sa.Column("lengths", JSONB(), nullable=False, server_default="{}"))
    op.alter_column("file_slot", "lengths", server_default=None)
