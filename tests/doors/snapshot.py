"""What the tables held at one instant, to be put back as often as a door has changed something."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection

from tests.conftest import planned_once, tables_of, unheld


class Snapshot:
    """The rows of every table beside the tables. Putting them back is many times cheaper than making them anew.

    The session that keeps them has no other task and ends with them. The plans of all these statements would be gone
    through at each table that is made or unmade later, and each snapshot makes a hundred.
    """

    def __init__(self, app: Flask) -> None:
        self._owner = unheld(app).connect()
        self._owner.detach()
        with self._owner.begin():
            tables = tables_of(self._owner)
            filled = [name for name in tables if _is_filled(self._owner, name)]
            for name in filled:
                self._owner.exec_driver_sql(f'CREATE TEMPORARY TABLE "{name}" AS TABLE public."{name}"')
            gone = [f'DELETE FROM public."{name}"' for name in tables]
            back = [f'INSERT INTO public."{name}" SELECT * FROM pg_temp."{name}"' for name in filled]
            self._owner.exec_driver_sql(planned_once("pg_temp.put_back", [*gone, *back]))

    def put_back(self) -> None:
        """The tables hold what they held then, and nothing else."""
        with self._owner.begin():
            self._owner.exec_driver_sql("SELECT pg_temp.put_back()")

    def forget(self) -> None:
        self._owner.close()


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
