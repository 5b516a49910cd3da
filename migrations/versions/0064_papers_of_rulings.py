"""The paper that takes a prize back, and the one that gives its place, are kept as issued: several of a kind stand."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

STANDING = "uq_issued_paper_standing"


def upgrade() -> None:
    op.add_column("issued_paper", sa.Column("about", sa.Text(), nullable=False, server_default=""))
    op.alter_column("issued_paper", "about", server_default=None)
    op.drop_index(STANDING, table_name="issued_paper")
    columns = ["edition_id", "kind", "about"]
    op.create_index(STANDING, "issued_paper", columns, unique=True, postgresql_where="taken_back_at IS NULL")


def downgrade() -> None:
    op.drop_index(STANDING, table_name="issued_paper")
    op.execute(sa.text("DELETE FROM issued_paper WHERE about <> ''"))
    columns = ["edition_id", "kind"]
    op.create_index(STANDING, "issued_paper", columns, unique=True, postgresql_where="taken_back_at IS NULL")
    op.drop_column("issued_paper", "about")
