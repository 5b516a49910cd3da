"""Lists that stay as quick at a hundred thousand works, and what newsrooms put first."""

import sqlalchemy as sa
from alembic import op

from award.text import sort_key

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

BATCH = 2000
KEEP_FIRST_AUTHOR = """
CREATE FUNCTION keep_first_author() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    work bigint := coalesce(NEW.entry_id, OLD.entry_id);
    first record;
BEGIN
    SELECT name_key, family_key INTO first FROM authorship WHERE entry_id = work ORDER BY ordinal, id LIMIT 1;
    UPDATE entry
    SET first_name_key = coalesce(first.name_key, ''), first_family_key = coalesce(first.family_key, '')
    WHERE id = work
        AND (first_name_key, first_family_key)
            IS DISTINCT FROM (coalesce(first.name_key, ''), coalesce(first.family_key, ''));
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_first_author AFTER INSERT OR UPDATE OR DELETE ON authorship
    FOR EACH ROW EXECUTE FUNCTION keep_first_author();
"""
LISTS = {
    "ix_entry_by_code": ["edition_id", "state", "code"],
    "ix_entry_by_title": ["edition_id", "state", "title_key", "code"],
    "ix_entry_by_name": ["edition_id", "state", "first_name_key", "code"],
    "ix_entry_by_family": ["edition_id", "state", "first_family_key", "code"],
    "ix_entry_by_time": ["edition_id", "state", "submitted_at", "code"],
}
WORDS = {
    "ix_entry_code_words": ("entry", "lower(code)"),
    "ix_screening_code_words": ("screening", "lower(blind_code)"),
    "ix_authorship_name_words": ("authorship", "name_folded"),
    "ix_entry_title_words": ("entry", "title_folded"),
}


def upgrade() -> None:
    for name in ("first_name_key", "first_family_key"):
        op.add_column("entry", sa.Column(name, sa.LargeBinary(), nullable=False, server_default=""))
        op.alter_column("entry", name, server_default=None)
    for table, key, name in (("person", "family_key", "legal_name"), ("newsroom_name", "name_key", "name")):
        op.add_column(table, sa.Column(key, sa.LargeBinary(), nullable=False, server_default=""))
        op.alter_column(table, key, server_default=None)
        _order(table, key, name)
    op.execute(
        "UPDATE entry SET first_name_key = first.name_key, first_family_key = first.family_key FROM"
        " (SELECT DISTINCT ON (entry_id) entry_id, name_key, family_key FROM authorship"
        " ORDER BY entry_id, ordinal, id) AS first WHERE first.entry_id = entry.id"
    )
    op.execute(KEEP_FIRST_AUTHOR)
    for name, columns in LISTS.items():
        op.create_index(name, "entry", columns)
    for name, (table, words) in WORDS.items():
        op.execute(f"CREATE INDEX {name} ON {table} USING gin (({words}) gin_trgm_ops)")
    op.create_index("ix_entry_desk", "entry", ["edition_id", "newsroom_id", "state", "revises_id", "id"])
    op.create_index(
        "ix_screening_standing",
        "screening",
        ["edition_id", "decision", "entry_id"],
        postgresql_include=["due_at", "answered_at"],
    )
    _first_of_newsrooms()


def _order(table: str, key: str, name: str) -> None:
    """Every row has the key by which its name stands in the order of the alphabet."""
    rows_of = sa.table(table, sa.column("id"), sa.column(name), sa.column(key))
    connection, last = op.get_bind(), 0
    while True:
        asked = sa.select(rows_of.c.id, rows_of.c[name]).where(rows_of.c.id > last).order_by(rows_of.c.id)
        rows = connection.execute(asked.limit(BATCH)).all()
        if not rows:
            return
        for number, words in rows:
            connection.execute(rows_of.update().where(rows_of.c.id == number).values({key: sort_key(words)}))
        last = rows[-1].id


def _first_of_newsrooms() -> None:
    op.create_table(
        "newsroom_choice",
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("newsroom_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("chosen_by_id", sa.BigInteger(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place > 0", name=op.f("ck_newsroom_choice_place")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_newsroom_choice_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["newsroom_id"], ["newsroom.id"], name=op.f("fk_newsroom_choice_newsroom_id")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["person.id"], name=op.f("fk_newsroom_choice_chosen_by_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_newsroom_choice")),
    )
    op.create_index("ix_newsroom_choice_desk", "newsroom_choice", ["newsroom_id", "place"])
