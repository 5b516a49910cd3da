"""What judges know, and in which size of type pages come to an account."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user_account", sa.Column("large_type", sa.Boolean(), nullable=True))
    op.create_table(
        "expertise",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expertise_person_id")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_expertise_category_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "category_id", name=op.f("pk_expertise")),
    )


def downgrade() -> None:
    op.drop_table("expertise")
    op.drop_column("user_account", "large_type")
