"""Bodies that are asked, proposals set aside, papers of corrections, scans of issued papers, terms of bodies."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _numbered() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _keys(table: str, **columns: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, to in columns.items()
    ]


def upgrade() -> None:
    op.create_table(
        "opinion",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_paper", sa.Text(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_paper", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("answer_recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *_numbered(),
        sa.CheckConstraint("(stance = '') = (answered_on IS NULL)", name=op.f("ck_opinion_answered_has_day")),
        sa.CheckConstraint(
            "stance IN ('', 'agrees', 'agrees_in_part', 'disagrees', 'no_objection')", name=op.f("ck_opinion_stance")
        ),
        *_keys("opinion", edition_id="edition", recorded_by_id="person", answer_recorded_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_opinion_public_id")),
    )
    op.create_index("ix_opinion_edition", "opinion", ["edition_id", "asked_on"])
    op.create_table(
        "opinion_scan",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("opinion_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        *_keys("opinion_scan", opinion_id="opinion", file_id="file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_scan")),
        sa.UniqueConstraint("file_id", name=op.f("uq_opinion_scan_file_id")),
    )
    op.create_index("ix_opinion_scan_opinion", "opinion_scan", ["opinion_id"])
    op.create_table(
        "set_aside",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("prize_level_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opinion_id", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_numbered(),
        sa.CheckConstraint("(entry_id IS NOT NULL) OR (recipient <> '')", name=op.f("ck_set_aside_of_somebody")),
        *_keys(
            "set_aside",
            edition_id="edition",
            prize_level_id="prize_level",
            entry_id="entry",
            opinion_id="opinion",
            by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside")),
        sa.UniqueConstraint("public_id", name=op.f("uq_set_aside_public_id")),
    )
    op.create_index("ix_set_aside_edition", "set_aside", ["edition_id"])
    op.create_table(
        "returned_scan",
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_by_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("compared_by_id", sa.BigInteger(), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        *_numbered(),
        sa.CheckConstraint("outcome IN ('', 'same', 'differs')", name=op.f("ck_returned_scan_outcome")),
        sa.CheckConstraint("(outcome = '') = (compared_at IS NULL)", name=op.f("ck_returned_scan_compared_has_time")),
        sa.CheckConstraint(
            "(compared_at IS NULL) = (compared_by_id IS NULL)", name=op.f("ck_returned_scan_compared_by_somebody")
        ),
        sa.CheckConstraint(
            "compared_by_id IS NULL OR compared_by_id <> sent_by_id", name=op.f("ck_returned_scan_second_person")
        ),
        *_keys("returned_scan", paper_id="issued_paper", file_id="file", sent_by_id="person", compared_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_scan")),
        sa.UniqueConstraint("file_id", name=op.f("uq_returned_scan_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_returned_scan_public_id")),
    )
    op.create_index("ix_returned_scan_paper", "returned_scan", ["paper_id", "id"])
    op.create_table(
        "commendation",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("chosen_by_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signatory", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        *_numbered(),
        sa.CheckConstraint("(number = '') = (day IS NULL)", name=op.f("ck_commendation_numbered_and_dated")),
        sa.CheckConstraint("(number = '') = (recorded_at IS NULL)", name=op.f("ck_commendation_recorded_has_time")),
        *_keys("commendation", edition_id="edition", chosen_by_id="person", recorded_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commendation")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_commendation_edition_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commendation_public_id")),
    )
    op.add_column("name_correction", sa.Column("number", sa.Text(), nullable=False, server_default=""))
    op.add_column("name_correction", sa.Column("day", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_name_correction_paper_has_day"), "name_correction", "(number = '') = (day IS NULL)"
    )
    op.add_column("paper_body", sa.Column("term_from", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("paper_body", "term_from")
    op.drop_constraint(op.f("ck_name_correction_paper_has_day"), "name_correction", type_="check")
    op.drop_column("name_correction", "day")
    op.drop_column("name_correction", "number")
    for table in ("commendation", "returned_scan", "set_aside", "opinion_scan", "opinion"):
        op.drop_table(table)
