"""What judges know, what a panel watches together, and in which size of type pages come to an account."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
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
    op.create_table(
        "viewing",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_viewing_panel_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_viewing_opened_by_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_viewing_closed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_viewing_public_id")),
    )
    op.create_index("ix_viewing_panel", "viewing", ["panel_id"])
    op.create_index(
        "uq_viewing_running", "viewing", ["panel_id"], unique=True, postgresql_where=sa.text("closed_at IS NULL")
    )
    op.create_table(
        "viewer",
        sa.Column("viewing_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["viewing_id"], ["viewing.id"], name=op.f("fk_viewer_viewing_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_viewer_person_id")),
        sa.PrimaryKeyConstraint("viewing_id", "person_id", name=op.f("pk_viewer")),
    )
    op.create_table(
        "viewed_work",
        sa.Column("viewing_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["viewing_id"], ["viewing.id"], name=op.f("fk_viewed_work_viewing_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_viewed_work_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewed_work")),
        sa.UniqueConstraint("public_id", name=op.f("uq_viewed_work_public_id")),
    )
    op.create_index("ix_viewed_work_viewing", "viewed_work", ["viewing_id"])
    op.create_index(
        "uq_viewed_work_on", "viewed_work", ["viewing_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "viewed_by",
        sa.Column("work_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("recused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["viewed_work.id"], name=op.f("fk_viewed_by_work_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_viewed_by_person_id")),
        sa.PrimaryKeyConstraint("work_id", "person_id", name=op.f("pk_viewed_by")),
    )


def downgrade() -> None:
    for table in ("viewed_by", "viewed_work", "viewer", "viewing"):
        op.drop_table(table)
    op.drop_table("expertise")
    op.drop_column("user_account", "large_type")
