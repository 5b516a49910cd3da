"""What the tables held at one instant, to be put back as often as a door has changed something."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection

from tests.conftest import planned_once, tables_of, unheld


class Snapshot:
    """The rows of every table beside the tables. Putting them back is many times cheaper than making them anew."""

    def __init__(self, app: Flask) -> None:
        self._owner = unheld(app)
        with self._owner.begin() as connection:
            tables = tables_of(connection)
            connection.exec_driver_sql("CREATE SCHEMA kept")
            filled = [name for name in tables if _is_filled(connection, name)]
            for name in filled:
                connection.exec_driver_sql(f'CREATE TABLE kept."{name}" AS TABLE public."{name}"')
            gone = [f'DELETE FROM public."{name}"' for name in tables]
            back = [f'INSERT INTO public."{name}" SELECT * FROM kept."{name}"' for name in filled]
            connection.exec_driver_sql(planned_once("kept.put_back", [*gone, *back]))

    def put_back(self) -> None:
        """The tables hold what they held then, and nothing else."""
        with self._owner.begin() as connection:
            connection.exec_driver_sql("SELECT kept.put_back()")

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
