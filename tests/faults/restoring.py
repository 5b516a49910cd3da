"""The database comes back as of a moment before: every row as it was then, while the store goes on as it is."""

from flask import Flask
from sqlalchemy import Connection

from award.db import session
from tests.conftest import empty_tables, tables_of, unheld

_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""


class Copy:
    """All rows of this moment, kept beside the tables until they have come back."""

    def __init__(self, house: Flask) -> None:
        self._house = house
        session.rollback()
        with unheld(house).begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA IF EXISTS before CASCADE; CREATE SCHEMA before")
            self._full = _full(connection)
            for name in self._full:
                connection.exec_driver_sql(f'CREATE TABLE before."{name}" AS TABLE public."{name}"')

    def come_back(self) -> None:
        """What happened since is in no row any more."""
        session.rollback()
        empty_tables(self._house)
        with unheld(self._house).begin() as connection:
            for name in self._full:
                columns = _columns(connection, name)
                connection.exec_driver_sql(
                    f'INSERT INTO public."{name}" ({columns}) OVERRIDING SYSTEM VALUE'
                    f' SELECT {columns} FROM before."{name}"'
                )
            connection.exec_driver_sql("DROP SCHEMA before CASCADE")
        session.expire_all()


def _full(connection: Connection) -> list[str]:
    """The tables that have rows: most have none, and copying those would take most of the time."""
    asked = " UNION ALL ".join(f"(SELECT '{name}' FROM public.\"{name}\" LIMIT 1)" for name in tables_of(connection))
    return list(connection.exec_driver_sql(asked).scalars())


def _columns(connection: Connection, name: str) -> str:
    return str(connection.exec_driver_sql(_COLUMNS, (name,)).scalar_one())
