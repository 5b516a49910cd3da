"""Scans are known by all their pages. Those that were known by their first, and photos, are looked at again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

FINGERPRINT = sa.table(
    "fingerprint",
    *map(sa.column, ("file_id", "state", "tries", "waves", "slopes", "waves_mirrored", "slopes_mirrored")),
    *map(sa.column, ("shingles", "frames", "sound")),
)
RESEMBLANCE = sa.table("resemblance", sa.column("first_id"), sa.column("second_id"))
SHINGLE = sa.table("shingle", sa.column("file_id"))


def upgrade() -> None:
    op.create_table(
        "page_look",
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("look", postgresql.BIT(512), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["fingerprint.file_id"], name=op.f("fk_page_look_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "page", name=op.f("pk_page_look")),
    )
    seen = sa.select(FINGERPRINT.c.file_id).where(known_by_one_page())
    either = sa.or_(RESEMBLANCE.c.first_id.in_(seen), RESEMBLANCE.c.second_id.in_(seen))
    op.execute(sa.delete(RESEMBLANCE).where(either))
    op.execute(sa.delete(SHINGLE).where(SHINGLE.c.file_id.in_(seen)))
    anew = {name: sa.null() for name in ("waves", "slopes", "waves_mirrored", "slopes_mirrored")}
    op.execute(sa.update(FINGERPRINT).where(known_by_one_page()).values(state="waiting", tries=0, **anew))


def known_by_one_page() -> sa.ColumnElement[bool]:
    """Photos and scans; and what neither says, looks nor sounds like anything: of a scan the first page was empty."""
    kept = FINGERPRINT.c
    nothing = (kept.waves.is_(None), kept.shingles == 0, kept.frames.is_(None), kept.sound.is_(None))
    return sa.or_(kept.waves.is_not(None), sa.and_(kept.state == "done", *nothing))


def downgrade() -> None:
    op.drop_table("page_look")
