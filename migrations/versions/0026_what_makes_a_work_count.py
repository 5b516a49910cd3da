"""A newsroom's word and its deadline, limits of a category, minors and who consents for them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("confirmation_day", sa.Date(), nullable=True))
    op.add_column("edition", sa.Column("confirmation_at", sa.DateTime(timezone=True), nullable=True))
    _filled("edition", sa.Column("confirmation_words", sa.Text(), nullable=False, server_default=""))
    _filled("category", sa.Column("limits", postgresql.JSONB(), nullable=False, server_default="{}"))
    _filled("category", sa.Column("limits_source", sa.Text(), nullable=False, server_default=""))
    _filled("authorship", sa.Column("minor", sa.Boolean(), nullable=False, server_default=sa.false()))
    _filled("authorship", sa.Column("guardian", sa.Text(), nullable=False, server_default=""))
    op.add_column("entry", sa.Column("confirmed", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE entry SET confirmed = (answer = 'confirmed') FROM attestation "
        "WHERE attestation.entry_id = entry.id AND attestation.ended_at IS NULL"
    )


def _filled(table: str, column: sa.Column[Any]) -> None:
    """Rows that stand get the value; new ones say theirs."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)
