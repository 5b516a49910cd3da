"""What stood before an event and after it, in words.

Only kinds named here have their values shown. Of any other kind the log may hold words about a person, or words that
somebody wrote for few readers: of those it is told that something was written down, and where to look is another page.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _

from award import dates
from award.editions.amended import words_as
from award.editions.clauses import Rule
from award.editions.models import Edition
from award.editions.statute import BY_CODE
from award.oversight.events import Happened
from award.screening.filters import STATES

_LONGEST = 300
_ENDS = ("before", "after")


class Change(NamedTuple):
    """Of what, and what was said of it; empty words stand for nothing."""

    label: str
    before: str
    after: str


def changes(edition: Edition, happened: Happened) -> list[Change]:
    """Every difference that may be shown."""
    if happened.event.kind == "clause.set":
        return _clause(edition, happened.facts, happened.detail)
    read = _READ.get(happened.event.kind)
    return read(happened.facts, happened.detail) if read else []


def kept_back(happened: Happened) -> bool:
    """More is written down than is shown."""
    return bool(happened.detail) and happened.event.kind not in {"clause.set", *_READ}


def _clause(edition: Edition, facts: Mapping[str, Any], detail: Mapping[str, Any]) -> list[Change]:
    definition = BY_CODE.get(str(facts.get("code")))
    if definition is None or "after" not in detail:
        return []
    said = [words_as(Rule(definition, edition, **each))[1] if each else "" for each in map(detail.get, _ENDS)]
    return [Change(str(definition.label), *map(_cut, said))]


def _whole(_facts: Mapping[str, Any], detail: Mapping[str, Any]) -> list[Change]:
    return [Change("", _words(detail["before"]), _words(detail["after"]))] if "after" in detail else []


def _by_name(_facts: Mapping[str, Any], detail: Mapping[str, Any]) -> list[Change]:
    return [Change("", _words(before), _words(after)) for before, after in detail.values()]


def _screened(facts: Mapping[str, Any], _detail: Mapping[str, Any]) -> list[Change]:
    before, after = (STATES.get(str(facts.get(end)), ("", ""))[1] for end in ("from", "to"))
    return [Change("", str(before), str(after))] if before and after else []


def _extended(facts: Mapping[str, Any], _detail: Mapping[str, Any]) -> list[Change]:
    before, after = (_moment(facts.get(end)) for end in ("from", "to"))
    return [Change("", before, after)]


_READ: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], list[Change]]] = {
    "edition.described": _by_name,
    "edition.dates_set": _by_name,
    "edition.extended": _extended,
    "entry.screened": _screened,
    "outlet_kinds.set": _whole,
    "prizes.set": _whole,
    "topics.set": _whole,
}


def _moment(value: object) -> str:
    return dates.moment(datetime.fromisoformat(value)) if isinstance(value, str) and value else ""


def _words(value: object) -> str:
    """Plain text of a plain value."""
    if isinstance(value, bool):
        return str(_("Có")) if value else str(_("Không"))
    if isinstance(value, list):
        return _cut("; ".join(_words(each) for each in value))
    if isinstance(value, dict):
        return _cut(", ".join(said for each in value.values() if (said := _words(each)) and each is not False))
    return "" if value is None else _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
