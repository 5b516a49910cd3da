"""Co-authors who fill in a dossier, shares of authors, other platforms of a work, who saved last."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("elsewhere", sa.Text(), nullable=False, server_default=""))
    op.alter_column("entry", "elsewhere", server_default=None)
    op.add_column("entry", sa.Column("changed_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_entry_changed_by_id"), "entry", "person", ["changed_by_id"], ["id"])
    op.add_column("authorship", sa.Column("share", sa.BigInteger(), nullable=True))
    op.add_column("authorship", sa.Column("invite_key", sa.Text(), nullable=True))
    op.add_column("authorship", sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("authorship", sa.Column("invited_to", sa.Text(), nullable=False, server_default=""))
    op.alter_column("authorship", "invited_to", server_default=None)
    op.add_column("authorship", sa.Column("fills", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("authorship", "fills", server_default=None)
    op.add_column("authorship", sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_authorship_invite_key"), "authorship", ["invite_key"])
    op.create_check_constraint(op.f("ck_authorship_share"), "authorship", "share BETWEEN 1 AND 100")
    op.create_check_constraint(
        op.f("ck_authorship_invited_has_time"), "authorship", "(invite_key IS NULL) = (invited_at IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_authorship_joined_is_somebody"), "authorship", "joined_at IS NULL OR person_id IS NOT NULL"
    )
