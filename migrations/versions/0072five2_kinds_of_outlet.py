"""The kinds of press organ are data of each edition; what a kind says of licences changes no edition that exists."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0072five2"
down_revision = "0071"
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


def upgrade() -> None:
    kept = json.dumps([{"code": code, "name": name, "licensed": True} for code, name in KINDS], ensure_ascii=False)
    op.add_column("edition", sa.Column("outlet_kinds", JSONB(), nullable=False, server_default="[]"))
    op.execute(sa.text("UPDATE edition SET outlet_kinds = CAST(:kept AS jsonb)").bindparams(kept=kept))
    op.alter_column("edition", "outlet_kinds", server_default=None)
