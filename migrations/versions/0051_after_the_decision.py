"""After the decision: objections and what was done with each; prizes taken back or given later by a paper; names that
were corrected; certificates with a code and a state. Prizes that were decided before get their certificates' codes."""

import secrets
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def upgrade() -> None:
    op.create_table(
        "ruling",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=True),
        sa.Column("result_id", sa.BigInteger(), nullable=True),
        sa.Column("honour_id", sa.BigInteger(), nullable=True),
        sa.Column("in_place_of_id", sa.BigInteger(), nullable=True),
        sa.Column("former_level_id", sa.BigInteger(), nullable=True),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signatory", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'awarded') = (in_place_of_id IS NOT NULL)", name=op.f("ck_ruling_given_in_place")),
        sa.CheckConstraint("kind IN ('revoked', 'awarded')", name=op.f("ck_ruling_kind")),
        sa.CheckConstraint("state IN ('proposed', 'confirmed', 'withdrawn')", name=op.f("ck_ruling_state")),
        sa.CheckConstraint("(honour_id IS NULL) <> (entry_id IS NULL)", name=op.f("ck_ruling_one_subject")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_ruling_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_ruling_entry_id")),
        sa.ForeignKeyConstraint(["former_level_id"], ["prize_level.id"], name=op.f("fk_ruling_former_level_id")),
        sa.ForeignKeyConstraint(["honour_id"], ["honour.id"], name=op.f("fk_ruling_honour_id")),
        sa.ForeignKeyConstraint(["in_place_of_id"], ["ruling.id"], name=op.f("fk_ruling_in_place_of_id")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_ruling_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ruling_public_id")),
    )
    op.create_index("ix_ruling_edition", "ruling", ["edition_id"], unique=False)
    op.create_index("uq_ruling_honour", "ruling", ["honour_id"], unique=True, postgresql_where="state = 'confirmed'")
    op.create_index(
        "uq_ruling_place", "ruling", ["in_place_of_id"], unique=True, postgresql_where="state = 'confirmed'"
    )
    op.create_index(
        "uq_ruling_result", "ruling", ["result_id", "kind"], unique=True, postgresql_where="state = 'confirmed'"
    )
    op.create_table(
        "name_correction",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("authorship_id", sa.BigInteger(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stood", sa.Text(), nullable=False),
        sa.Column("reads", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(field IN ('author', 'pen_name')) = (authorship_id IS NOT NULL)",
            name=op.f("ck_name_correction_of_an_author"),
        ),
        sa.CheckConstraint(
            "field IN ('title', 'newsroom', 'author', 'pen_name')", name=op.f("ck_name_correction_field")
        ),
        sa.CheckConstraint("state IN ('proposed', 'confirmed', 'withdrawn')", name=op.f("ck_name_correction_state")),
        sa.ForeignKeyConstraint(["authorship_id"], ["authorship.id"], name=op.f("fk_name_correction_authorship_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_name_correction_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_name_correction_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_correction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_name_correction_public_id")),
    )
    op.create_index("ix_name_correction_entry", "name_correction", ["entry_id", "id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("result_id", sa.BigInteger(), nullable=True),
        sa.Column("honour_id", sa.BigInteger(), nullable=True),
        sa.Column("authorship_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("replaced_by_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'valid') = (ended_at IS NULL)", name=op.f("ck_certificate_ended_has_time")),
        sa.CheckConstraint("state IN ('valid', 'corrected', 'revoked')", name=op.f("ck_certificate_state")),
        sa.CheckConstraint("(result_id IS NULL) <> (honour_id IS NULL)", name=op.f("ck_certificate_one_prize")),
        sa.ForeignKeyConstraint(["authorship_id"], ["authorship.id"], name=op.f("fk_certificate_authorship_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_certificate_edition_id")),
        sa.ForeignKeyConstraint(["honour_id"], ["honour.id"], name=op.f("fk_certificate_honour_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["certificate.id"], name=op.f("fk_certificate_replaced_by_id")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_certificate_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_public_id")),
    )
    op.create_index("ix_certificate_edition", "certificate", ["edition_id"], unique=False)
    op.create_index(
        "uq_certificate_valid",
        "certificate",
        ["result_id", "honour_id", "authorship_id"],
        unique=True,
        postgresql_where="state = 'valid'",
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "case_file",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=True),
        sa.Column("entry_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("handler_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(about = 'round') = (round_id IS NOT NULL)", name=op.f("ck_case_file_about_round")),
        sa.CheckConstraint(
            "(about IN ('work', 'prize')) = (entry_id IS NOT NULL)", name=op.f("ck_case_file_about_work")
        ),
        sa.CheckConstraint("(state = 'decided') = (ended_at IS NOT NULL)", name=op.f("ck_case_file_decided_has_time")),
        sa.CheckConstraint("(state = 'decided') = (outcome <> '')", name=op.f("ck_case_file_decided_has_outcome")),
        sa.CheckConstraint("about IN ('edition', 'round', 'work', 'prize')", name=op.f("ck_case_file_about")),
        sa.CheckConstraint(
            "outcome IN ('', 'upheld', 'partly', 'not_upheld', 'withdrawn')", name=op.f("ck_case_file_outcome")
        ),
        sa.CheckConstraint("state IN ('received', 'examining', 'decided')", name=op.f("ck_case_file_state")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_case_file_edition_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_case_file_ended_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_case_file_entry_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["person.id"], name=op.f("fk_case_file_handler_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_case_file_opened_by_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_case_file_recorded_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_case_file_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_case_file_edition_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_file_public_id")),
    )
    op.create_index("ix_case_file_entry", "case_file", ["entry_id"], unique=False)
    op.create_index(
        "ix_case_file_open", "case_file", ["edition_id", "due_day"], unique=False, postgresql_where="state <> 'decided'"
    )
    op.create_index("ix_case_file_opened_by", "case_file", ["opened_by_id"], unique=False)
    op.create_table(
        "case_act",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('received', 'examining', 'added', 'note', 'due', 'decided', 'withdrawn')",
            name=op.f("ck_case_act_kind"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_act_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_act_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_act")),
    )
    op.create_index("ix_case_act_case", "case_act", ["case_id", "id"], unique=False)
    op.create_table(
        "case_evidence",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_evidence_case_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_case_evidence_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_evidence")),
        sa.UniqueConstraint("file_id", name=op.f("uq_case_evidence_file_id")),
    )
    op.create_index("ix_case_evidence_case", "case_evidence", ["case_id"], unique=False)
    _give_codes()


def _give_codes() -> None:
    """A certificate for each work, each of several authors, each body or person whose prize was decided."""
    decided = op.get_bind().execute(
        sa.text(
            "SELECT r.edition_id, r.id AS result_id, CAST(NULL AS bigint) AS honour_id, a.id AS authorship_id, d.day"
            " FROM result r JOIN decision d ON d.edition_id = r.edition_id JOIN authorship a ON a.entry_id = r.entry_id"
            " WHERE r.state = 'decided' AND (SELECT count(*) FROM authorship b WHERE b.entry_id = r.entry_id) > 1"
            " UNION ALL SELECT r.edition_id, r.id, NULL, NULL, d.day"
            " FROM result r JOIN decision d ON d.edition_id = r.edition_id WHERE r.state = 'decided'"
            " UNION ALL SELECT h.edition_id, NULL, h.id, NULL, d.day"
            " FROM honour h JOIN decision d ON d.edition_id = h.edition_id WHERE h.state = 'decided'"
        )
    )
    rows = [_coded(**row) for row in decided.mappings()]
    if rows:
        columns = ("edition_id", "result_id", "honour_id", "authorship_id", "issued_on", "code", "state", "public_id")
        table = sa.table("certificate", *(sa.column(name) for name in (*columns, "created_at")))
        op.get_bind().execute(sa.insert(table).values(created_at=sa.func.now()), rows)


def _coded(day: date, **row: Any) -> dict[str, Any]:
    code = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return {**row, "issued_on": day, "code": code, "state": "valid", "public_id": code.lower()}


def downgrade() -> None:
    for name in ("case_evidence", "case_act", "case_file", "certificate", "name_correction", "ruling"):
        op.drop_table(name)
