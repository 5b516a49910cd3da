"""Of the works found not eligible it is counted by an index alone whom nobody told."""

from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

INDEX, COLUMNS = "ix_screening_standing", ["edition_id", "decision", "entry_id"]


def upgrade() -> None:
    op.drop_index(INDEX, table_name="screening")
    op.create_index(INDEX, "screening", COLUMNS, postgresql_include=["due_at", "answered_at", "told_at"])


def downgrade() -> None:
    op.drop_index(INDEX, table_name="screening")
    op.create_index(INDEX, "screening", COLUMNS, postgresql_include=["due_at", "answered_at"])
