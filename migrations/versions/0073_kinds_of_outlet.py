"""Kinds of press organ are data of each edition; what parents and guardians sign for authors under 18 has its place.

What a kind says of licences changes no edition that exists, and a place that is asked for where there are minors alone
changes no rule: that parents consent is law.
"""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

KINDS = (
    ("newspaper", "báo"),
    ("magazine", "tạp chí"),
    ("station", "đài phát thanh, truyền hình"),
    ("bulletin", "bản tin"),
    ("portal", "cổng, trang thông tin điện tử"),
    ("grassroots", "truyền thanh cơ sở"),
    ("channel", "kênh nội dung của cơ quan báo chí"),
)
"""The list that all editions shared. Each kind counts as licensed: until now the register alone said who is not."""

SIGNED = """
    INSERT INTO file_slot (category_id, ordinal, code, label, kinds, at_least, at_most, max_bytes, per_part, for_judges,
        blind, captions, proof, for_minors, lengths)
    SELECT category.id, 1 + coalesce((SELECT max(ordinal) FROM file_slot WHERE category_id = category.id), 0),
        'giay-dong-y-cua-cha,-me-hoac-nguoi-giam-ho', 'Giấy đồng ý của cha, mẹ hoặc người giám hộ',
        '["pdf", "jpeg", "png"]', 0, 10, 50000000, false, false, false, false, false, true, '{}'
    FROM category JOIN edition ON edition.id = category.edition_id
    WHERE edition.state IN ('draft', 'open', 'screening')
"""
"""A place for it where works still come in or are looked at."""


def upgrade() -> None:
    kept = json.dumps([{"code": code, "name": name, "licensed": True} for code, name in KINDS], ensure_ascii=False)
    op.add_column("edition", sa.Column("outlet_kinds", JSONB(), nullable=False, server_default="[]"))
    op.execute(sa.text("UPDATE edition SET outlet_kinds = CAST(:kept AS jsonb)").bindparams(kept=kept))
    op.add_column("authorship", sa.Column("guardian_relation", sa.Text(), nullable=False, server_default=""))
    op.add_column("file_slot", sa.Column("for_minors", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(SIGNED)
