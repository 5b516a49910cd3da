"""Parts have organs of their own, places for files limit their length, what is agreed to is kept in its words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("part", sa.Column("newsroom_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_part_newsroom_id"), "part", "newsroom", ["newsroom_id"], ["id"])
    op.add_column("part", sa.Column("newsroom_text", sa.Text(), nullable=False, server_default=""))
    op.alter_column("part", "newsroom_text", server_default=None)
    op.add_column("file_slot", sa.Column("lengths", JSONB(), nullable=False, server_default="{}"))
    op.alter_column("file_slot", "lengths", server_default=None)
    op.create_table(
        "declaration_text",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_declaration_text_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_text")),
        sa.UniqueConstraint("edition_id", "code", "version", name=op.f("uq_declaration_text_edition_id_code_version")),
    )
    op.add_column("person", sa.Column("press_card", sa.Text(), nullable=False, server_default=""))
    op.alter_column("person", "press_card", server_default=None)
    op.add_column("national_edition", sa.Column("groups", JSONB(), nullable=False, server_default="{}"))
    op.alter_column("national_edition", "groups", server_default=None)
