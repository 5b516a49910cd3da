"""What a process writes of itself: a line of JSON for each act, each refusal and each fault.

A line names the door, never the address: addresses hold tokens. It holds no form, no cookie, no name and no mark; who
acted stands as the number of the person. What happened to the award is told by the log of events, not here.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from typing import Any, TextIO

import psycopg
import structlog
from flask import Flask, Response, g, request, session
from sqlalchemy.exc import DBAPIError
from structlog.stdlib import ProcessorFormatter

WORDS = {400: "input_refused", 403: "authz_fail", 404: "not_found", 405: "method_refused", 409: "conflict"}
WORDS |= {410: "gone", 413: "too_large", 429: "rate_limited"}
"""What an answer of this number is called; of others below 400 `act`, from 500 on `fault`."""
_ENDS = {end: f"\\u{end:04x}" for end in (0x85, 0x2028, 0x2029)}
SAFE = {"GET", "HEAD", "OPTIONS"}

_lines = logging.getLogger("giai")
_stamped = structlog.processors.TimeStamper(fmt="iso", utc=True, key="at")


def handler(stream: TextIO) -> logging.Handler:
    """Writes whatever is logged in this process to the stream, a line of JSON each."""
    told = logging.StreamHandler(stream)
    told.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                _stamped,
                structlog.stdlib.ExtraAdder(allow=("facts",)),
            ],
            processors=[
                ProcessorFormatter.remove_processors_meta,
                _spread,
                structlog.processors.ExceptionRenderer(_traced),
                structlog.processors.JSONRenderer(_one_line),
            ],
        )
    )
    return told


def _traced(exc_info: structlog.typing.ExcInfo) -> str:
    """Where the fault came from. A database says in its own what stood in the row: of that only which rule was broken,
    by number and name."""
    told = "".join(traceback.format_exception(*exc_info)).rstrip("\n")
    for fault in sorted(_chain(exc_info[1]), key=lambda each: -len(str(each))):
        if str(fault):
            told = told.replace(str(fault), _rule_of(fault))
    return told


def _chain(raised: BaseException | None) -> Iterator[BaseException]:
    """Every fault of a database in it, those another one came of too."""
    waiting, seen = [raised], set[int]()
    while waiting:
        fault = waiting.pop()
        if fault is None or id(fault) in seen:
            continue
        seen.add(id(fault))
        waiting += [fault.__cause__, fault.__context__, getattr(fault, "orig", None)]
        if isinstance(fault, DBAPIError | psycopg.Error):
            yield fault


def _rule_of(fault: BaseException) -> str:
    diag = getattr(getattr(fault, "orig", None) or fault, "diag", None)
    return f"sqlstate={getattr(diag, 'sqlstate', None)} constraint={getattr(diag, 'constraint_name', None)}"


def _one_line(line: object, **options: Any) -> str:
    """Vietnamese stays readable; whatever some reader takes for the end of a line is written as its number."""
    return json.dumps(line, ensure_ascii=False, **options).translate(_ENDS)


def _spread(_logger: object, _method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {**line, **(line.pop("facts", None) or {})}


def begin() -> None:
    """This process writes lines of JSON from now on, to where it wrote before."""
    root = logging.getLogger()
    if not any(isinstance(each.formatter, ProcessorFormatter) for each in root.handlers):
        root.addHandler(handler(sys.stderr))
    _lines.setLevel(logging.INFO)


def tell(event: str, **facts: int | str | None) -> None:
    """A line that this happened. Facts are numbers and words of the house, never what somebody typed."""
    known = {name: value for name, value in facts.items() if value is not None}
    level = logging.ERROR if event == "fault" else logging.INFO
    _lines.log(level, event, extra={"facts": known})


def install(app: Flask) -> None:
    """Each act, refusal and fault at a door is a line from now on."""
    begin()

    @app.before_request
    def _came() -> None:
        g.came = time.monotonic()

    @app.after_request
    def _answered(response: Response) -> Response:
        status = response.status_code
        if status < 400 and request.method in SAFE:
            return response
        tell(
            "fault" if status >= 500 else WORDS.get(status, "input_refused" if status >= 400 else "act"),
            door=request.endpoint,
            method=request.method,
            status=status,
            edition=(request.view_args or {}).get("slug") if status != 404 else None,
            person=_person(),
            reference=g.get("reference"),
            milliseconds=round((time.monotonic() - g.came) * 1000) if "came" in g else None,
        )
        return response


def _person() -> int | None:
    """Whose session it was, as far as this request has asked. Nothing is asked for a line: of an account that a deed
    which was undone has forgotten, the session remembers whose it is."""
    user = g.get("_login_user")
    if not hasattr(type(user), "person_id"):  # nobody, or not asked for
        return None
    known: int | None = vars(user).get("person_id", getattr(session, "person_id", None))
    return known
