"""Requests for opinions are withdrawn and stay; readings know when they began; votes, how many ballots were lost."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

CHECKS = {
    "withdrawn_has_reason": "(withdrawn_at IS NULL) = (withdrawn_because = '')",
    "withdrawn_by_somebody": "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
    "withdrawn_unanswered": "withdrawn_at IS NULL OR answered_on IS NULL",
}


def upgrade() -> None:
    op.add_column("opinion", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("opinion", sa.Column("withdrawn_because", sa.Text(), nullable=False, server_default=""))
    op.add_column("opinion", sa.Column("withdrawn_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_opinion_withdrawn_by_id"), "opinion", "person", ["withdrawn_by_id"], ["id"])
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_opinion_{name}"), "opinion", rule)
    op.add_column("assignment", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("vote", sa.Column("lost", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """A request that was withdrawn is gone: without the words for it, it would be asked again."""
    op.execute("DELETE FROM opinion_scan USING opinion o WHERE o.id = opinion_id AND o.withdrawn_at IS NOT NULL")
    op.execute("DELETE FROM opinion WHERE withdrawn_at IS NOT NULL")
    op.drop_column("vote", "lost")
    op.drop_column("assignment", "opened_at")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_opinion_{name}"), "opinion", type_="check")
    op.drop_constraint(op.f("fk_opinion_withdrawn_by_id"), "opinion", type_="foreignkey")
    op.drop_column("opinion", "withdrawn_because")
    op.drop_column("opinion", "withdrawn_by_id")
    op.drop_column("opinion", "withdrawn_at")
