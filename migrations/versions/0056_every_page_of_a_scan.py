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
    seen = sa.select(FINGERPRINT.c.file_id).where(FINGERPRINT.c.waves.is_not(None))
    either = sa.or_(RESEMBLANCE.c.first_id.in_(seen), RESEMBLANCE.c.second_id.in_(seen))
    op.execute(sa.delete(RESEMBLANCE).where(either))
    op.execute(sa.delete(SHINGLE).where(SHINGLE.c.file_id.in_(seen)))
    anew = {name: sa.null() for name in ("waves", "slopes", "waves_mirrored", "slopes_mirrored")}
    op.execute(sa.update(FINGERPRINT).where(FINGERPRINT.c.waves.is_not(None)).values(state="waiting", tries=0, **anew))


def downgrade() -> None:
    op.drop_table("page_look")
