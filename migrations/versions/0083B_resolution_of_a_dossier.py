"""A dossier names the paper by which its works were chosen, and one that came in names its sender's."""

import sqlalchemy as sa
from alembic import op

revision = "0083B"
down_revision = "0083E"
branch_labels = None
depends_on = None

WHOLE = "(resolution_number = '') = (resolution_day IS NULL) AND (resolution_number = '') = (resolution_body = '')"


def upgrade() -> None:
    for table in ("dossier", "delivery"):
        op.add_column(table, sa.Column("resolution_number", sa.Text(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("resolution_day", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("resolution_body", sa.Text(), nullable=False, server_default=""))
    op.create_check_constraint(op.f("ck_dossier_resolution_is_whole"), "dossier", WHOLE)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_dossier_resolution_is_whole"), "dossier")
    for table in ("dossier", "delivery"):
        for name in ("resolution_number", "resolution_day", "resolution_body"):
            op.drop_column(table, name)
