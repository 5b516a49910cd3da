"""Rows that are let go a number of days after an instant they bear."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from award.db import session
from award.personal import Lapse, Waiting


def older(
    code: str,
    what: str,
    since: str,
    days: int | None,
    model: type[DeclarativeBase],
    instant: ColumnElement[Any] | InstrumentedAttribute[Any],
    *only: ColumnElement[bool],
) -> Lapse:
    """The class of those rows of `model`, of which `only` is true, whose `instant` lies before the limit."""

    def waiting(limit: datetime) -> Waiting:
        counted = select(func.count().filter(instant < limit), func.min(instant)).select_from(model).where(*only)
        due, oldest = session.execute(counted).tuples().one()
        return Waiting(due, oldest)

    def let_go(limit: datetime) -> int:
        gone = session.execute(delete(model).where(instant < limit, *only).execution_options(synchronize_session=False))
        return int(gone.rowcount)  # type: ignore[attr-defined]

    return Lapse(code, what, since, days, waiting, let_go)
