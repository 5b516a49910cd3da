"""What was read on ballots is salted and forgotten once counted; papers called off leave their votes behind."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A scan that is being read goes on without a nonce, so that the second reading still has the hash of the first.
    op.add_column("ballot_scan", sa.Column("nonce", sa.LargeBinary(), nullable=False, server_default=""))
    op.alter_column("ballot_scan", "nonce", server_default=None)
    op.execute(
        "UPDATE ballot_reading SET papers = '{}' FROM ballot_scan"
        " WHERE ballot_scan.id = ballot_reading.paper_id AND ballot_scan.taken_at IS NOT NULL"
    )
    op.add_column("ballot_stack", sa.Column("called_off_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_ballot_stack_called_off_by_id"), "ballot_stack", "person", ["called_off_by_id"], ["id"]
    )
    _checks("called_off_at IS NULL OR called_off_reason <> ''", ", 'called_off'")


def downgrade() -> None:
    op.execute("UPDATE ballot_stack SET called_off_reason = '' WHERE called_off_at IS NULL")
    op.execute("DELETE FROM voter USING vote WHERE vote.id = voter.vote_id AND vote.state = 'called_off'")
    op.execute("DELETE FROM vote WHERE state = 'called_off'")
    _checks("(called_off_at IS NULL) = (called_off_reason = '')", "")
    op.drop_column("ballot_stack", "called_off_by_id")
    op.drop_column("ballot_scan", "nonce")


def _checks(called_off: str, state: str) -> None:
    """How papers are called off, and how a vote can end, is checked by these words."""
    for table, name, words in (
        ("ballot_stack", "called_off", called_off),
        ("vote", "state", f"state IN ('open', 'closed'{state})"),
    ):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, words)
