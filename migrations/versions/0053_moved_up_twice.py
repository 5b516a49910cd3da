"""A work may move up more than once, each time by a paper; what came to a case as a file, and went, is a step of it."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

KIND = "ck_case_act_kind"
BEFORE = "'received', 'examining', 'added', 'note', 'due', 'decided', 'withdrawn'"


def upgrade() -> None:
    op.drop_index("uq_ruling_result", table_name="ruling")
    op.create_index(
        "uq_ruling_result",
        "ruling",
        ["result_id"],
        unique=True,
        postgresql_where="kind = 'revoked' AND state = 'confirmed'",
    )
    op.drop_constraint(op.f(KIND), "case_act", type_="check")
    op.create_check_constraint(op.f(KIND), "case_act", f"kind IN ({BEFORE}, 'file_added', 'file_removed')")


def downgrade() -> None:
    op.drop_constraint(op.f(KIND), "case_act", type_="check")
    op.execute(sa.text("DELETE FROM case_act WHERE kind IN ('file_added', 'file_removed')"))
    op.create_check_constraint(op.f(KIND), "case_act", f"kind IN ({BEFORE})")
    op.drop_index("uq_ruling_result", table_name="ruling")
    op.create_index(
        "uq_ruling_result", "ruling", ["result_id", "kind"], unique=True, postgresql_where="state = 'confirmed'"
    )
