"""Works prized in earlier editions, the lists they come from, and what finds a work again by title and address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from award.links import link_key

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")  # trusted: the owner of a database may make it
    op.create_table(
        "history_import",
        sa.Column("award_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("draft", postgresql.JSONB(), nullable=True),
        sa.Column("read_by_id", sa.BigInteger(), nullable=False),
        sa.Column("done_by_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("works", sa.BigInteger(), nullable=False),
        sa.Column("known", sa.BigInteger(), nullable=False),
        sa.Column("taken_back_by_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'done', 'taken_back')", name=op.f("ck_history_import_state")),
        sa.CheckConstraint(
            "(state = 'draft') = (draft IS NOT NULL)", name=op.f("ck_history_import_only_a_draft_keeps_cells")
        ),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_history_import_award_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["person.id"], name=op.f("fk_history_import_read_by_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_history_import_done_by_id")),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["person.id"], name=op.f("fk_history_import_taken_back_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_history_import_public_id")),
    )
    op.create_index("ix_history_import_award", "history_import", ["award_id", "id"])
    op.create_table(
        "past_work",
        sa.Column("award_id", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("source_row", sa.BigInteger(), nullable=True),
        sa.Column("edition_id", sa.BigInteger(), nullable=True),
        sa.Column("entry_key", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("award_name", sa.Text(), nullable=False),
        sa.Column("award_key", sa.Text(), nullable=False),
        sa.Column("award_words", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("level_rank", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("title_key", sa.LargeBinary(), nullable=False),
        sa.Column("authors_words", sa.Text(), nullable=False),
        sa.Column("newsroom_words", sa.Text(), nullable=False),
        sa.Column("newsroom_folded", sa.Text(), nullable=False),
        sa.Column("newsroom_id", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_key", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(import_id IS NULL) <> (edition_id IS NULL)", name=op.f("ck_past_work_one_source")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_past_work_award_id")),
        sa.ForeignKeyConstraint(["import_id"], ["history_import.id"], name=op.f("fk_past_work_import_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_past_work_edition_id")),
        sa.ForeignKeyConstraint(["newsroom_id"], ["newsroom.id"], name=op.f("fk_past_work_newsroom_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_work")),
        sa.UniqueConstraint("award_id", "identity", name=op.f("uq_past_work_award_id_identity")),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_work_public_id")),
    )
    op.create_index("ix_past_work_title", "past_work", ["award_id", "title_words"])
    op.create_index(
        "ix_past_work_near_title",
        "past_work",
        ["title_words"],
        postgresql_using="gist",
        postgresql_ops={"title_words": "gist_trgm_ops(siglen=32)"},
    )
    op.create_index(
        "ix_past_work_link", "past_work", ["award_id", "link_key"], postgresql_where=sa.text("link_key <> ''")
    )
    op.create_index("ix_past_work_import", "past_work", ["import_id", "source_row"])
    op.create_index("ix_past_work_edition", "past_work", ["edition_id", "entry_key"])
    op.create_index(op.f("ix_past_work_newsroom_id"), "past_work", ["newsroom_id"])
    op.create_table(
        "past_author",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("work_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("pen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["past_work.id"], name=op.f("fk_past_author_work_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_author")),
    )
    op.create_index("ix_past_author_work", "past_author", ["work_id"])
    op.create_index(op.f("ix_past_author_name_folded"), "past_author", ["name_folded"])
    _entries()


def _entries() -> None:
    op.create_index(
        "ix_entry_near_title",
        "entry",
        ["title_folded"],
        postgresql_using="gist",
        postgresql_ops={"title_folded": "gist_trgm_ops(siglen=32)"},
    )
    op.add_column("part", sa.Column("link_key", sa.Text(), nullable=False, server_default=""))
    part = sa.table("part", sa.column("id"), sa.column("link"), sa.column("link_key"))
    rows = op.get_bind().execute(sa.select(part.c.id, part.c.link).where(part.c.link != "")).all()
    for row in rows:
        op.execute(part.update().where(part.c.id == row.id).values(link_key=link_key(row.link)))
    op.alter_column("part", "link_key", server_default=None)
    op.create_index(op.f("ix_part_link_key"), "part", ["link_key"])
    op.add_column("prior_prize", sa.Column("past_work_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_prior_prize_past_work_id"), "prior_prize", "past_work", ["past_work_id"], ["id"])
    op.create_index(op.f("ix_prior_prize_past_work_id"), "prior_prize", ["past_work_id"])
