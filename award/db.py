"""The database: base model, the session of the present request, and the one way to commit."""

import secrets
import time
import unicodedata
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import psycopg
from flask import has_request_context, request
from flask.globals import app_ctx
from flask_babel import force_locale
from psycopg import _queries
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    scoped_session,
    sessionmaker,
)
from sqlalchemy.orm.attributes import instance_state

from award.clock import now
from award.languages import OWN
from award.reserve import Reserve
from award.verdicts import Refused

T = TypeVar("T")
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class NfcText(TypeDecorator[str]):
    """Text that reaches the database in Unicode's composed form, however it was typed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else unicodedata.normalize("NFC", value)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        str: NfcText(),
        datetime: DateTime(timezone=True),
        bytes: LargeBinary(),
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        list[str]: JSON().with_variant(JSONB(), "postgresql"),
        list[dict[str, Any]]: JSON().with_variant(JSONB(), "postgresql"),
        int: BigInteger(),
    }


def new_public_id() -> str:
    """Twelve random characters without look-alikes: what stands in addresses instead of a row number."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def words_of(name: str, column: str) -> Index:
    """An index by which a few letters are found anywhere in the column, or in what is computed of it."""
    return Index(name, text(f"({column}) gin_trgm_ops"), postgresql_using="gin")


class Numbered:
    """A row with an inner number, a random public id for addresses, and the instant it was made."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Knowing(Session):
    """Gives a row that it holds already at once: the frame of a page asks forty times for one edition."""

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        held = None if options else self._held(entity, ident)
        return super().get(entity, ident, **options) if held is None else held

    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        held = None if options else self._held(entity, ident)
        return super().get_one(entity, ident, **options) if held is None else held

    def _held(self, entity: Any, ident: Any) -> Any:
        """The row, if it is here and nothing happened that makes it necessary to read it again."""
        held = self.identity_map.get((entity, (ident,), None)) if type(ident) is int else None
        return None if held is None or instance_state(held).expired else held


_sessions: sessionmaker[Session] = sessionmaker(class_=Knowing, expire_on_commit=False)
session: scoped_session[Session] = scoped_session(
    _sessions,
    scopefunc=lambda: id(app_ctx._get_current_object()),  # type: ignore[attr-defined]
)


RESTED_SECONDS = 1.0
"""After so long without work a connection may have died unnoticed, with the database or on the way to it."""
STANDING_STILL_MS = 10 * 60 * 1000
"""Who has begun to write and says nothing more for so long was stopped: the rows it holds are others' again."""

_queries.MAX_CACHED_STATEMENT_LENGTH = 64 * 1024
_queries.MAX_CACHED_STATEMENT_PARAMS = 500
"""The library reads long statements, and those with many values, anew each time, as if no two were alike; ours are the
same few. To read the one that asks for a dossier cost a tenth of the page that shows it."""
PREPARED_AT_ONCE = 250
"""Statements that one connection keeps ready. All pages that people open daily ask about so many different ones."""


class Lasting(psycopg.Connection[Any]):
    """A connection whose prepared statements outlive a rollback, as they do on the server.

    Whatever only reads ends with one, so nearly every request. The library forgets them then, for fear of tables that
    were made and unmade on the way; here no table is made while people work. To parse and plan a statement anew costs
    the server more than to answer it. After a fault they are forgotten all the same, and made anew.
    """

    def rollback(self) -> None:
        if self.pgconn.transaction_status == TransactionStatus.IDLE:
            return  # as the pool finds it, which asks for certain
        begun = self.pgconn.transaction_status == TransactionStatus.INTRANS
        if not begun or self.pgconn.exec_(b"ROLLBACK").status != ExecStatus.COMMAND_OK:
            super().rollback()


def connect(url: str) -> Engine:
    """An engine for `url` whose statements give up after five seconds, bound to every session from now on. What people
    typed stands in no fault of theirs.

    Titles count as near (the operator %) when they share half of their groups of three letters. To fetch a page from
    anywhere costs about what the next one costs: so it is on disks without moving parts, and in memory. No statement is
    compiled to machine code, however dear tables without statistics make it look: all are over before that pays. Of
    connections that rest the one used last is taken: it has most statements ready. The last ones are kept for scoring.
    """
    engine = create_engine(
        url,
        poolclass=Reserve,
        pool_size=10,
        max_overflow=10,
        pool_timeout=5,
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={
            "options": "-c statement_timeout=15000 -c lock_timeout=10000 -c timezone=UTC"
            f" -c idle_in_transaction_session_timeout={STANDING_STILL_MS}"
            " -c pg_trgm.similarity_threshold=0.5 -c random_page_cost=1.1 -c jit=off"
        },
    )
    _keep_statements(engine)
    _look_before_use(engine)
    _sessions.configure(bind=engine)
    return engine


def _keep_statements(engine: Engine) -> None:
    @event.listens_for(engine, "do_connect")
    def _made(_dialect: object, _record: object, words: Any, named: Any) -> Lasting:
        made = Lasting.connect(*words, **named)
        made.prepared_max = PREPARED_AT_ONCE
        return made


def _look_before_use(engine: Engine) -> None:
    """A connection that has rested is tried before it is given out, and all that are dead with it are made anew.

    One that was in use a moment ago is not asked: a request takes two, and asking costs it as much as a statement.
    """
    dialect = engine.dialect

    @event.listens_for(engine, "checkin")
    def _rests(_connection: object, kept: Any) -> None:
        kept.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _looked_at(connection: Any, kept: Any, _proxy: object) -> None:
        if time.monotonic() - kept.info.get("rests_since", time.monotonic()) < RESTED_SECONDS:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as fault:
            if dialect.is_disconnect(fault, connection, None):
                raise InvalidatePoolError from fault
            raise


def once_a_request(question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question that many rooms ask while one page is built; outside of requests it is asked anew."""
    if not has_request_context():
        return ask()
    memory = _memory()
    if question not in memory:
        memory[question] = ask()
    answer: T = memory[question]
    return answer


def answered(question: Hashable, answer: object) -> None:
    """Who asks `once_a_request` in the rest of this request is told the answer."""
    if has_request_context():
        _memory()[question] = answer


def _memory() -> dict[Hashable, Any]:
    memory: dict[Hashable, Any] = request.environ.setdefault("house.memory", {})
    return memory


_WRITTEN = "written"


@event.listens_for(_sessions, "after_flush")
def _note_what_was_written(writing: Session, _context: object) -> None:
    writing.info[_WRITTEN] = True


@event.listens_for(_sessions, "do_orm_execute")
def _note_what_was_said(said: ORMExecuteState) -> None:
    """Whatever does not only read; to lock is to hold others up while a page is drawn."""
    if not said.is_select or getattr(said.statement, "_for_update_arg", None) is not None:
        said.session.info[_WRITTEN] = True


def undo() -> None:
    """What this request began to change is undone, as before the page of a refusal is drawn.

    What it only read stays known: the same person and edition stand at the head of that page, and to forget them would
    be to ask for each again. A transaction that failed is ended, and so is one that wrote.
    """
    current = session()
    wrote = current.info.get(_WRITTEN) or current.new or current.dirty or current.deleted
    if wrote or not current.is_active or not _goes_on(current):
        current.rollback()


def _goes_on(current: Session) -> bool:
    """Whether more can be asked in the present transaction, or there is none."""
    if not current.in_transaction():
        return True
    found = current.connection()
    begun: psycopg.Connection[Any] | None = None if found.invalidated else found.connection.driver_connection
    return begun is not None and begun.info.transaction_status == TransactionStatus.INTRANS


class After:
    """What waits for the commit: `after(fn)` runs fn once the rows are safe, never when they were rolled back."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], object]] = []

    def __call__(self, act: Callable[[], object]) -> None:
        self._waiting.append(act)

    def run(self) -> None:
        for act in self._waiting:
            act()


def before_commit(act: Callable[[Session], object]) -> None:
    """`act` runs as the last thing before the present unit of work commits, in the order of asking."""
    session().info.setdefault("before_commit", []).append(act)


def commit() -> None:
    """Commits what the present session holds, with everything asked of `before_commit` done last.

    Only `unit_of_work` and the account library's own views, which cannot be put inside one, end here.
    """
    current = session()
    current.flush()
    for act in current.info.pop("before_commit", []):
        act(current)
    current.commit()


@contextmanager
def unit_of_work() -> Iterator[After]:
    """Everything done inside is committed together at the end, or nothing is. Doors use it; operations never commit.

    What is written down is in Vietnamese whoever reads the page; what waits for the commit speaks to the reader again.
    """
    after = After()
    try:
        with force_locale(OWN):
            yield after
            commit()
    except BaseException as reason:
        session().info.pop("before_commit", None)
        session.rollback()
        if isinstance(reason, Refused):
            reason.retell()
        raise
    after.run()
