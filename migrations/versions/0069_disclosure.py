"""What everybody may read of the judging, as the organiser decided."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("agreement", sa.Boolean(), nullable=False),
        sa.Column("ties", sa.Boolean(), nullable=False),
        sa.Column("recusals", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_disclosure_edition_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_disclosure_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_disclosure_edition_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disclosure_public_id")),
    )


def downgrade() -> None:
    op.drop_table("disclosure")
