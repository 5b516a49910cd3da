"""Spoiled ballots are exchanged, a scan of ballots may be several files; films have their sound alone;
calibration works have files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("ballot_stack", sa.Column("void", JSON, nullable=False, server_default="[]"))
    op.alter_column("ballot_stack", "void", server_default=None)
    op.add_column("ballot_stack", sa.Column("given_back", sa.Text(), nullable=False, server_default=""))
    op.alter_column("ballot_stack", "given_back", server_default=None)
    op.add_column("ballot_stack", sa.Column("given_back_to_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_ballot_stack_given_back_to_id"), "ballot_stack", "person", ["given_back_to_id"], ["id"]
    )
    op.create_table(
        "ballot_scan_file",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_ballot_scan_file_file_id")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["ballot_scan.id"], name=op.f("fk_ballot_scan_file_paper_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_scan_file")),
        sa.UniqueConstraint("file_id", name=op.f("uq_ballot_scan_file_file_id")),
    )
    op.create_index(op.f("ix_ballot_scan_file_paper_id"), "ballot_scan_file", ["paper_id"])
    _renditions("'page', 'text', 'photo', 'poster', 'light', 'sound', 'waveform'")
    op.add_column("calibration_work", sa.Column("file_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_calibration_work_file_id"), "calibration_work", "file", ["file_id"], ["id"])
    op.create_unique_constraint(op.f("uq_calibration_work_file_id"), "calibration_work", ["file_id"])
    op.drop_constraint(op.f("ck_calibration_work_something_to_read"), "calibration_work")


def downgrade() -> None:
    op.execute(sa.text("UPDATE calibration_work SET text = title WHERE link = '' AND text = ''"))
    op.create_check_constraint(
        op.f("ck_calibration_work_something_to_read"), "calibration_work", "link <> '' OR text <> ''"
    )
    op.drop_column("calibration_work", "file_id")
    op.execute(sa.text("DELETE FROM rendition WHERE kind = 'sound'"))
    _renditions("'page', 'text', 'photo', 'poster', 'light', 'waveform'")
    op.drop_table("ballot_scan_file")
    for column in ("given_back_to_id", "given_back", "void"):
        op.drop_column("ballot_stack", column)


def _renditions(kinds: str) -> None:
    op.drop_constraint(op.f("ck_rendition_kind"), "rendition")
    op.create_check_constraint(op.f("ck_rendition_kind"), "rendition", f"kind IN ({kinds})")
