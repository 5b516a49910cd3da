"""Counting what a page costs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import event


@dataclass
class Spent:
    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries(house: Flask) -> Callable[[], AbstractContextManager[Spent]]:
    """`with count_queries() as spent: visitor.get(…)`; then `len(spent)`. Session and user are counted too."""

    @contextmanager
    def counting() -> Iterator[Spent]:
        spent = Spent()

        def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
            spent.statements.append(statement)

        engine = house.extensions["engine"]
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield spent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
