"""What arrives: the latest the database's clock showed when a work was received, so that no later arrival is stamped
by a clock that went back; who signs a newsroom's list besides its head, and the hash of its scan."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("clock_at", sa.DateTime(timezone=True), nullable=True))
    for name, kind, empty in (("people", JSONB(), "[]"), ("words", JSONB(), "{}"), ("scan_sha256", sa.Text(), "")):
        op.add_column("signed_list", sa.Column(name, kind, nullable=False, server_default=empty))
        op.alter_column("signed_list", name, server_default=None)


def downgrade() -> None:
    for name in ("scan_sha256", "words", "people"):
        op.drop_column("signed_list", name)
    op.drop_column("edition", "clock_at")
