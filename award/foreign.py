"""What another house wrote, read with trust in nobody: each field has its type and its limit, each fault its place."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeVar

from award.text import canonical, one_line

_LINE, _LONG = 500, 5000
_UNTOLD = re.compile("[\0\ud800-\udfff]")
"""What no text of people holds, and no database takes."""
T = TypeVar("T")


class Unreadable(Exception):
    """What was written is not understood at this place: works[3].parts[0].published_on."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class Row:
    """One object of what was written, with the place it stands at."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise Unreadable(where)
        self._value, self.where = value, where

    def at(self, name: str) -> str:
        return ".".join(each for each in (self.where, name) if each)

    def value(self, name: str) -> Any:
        return self._value.get(name)

    def with_default(self, name: str, value: Any) -> "Row":
        """The same, saying `value` where the name is not said: by who wrote before there was such a thing."""
        return Row({name: value} | self._value, self.where)

    def text(self, name: str, *, most: int = _LONG) -> str:
        value = self._value.get(name, "")
        if not isinstance(value, str) or len(value) > most or _UNTOLD.search(value):
            raise Unreadable(self.at(name))
        return canonical(value)

    def line(self, name: str, *, most: int = _LINE, needed: bool = False) -> str:
        found = one_line(self.text(name, most=most))
        if needed and not found:
            raise Unreadable(self.at(name))
        return found

    def matching(self, name: str, form: re.Pattern[str]) -> str:
        found = self.text(name)
        if not form.fullmatch(found):
            raise Unreadable(self.at(name))
        return found

    def flag(self, name: str) -> bool:
        value = self._value.get(name)
        if not isinstance(value, bool):
            raise Unreadable(self.at(name))
        return value

    def number(self, name: str, least: int, most: int) -> int | None:
        value = self._value.get(name)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= most:
            raise Unreadable(self.at(name))
        return value

    def day(self, name: str) -> date | None:
        return self._told(name, date.fromisoformat)

    def hour(self, name: str) -> time | None:
        return self._told(name, time.fromisoformat)

    def moment(self, name: str) -> datetime | None:
        """An instant that says how far from UTC it is told."""
        found = self._told(name, datetime.fromisoformat)
        if found is not None and found.tzinfo is None:
            raise Unreadable(self.at(name))
        return found

    def words(self, name: str, most: int) -> list[str]:
        """A list of lines."""
        value = self._value.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise Unreadable(self.at(name))
        return [Row({"": each}, f"{self.at(name)}[{n}]").text("") for n, each in enumerate(value)]

    def below(self, name: str) -> "Row":
        """The object that stands under the name."""
        return Row(self._value.get(name), self.at(name))

    def rows(self, name: str, most: int, read_row: Callable[["Row"], T], *, needed: bool = False) -> tuple[T, ...]:
        listed = self._value.get(name)
        if not isinstance(listed, list) or len(listed) > most or (needed and not listed):
            raise Unreadable(self.at(name))
        return tuple(read_row(Row(each, f"{self.at(name)}[{n}]")) for n, each in enumerate(listed))

    def _told(self, name: str, form: Callable[[str], T]) -> T | None:
        value = self._value.get(name)
        if value is None:
            return None
        try:
            return form(value)
        except (ValueError, TypeError) as fault:
            raise Unreadable(self.at(name)) from fault
