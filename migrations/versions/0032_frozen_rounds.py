"""A frozen round: sheets looked at again, works near the cut, readers asked for in addition."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assignment", sa.Column("extra", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "second_look",
        sa.Column("sheet_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("gap", sa.Text(), nullable=False),
        sa.Column("limit", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("former", postgresql.JSONB(astext_type=sa.Text(), none_as_null=True), nullable=True),
        sa.Column("former_nonce", sa.LargeBinary(), nullable=True),
        sa.Column("former_commitment", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level IN ('amber', 'red', 'rule')", name=op.f("ck_second_look_level")),
        sa.CheckConstraint("answer IN ('kept', 'revised')", name=op.f("ck_second_look_answer")),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_second_look_answered")),
        sa.CheckConstraint(
            "(answer IS NOT DISTINCT FROM 'revised') = (former_commitment IS NOT NULL)",
            name=op.f("ck_second_look_former"),
        ),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheet.id"], name=op.f("fk_second_look_sheet_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_second_look_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_look")),
        sa.UniqueConstraint("sheet_id", name=op.f("uq_second_look_sheet_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_second_look_public_id")),
    )
    op.create_table(
        "zone",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_zone_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_zone")),
    )


def downgrade() -> None:
    op.drop_table("zone")
    op.drop_table("second_look")
    op.drop_column("assignment", "extra")
