"""What the tables held at one instant, to be put back as often as a door has changed something."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection

from tests.conftest import owner_of, tables_of


class Snapshot:
    """The rows of every table beside the tables. Putting them back is many times cheaper than making them anew."""

    def __init__(self, app: Flask) -> None:
        self._owner = owner_of(app)
        with self._owner.begin() as connection:
            self._tables = tables_of(connection)
            connection.exec_driver_sql("CREATE SCHEMA kept")
            self._filled = [name for name in self._tables if _is_filled(connection, name)]
            for name in self._filled:
                connection.exec_driver_sql(f'CREATE TABLE kept."{name}" AS TABLE public."{name}"')

    def put_back(self) -> None:
        """The tables hold what they held then, and nothing else."""
        gone = [f'DELETE FROM public."{name}"' for name in self._tables]
        back = [f'INSERT INTO public."{name}" SELECT * FROM kept."{name}"' for name in self._filled]
        with self._owner.begin() as connection:
            connection.exec_driver_sql("; ".join(["SET LOCAL session_replication_role = replica", *gone, *back]))

    def forget(self) -> None:
        with self._owner.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA kept CASCADE")


@contextmanager
def snapshot(app: Flask) -> Iterator[Snapshot]:
    """What the tables hold now can be put back inside the block."""
    taken = Snapshot(app)
    try:
        yield taken
    finally:
        taken.forget()


def _is_filled(connection: Connection, table: str) -> bool:
    return bool(connection.exec_driver_sql(f'SELECT EXISTS (SELECT FROM public."{table}")').scalar())
