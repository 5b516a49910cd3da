"""An absent member's opinion says yes or no to a level; a show of hands knows how many of its voices were written."""

import sqlalchemy as sa
from alembic import op

revision = "0082A"
down_revision = "0081F"
branch_labels = None
depends_on = None

OPINIONS = {
    "says": "says IN ('yes', 'no')",
    "says_of_a_level": "(says IS NULL) = (prize_level_id IS NULL)",
    "says_of_a_member": "says IS NULL OR person_id IS NOT NULL",
}
VOTES = {
    "letters_with_hands": "letters_yes + letters_no = 0 OR method = 'hands'",
    "letters_among_them": "letters_yes <= yes AND letters_no <= no",
}


def upgrade() -> None:
    op.add_column("sitting_remark", sa.Column("prize_level_id", sa.BigInteger(), nullable=True))
    op.add_column("sitting_remark", sa.Column("says", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("fk_sitting_remark_prize_level_id"), "sitting_remark", "prize_level", ["prize_level_id"], ["id"]
    )
    for name, rule in OPINIONS.items():
        op.create_check_constraint(op.f(f"ck_sitting_remark_{name}"), "sitting_remark", rule)
    op.create_index(
        "uq_sitting_remark_says",
        "sitting_remark",
        ["item_id", "person_id", "prize_level_id"],
        unique=True,
        postgresql_where=sa.text("says IS NOT NULL"),
    )
    for name in ("letters_yes", "letters_no"):
        op.add_column("vote", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("vote", sa.Column("letters_present", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, rule in VOTES.items():
        op.create_check_constraint(op.f(f"ck_vote_{name}"), "vote", rule)


def downgrade() -> None:
    """A show of hands that nobody has confirmed yet is gone: it stood for nothing, and would be counted as open."""
    op.execute("DELETE FROM vote WHERE method = 'hands' AND state = 'open'")
    for name in VOTES:
        op.drop_constraint(op.f(f"ck_vote_{name}"), "vote", type_="check")
    op.drop_column("vote", "letters_present")
    op.drop_column("vote", "letters_no")
    op.drop_column("vote", "letters_yes")
    op.drop_index("uq_sitting_remark_says", "sitting_remark")
    for name in OPINIONS:
        op.drop_constraint(op.f(f"ck_sitting_remark_{name}"), "sitting_remark", type_="check")
    op.drop_constraint(op.f("fk_sitting_remark_prize_level_id"), "sitting_remark", type_="foreignkey")
    op.drop_column("sitting_remark", "says")
    op.drop_column("sitting_remark", "prize_level_id")
