"""The framework's application as this house needs it: what every page names is put together once."""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment

MOST_KEPT = 8192


class Templates(Environment):
    """Templates that see one plain table of names. All names are there before the first template is read; the
    library's own table of tables looks each of them up for each import of each page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class Application(Flask):
    """The framework's application. An address follows from its door and from what stands in it and nothing else, so
    one that a page has named is not put together again: a list of fifty works names a hundred."""

    jinja_environment = Templates

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._address = lru_cache(maxsize=MOST_KEPT, typed=True)(self._put_together)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        if not has_request_context() or endpoint.startswith(".") or any(name.startswith("_") for name in values):
            return super().url_for(endpoint, **values)
        try:
            return self._address(request.script_root, request.method, endpoint, tuple(values), *values.values())
        except TypeError:  # a list, as of choices: not to be kept by
            return super().url_for(endpoint, **values)

    def _put_together(self, _root: str, _method: str, endpoint: str, names: tuple[str, ...], *values: Any) -> str:
        return super().url_for(endpoint, **dict(zip(names, values, strict=True)))
