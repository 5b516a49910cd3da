"""Whose turn it is in the log: the lock of an award and the number of its last event, answered in one question.

Each statement of such a function sees what is committed when it begins, so the number is read behind the lock.
"""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION log_turn(space integer, award bigint) RETURNS bigint LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(space, coalesce(award, 0)::integer);
            IF award IS NULL THEN
                RETURN coalesce((SELECT max(seq) FROM event WHERE award_id IS NULL), 0);
            END IF;
            RETURN coalesce((SELECT max(seq) FROM event WHERE award_id = award), 0);
        END $$
        """
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION log_turn(integer, bigint)")
