"""Dossiers are signed: which key signed each."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dossier", sa.Column("fingerprint", sa.Text(), nullable=True))
