"""The languages the product is read in: Vietnamese, in which it is written, and English out of a catalogue.

The reader chooses, and a cookie remembers it; what the browser prefers is not asked, since many a Vietnamese machine
runs an English system. Deeds, jobs, papers and letters speak Vietnamese whoever sets them going (`award.db`).
"""

import io
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask.ctx import AppContext
from flask.globals import app_ctx
from flask_babel import force_locale, get_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
"""Code → the name it has in itself."""
OWN = "vi"
COOKIE = "language"
A_YEAR = 365 * 24 * 3600
MOST_KEPT = 8192
"""Sentences of pages that stand ready to be written, all languages together: a page says the same words row by row."""
CATALOGUES = Path(__file__).parent / "translations"


def for_programs(path: str) -> bool:
    """Whether the address is read by programs: they bring no cookie, and none that came is looked at."""
    return path.startswith("/api/")


def chosen() -> str:
    """The language of the present reader; without a reader, as in a job or on the console, Vietnamese.

    A program has no cookie and asks for a language by itself, so its word counts.
    """
    if not has_request_context():
        return OWN
    if for_programs(request.path):
        return request.accept_languages.best_match(tuple(LANGUAGES), OWN) or OWN
    asked = request.cookies.get(COOKIE, OWN)
    return asked if asked in LANGUAGES else OWN


def spoken() -> str:
    """The language in which text is made at this moment: the reader's, or Vietnamese within a deed."""
    locale = getattr(_kept_beside(), "babel_locale", None) or get_locale()
    return locale.language if locale is not None else OWN


def said_in_vietnamese(words: object) -> LazyString:
    """The same words, looked up in Vietnamese whenever they are looked up: what letters say."""

    def say() -> str:
        with force_locale(OWN):
            return str(words)

    return LazyString(say)


def way_back(address: str) -> str:
    """The address if it is one of this house, otherwise the front door: nobody is led elsewhere."""
    parts = urlsplit(address)
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return address if own and address.isprintable() else "/"


class Agreeing(dict[str, Any]):
    """Values of a sentence. `%(n)s %(n:work|works)s` asks it for the word that goes with the number n."""

    def __missing__(self, key: str) -> str:
        name, colon, forms = key.partition(":")
        one, bar, other = forms.partition("|")
        if not colon or not bar:
            raise KeyError(key)
        return one if str(self[name]) == "1" else other


class Sentence(str):
    """A translated sentence whose words agree with the numbers it is given. It remembers what it says."""

    said_of: tuple[str, dict[str, Any]] | None = None

    def __str__(self) -> str:
        return self

    def __mod__(self, values: Any) -> str:
        return str.__mod__(self, Agreeing(values) if isinstance(values, Mapping) else values)


def retold(words: str) -> str:
    """The same, said in the language of this moment; text that was put together of several stays as it is."""
    if not isinstance(words, Sentence) or words.said_of is None:
        return words
    string, values = words.said_of
    again = {name: retold(value) if isinstance(value, str) else value for name, value in values.items()}
    return str(flask_babel.gettext(string, **again))


class Words(flask_babel.Domain):  # type: ignore[misc]
    """Looks sentences up in the catalogues of this application; what none has stays Vietnamese."""

    def __init__(self, catalogues: dict[str, NullTranslations]) -> None:
        super().__init__()
        self.catalogues = catalogues
        self._none = NullTranslations()
        self._plain = lru_cache(maxsize=MOST_KEPT)(self._looked_up)

    def get_translations(self) -> NullTranslations:
        return self.catalogues.get(spoken(), self._none)

    def gettext(self, string: str, **variables: Any) -> str:
        words = self._plain(self.get_translations(), string)
        if not variables:
            return words
        said = Sentence(words % variables)
        said.said_of = (string, variables)
        return said

    def _looked_up(self, catalogue: NullTranslations, string: str) -> Sentence:
        words = Sentence(catalogue.ugettext(string))
        words.said_of = (string, {})
        return words


class House(flask_babel.Babel):  # type: ignore[misc]
    """The library with our lookup."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    @property
    def domain_instance(self) -> Words:
        return self.words


_present: Callable[[], AppContext] = app_ctx._get_current_object  # type: ignore[attr-defined]


def _kept_beside() -> SimpleNamespace | None:
    """What the library keeps for the present request: its language, its time zone."""
    try:
        beside: dict[str, Any] = _present().g.__dict__
    except RuntimeError:
        return None
    kept: SimpleNamespace | None = beside.get("_flask_babel")
    if kept is None:
        kept = beside["_flask_babel"] = SimpleNamespace()
    return kept


flask_babel._get_current_context = _kept_beside
"""The library itself goes there through a proxy, four times for each sentence; a list of fifty works says thousands,
and half of the time of its page went into that."""


def install(app: Flask) -> None:
    """Pages of `app` are in the language their reader chose."""
    words = Words({code: catalogue(code) for code in LANGUAGES if code != OWN})
    House(words).init_app(app, default_locale=OWN, default_timezone="Asia/Ho_Chi_Minh", locale_selector=chosen)
    app.extensions["words"] = words

    @lru_cache(maxsize=MOST_KEPT)
    def plain(code: str, string: str) -> Markup:
        said = words.catalogues.get(code, NullTranslations()).ugettext(string)
        return Markup(said) % Agreeing()  # noqa: S704  (the sentence is ours)

    @pass_context
    def gettext(context: Context, string: str, /, **variables: Any) -> str:
        if not variables and context.eval_ctx.autoescape:
            return plain(spoken(), string)
        said = words.gettext(string)
        if not context.eval_ctx.autoescape:
            return said % variables
        values = Agreeing({name: each if type(each) is int else escape(each) for name, each in variables.items()})
        return Markup(str.__mod__(said, values))  # noqa: S704  (the sentence is ours; its values are escaped)

    app.jinja_env.globals["gettext"] = app.jinja_env.globals["_"] = gettext


def catalogue(code: str) -> Translations:
    """The sentences of a language. They are compiled once; the compiled file bears the time of its source."""
    source = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    compiled, stamp = source.with_suffix(".mo"), source.stat().st_mtime_ns
    with suppress(OSError):
        if compiled.stat().st_mtime_ns == stamp:
            return Translations(io.BytesIO(compiled.read_bytes()))
    made = io.BytesIO()
    with source.open("rb") as text:
        write_mo(made, read_po(text, locale=code))
    with suppress(OSError):  # where nothing may be written, every start compiles
        fresh = compiled.with_name(f"{compiled.name}.{os.getpid()}")
        fresh.write_bytes(made.getvalue())
        os.utime(fresh, ns=(stamp, stamp))
        fresh.replace(compiled)
    return Translations(io.BytesIO(made.getvalue()))
