"""A key for each open vote, in a table that the database writes down nowhere else; votes begun anew without one.

Two works may be concluded to tell one story. What is said of a work in a sitting is written down."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vote_key",
        sa.Column("vote_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_key_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_vote_key")),
        prefixes=["UNLOGGED"],
    )
    # a deleted row lies in its file until something is written over it; an emptied table gets a new file
    op.execute("GRANT TRUNCATE ON vote_key TO giai_app")
    op.add_column("vote", sa.Column("begun_anew", sa.BigInteger(), nullable=False, server_default="0"))
    op.drop_constraint(op.f("ck_comparison_verdict"), "comparison")
    op.create_check_constraint(op.f("ck_comparison_verdict"), "comparison", "verdict IN ('same', 'story', 'different')")
    op.create_table(
        "sitting_remark",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_sitting_remark_words")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_sitting_remark_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sitting_remark_person_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_sitting_remark_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_remark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sitting_remark_public_id")),
    )
    op.create_index(op.f("ix_sitting_remark_item_id"), "sitting_remark", ["item_id"])
    op.create_index(op.f("ix_sitting_remark_person_id"), "sitting_remark", ["person_id"])


def downgrade() -> None:
    op.drop_table("sitting_remark")
    op.execute("UPDATE comparison SET verdict = 'different' WHERE verdict = 'story'")
    op.drop_constraint(op.f("ck_comparison_verdict"), "comparison")
    op.create_check_constraint(op.f("ck_comparison_verdict"), "comparison", "verdict IN ('same', 'different')")
    op.drop_column("vote", "begun_anew")
    op.drop_table("vote_key")
