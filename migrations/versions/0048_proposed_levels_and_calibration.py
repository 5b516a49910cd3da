"""A sheet may propose a prize level; works that a panel scores first, apart from all entries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("asks_level", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("round", "asks_level", server_default=None)
    op.add_column("score_sheet", sa.Column("level", sa.Text(), nullable=True))
    op.add_column("keying", sa.Column("level", sa.Text(), nullable=True))
    op.add_column("round", sa.Column("calibration", sa.Text(), nullable=False, server_default=""))
    op.alter_column("round", "calibration", server_default=None)
    op.create_check_constraint(op.f("ck_round_calibration"), "round", "calibration IN ('', 'free', 'first')")
    op.create_table(
        "calibration_work",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 3", name=op.f("ck_calibration_work_ordinal")),
        sa.CheckConstraint("link <> '' OR text <> ''", name=op.f("ck_calibration_work_something_to_read")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("fk_calibration_work_panel_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_work")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calibration_work_public_id")),
        sa.UniqueConstraint("panel_id", "ordinal", name=op.f("uq_calibration_work_panel_id_ordinal")),
    )
    op.create_table(
        "calibration_sheet",
        sa.Column("work_id", sa.BigInteger(), nullable=False),
        sa.Column("seat_id", sa.BigInteger(), nullable=False),
        sa.Column("marks", JSONB(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_id"], ["calibration_work.id"], name=op.f("fk_calibration_sheet_work_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_calibration_sheet_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_sheet")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calibration_sheet_public_id")),
        sa.UniqueConstraint("work_id", "seat_id", name=op.f("uq_calibration_sheet_work_id_seat_id")),
    )
    op.create_index(op.f("ix_calibration_sheet_seat_id"), "calibration_sheet", ["seat_id"])
    op.create_table(
        "calibration_end",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("fk_calibration_end_panel_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_calibration_end_ended_by_id")),
        sa.PrimaryKeyConstraint("panel_id", name=op.f("pk_calibration_end")),
    )


def downgrade() -> None:
    for table in ("calibration_end", "calibration_sheet", "calibration_work"):
        op.drop_table(table)
    op.drop_column("round", "calibration")
    op.drop_column("keying", "level")
    op.drop_column("score_sheet", "level")
    op.drop_column("round", "asks_level")
