"""Who was given a file as its sender sent it, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_fetch",
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_file_fetch_file_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_file_fetch_person_id")),
        sa.PrimaryKeyConstraint("file_id", "person_id", "at", "saved", name=op.f("pk_file_fetch")),
    )
    op.create_index("ix_file_fetch_at", "file_fetch", ["at"])
    op.create_index("ix_file_fetch_person", "file_fetch", ["person_id"])


def downgrade() -> None:
    op.drop_table("file_fetch")
