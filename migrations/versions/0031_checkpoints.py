"""The log is held fast by signed checkpoints, which nobody changes either."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("award_id", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_checkpoint_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("award_id", "size", name=op.f("uq_checkpoint_award_id_size")),
        sa.UniqueConstraint("event_id", name=op.f("uq_checkpoint_event_id")),
    )
    op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON checkpoint FROM giai_app")
    op.execute(
        "CREATE TRIGGER checkpoint_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint"
        " FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()"
    )
