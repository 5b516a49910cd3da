"""What files say, look and sound like, which are alike, and what people concluded of two works."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_file_sha256"), "file", ["sha256"])
    op.create_table(
        "fingerprint",
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shingles", sa.BigInteger(), nullable=False),
        sa.Column("waves", sa.BigInteger(), nullable=True),
        sa.Column("slopes", sa.BigInteger(), nullable=True),
        sa.Column("waves_mirrored", sa.BigInteger(), nullable=True),
        sa.Column("slopes_mirrored", sa.BigInteger(), nullable=True),
        sa.Column("frames", sa.LargeBinary(), nullable=True),
        sa.Column("sound", sa.LargeBinary(), nullable=True),
        sa.Column("deaf", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'done', 'failed')", name=op.f("ck_fingerprint_state")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_fingerprint_file_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_fingerprint")),
    )
    op.create_index(op.f("ix_fingerprint_state"), "fingerprint", ["state"])
    op.create_table(
        "shingle",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["fingerprint.file_id"], name=op.f("fk_shingle_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "file_id", name=op.f("pk_shingle")),
    )
    op.create_index("ix_shingle_file", "shingle", ["file_id"])
    op.create_table(
        "resemblance",
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_resemblance_order")),
        sa.CheckConstraint("kind IN ('bytes', 'text', 'photo', 'film', 'sound')", name=op.f("ck_resemblance_kind")),
        sa.ForeignKeyConstraint(["first_id"], ["file.id"], name=op.f("fk_resemblance_first_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_id"], ["file.id"], name=op.f("fk_resemblance_second_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("first_id", "second_id", "kind", name=op.f("pk_resemblance")),
    )
    op.create_index("ix_resemblance_second", "resemblance", ["second_id"])
    op.create_table(
        "comparison",
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_comparison_order")),
        sa.CheckConstraint("verdict IN ('same', 'different')", name=op.f("ck_comparison_verdict")),
        sa.ForeignKeyConstraint(["first_id"], ["entry.id"], name=op.f("fk_comparison_first_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_id"], ["entry.id"], name=op.f("fk_comparison_second_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_comparison_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_comparison_first_id_second_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comparison_public_id")),
    )
    op.create_index(op.f("ix_comparison_second_id"), "comparison", ["second_id"])
    # Files that were ready before get theirs: the sweep asks.
    op.execute(
        "INSERT INTO fingerprint (file_id, state, tries, shingles, deaf)"
        " SELECT id, 'waiting', 0, 0, false FROM file WHERE state = 'ready'"
    )
