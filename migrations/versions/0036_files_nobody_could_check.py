"""A file that nobody could check is not one that was refused: its work may be submitted with it."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

STATE = "ck_file_state"


def upgrade() -> None:
    op.drop_constraint(STATE, "file")
    op.create_check_constraint(
        STATE, "file", "state IN ('uploading', 'stored', 'verifying', 'ready', 'unchecked', 'rejected')"
    )
    op.execute("UPDATE file SET state = 'unchecked' WHERE state = 'rejected' AND reason = 'could_not_check'")


def downgrade() -> None:
    op.execute("UPDATE file SET state = 'rejected' WHERE state = 'unchecked'")
    op.drop_constraint(STATE, "file")
    op.create_check_constraint(STATE, "file", "state IN ('uploading', 'stored', 'verifying', 'ready', 'rejected')")
