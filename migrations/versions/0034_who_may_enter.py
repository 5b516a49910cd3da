"""Organisers and judges have a rule each on entering; categories name kinds of organ; acts on many are known as such."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

BARRED = """
    INSERT INTO clause (edition_id, code, value, unregulated, source, illustrative)
    SELECT edition_id, asked.code, '{"yes": false}', false, source, illustrative
    FROM clause, (VALUES ('organisers_enter'), ('judges_enter')) AS asked (code)
    WHERE clause.code = 'conflict_policy' AND NOT unregulated AND value ->> 'choice' = 'barred'
"""
WELCOME = """
    INSERT INTO clause (edition_id, code, value, unregulated, source, illustrative)
    SELECT edition_id, 'judges_enter', '{"yes": true}', false, source, illustrative
    FROM clause
    WHERE code = 'conflict_policy' AND NOT unregulated AND value ->> 'choice' IN ('own_work', 'own_newsroom')
"""


OWN = """
    UPDATE clause SET value = '{"choice": "own_work"}'
    WHERE code = 'conflict_policy' AND value ->> 'choice' = 'barred'
"""
SAID = (BARRED, WELCOME, OWN)
"""What an edition said in one rule it says in two: the words of the old rule already spoke of both."""


def upgrade() -> None:
    for table, column in (("newsroom", "kinds"), ("category", "outlets")):
        op.add_column(table, sa.Column(column, JSONB(), nullable=False, server_default="[]"))
        op.alter_column(table, column, server_default=None)
    for statement in SAID:
        op.execute(statement)
    op.add_column("screening_act", sa.Column("together", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("screening_act", "together", server_default=None)
