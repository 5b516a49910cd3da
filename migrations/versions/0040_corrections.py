"""A closed round can be corrected by two persons: its places have versions, and those before stay."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("standing", sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"))
    op.alter_column("standing", "version", server_default=None)
    op.create_table(
        "former_standing",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("score_numerator", sa.BigInteger(), nullable=True),
        sa.Column("score_denominator", sa.BigInteger(), nullable=True),
        sa.Column("sheets", sa.BigInteger(), nullable=False),
        sa.Column("needed", sa.BigInteger(), nullable=False),
        sa.Column("detail", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_former_standing_round_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_former_standing_panel_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_former_standing_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_standing")),
        sa.UniqueConstraint(
            "round_id", "version", "entry_id", name=op.f("uq_former_standing_round_id_version_entry_id")
        ),
    )
    op.create_table(
        "round_correction",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("countersign_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sheets", postgresql.JSONB(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_correction_round_id")),
        sa.ForeignKeyConstraint(
            ["countersign_id"], ["countersign.id"], name=op.f("fk_round_correction_countersign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_correction")),
        sa.UniqueConstraint("round_id", "version", name=op.f("uq_round_correction_round_id_version")),
        sa.UniqueConstraint("countersign_id", name=op.f("uq_round_correction_countersign_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_round_correction_public_id")),
    )
