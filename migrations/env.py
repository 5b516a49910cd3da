"""Alembic's entry: one transaction for each migration, as the schema's owner."""

from alembic import context
from sqlalchemy import create_engine

from migrations.tables import gather, ours

LOCK_TIMEOUT = "5s"
"""Who waits longer for a table in use holds up everybody behind it: it is given up, and started again."""


def run() -> None:
    engine = create_engine(
        context.config.attributes["url"], connect_args={"options": f"-c lock_timeout={LOCK_TIMEOUT}"}
    )
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=gather(),
            transaction_per_migration=True,
            include_object=lambda obj, name, kind, *rest: ours(name, kind),  # noqa: ARG005
            render_item=None,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
