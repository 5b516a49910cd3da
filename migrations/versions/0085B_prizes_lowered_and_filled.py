"""A paper may lower a prize, beyond the places of the level too, or give a place that was vacant."""

import sqlalchemy as sa
from alembic import op

revision = "0085B"
down_revision = "0084B"
branch_labels = None
depends_on = None

RULES = {
    "kind": ("kind IN ('revoked', 'awarded')", "kind IN ('revoked', 'awarded', 'lowered')"),
    "given_in_place": (
        "(kind = 'awarded') = (in_place_of_id IS NOT NULL)",
        "kind = 'awarded' OR in_place_of_id IS NULL",
    ),
    "gives_level": (None, "(kind = 'revoked') = (level_id IS NULL)"),
    "lowered_from": (None, "kind <> 'lowered' OR former_level_id IS NOT NULL"),
    "beyond": (None, "kind = 'lowered' OR NOT beyond"),
}
"""Of each constraint what it said and what it says."""


def upgrade() -> None:
    op.add_column("ruling", sa.Column("level_id", sa.BigInteger(), nullable=True))
    op.add_column("ruling", sa.Column("beyond", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_foreign_key(op.f("fk_ruling_level_id"), "ruling", "prize_level", ["level_id"], ["id"])
    op.execute(
        "UPDATE ruling SET level_id = result.prize_level_id FROM ruling revoked JOIN result"
        " ON result.id = revoked.result_id WHERE revoked.id = ruling.in_place_of_id"
    )
    for name, (before, says) in RULES.items():
        if before is not None:
            op.drop_constraint(op.f(f"ck_ruling_{name}"), "ruling", type_="check")
        op.create_check_constraint(op.f(f"ck_ruling_{name}"), "ruling", says)


def downgrade() -> None:
    """What an older house cannot tell is gone from its list; the prizes stay as they are."""
    op.execute("DELETE FROM ruling WHERE kind = 'lowered' OR (kind = 'awarded' AND in_place_of_id IS NULL)")
    for name, (before, _says) in RULES.items():
        op.drop_constraint(op.f(f"ck_ruling_{name}"), "ruling", type_="check")
        if before is not None:
            op.create_check_constraint(op.f(f"ck_ruling_{name}"), "ruling", before)
    op.drop_constraint(op.f("fk_ruling_level_id"), "ruling", type_="foreignkey")
    op.drop_column("ruling", "beyond")
    op.drop_column("ruling", "level_id")
