"""Letters are Vietnamese: whoever registered on the English pages is spoken to as everybody else."""

from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE person SET form_of_address = 'ông/bà' WHERE form_of_address NOT IN ('ông/bà', 'đồng chí')")


def downgrade() -> None:
    """What it was says nothing."""
