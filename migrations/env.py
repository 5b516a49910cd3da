"""Alembic's entry: one transaction for each migration, as the schema's owner."""

from alembic import context
from sqlalchemy import create_engine

from migrations.tables import gather, ours


def run() -> None:
    engine = create_engine(context.config.attributes["url"])
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
