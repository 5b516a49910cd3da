"""A key for each open vote, in a table that the database writes down nowhere else; votes begun anew without one."""

import sqlalchemy as sa
from alembic import op

revision = "0066_six"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vote_key",
        sa.Column("vote_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_key_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_vote_key")),
        prefixes=["UNLOGGED"],
    )
    # a deleted row lies in its file until something is written over it; an emptied table gets a new file
    op.execute("GRANT TRUNCATE ON vote_key TO giai_app")
    op.add_column("vote", sa.Column("begun_anew", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("vote", "begun_anew", server_default=None)


def downgrade() -> None:
    op.drop_column("vote", "begun_anew")
    op.drop_table("vote_key")
