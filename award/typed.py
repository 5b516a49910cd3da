"""What people type, on its way in: every form of the house is read here, whatever its page does with it, and whatever
a script or a program sends as JSON.

Text arrives composed (NFC), with one kind of line break and without signs nobody sees. A field of one line or of
several holds it in its canonical form. Text that an old font wrote (TCVN3, VNI) is not kept before its typist has seen
how it reads and said which of the two is meant: the message beside the field asks, the next sending answers.
"""

import re
from typing import Any

import wtforms
from flask import Request, request
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import ImmutableMultiDict
from wtforms.validators import StopValidation

from award.encodings import Reading, reading
from award.text import canonical, composed, one_line

MEANT = "chu:"
"""Before the name of a field: what was chosen for its text, as it reads or as it stands."""
AS_IT_READS, AS_IT_STANDS = "unicode", "nguyen"
_SHOWN = 120
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control signs and halves of letters, which JSON may spell and PostgreSQL refuses."""


class TypedRequest(Request):
    """A request whose form and JSON hold what was typed as the house keeps it. What is secret stays as it came."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        return told_as_kept(super().get_json(force=force, silent=silent, cache=cache))

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        self.__dict__["form"] = as_kept(self.__dict__["form"])


def as_kept(form: "ImmutableMultiDict[str, str]") -> "ImmutableMultiDict[str, str]":
    """The form with every text composed, and those as they read of which that was said."""
    said = {
        name.removeprefix(MEANT) for name, choice in form.items() if name.startswith(MEANT) and choice == AS_IT_READS
    }
    return ImmutableMultiDict((name, _kept(name, text, said)) for name, text in form.items(multi=True))


def _kept(name: str, text: str, said: set[str]) -> str:
    if "password" in name:
        return text
    found = reading(text) if name in said else None
    return composed(text if found is None else found.text)


def told_as_kept(value: Any, name: str = "") -> Any:
    """A value of JSON with every text in it composed, its names too, and without signs that no table can hold.

    `name` is what the value is called by; there is no way to say of old letters which text is meant, so they stay.
    """
    if isinstance(value, str):
        return value if "password" in name else _NO_TEXT.sub("", composed(value))
    if isinstance(value, list):
        return [told_as_kept(each, name) for each in value]
    if isinstance(value, dict):
        return {_NO_TEXT.sub("", composed(key)): told_as_kept(each, key) for key, each in value.items()}
    return value


def line(name: str, most: int | None = None) -> str:
    """One line of the present form, where no field reads it; no longer than `most`."""
    return one_line(request.form.get(name, ""))[:most].strip()


def lines(name: str, most: int | None = None) -> str:
    """The same of a text of several lines."""
    return canonical(request.form.get(name, ""))[:most].strip()


class OldLetters(str):
    """Says that a text was written in an old font and how it reads; `field` is asked which is meant."""

    field: str
    text: str


def asked_about(name: str, found: Reading) -> OldLetters:
    shown = found.text if len(found.text) <= _SHOWN else found.text[: _SHOWN - 1].rstrip() + "…"
    words = _("Gõ bằng bảng mã %(encoding)s, đọc là “%(text)s”.", encoding=found.encoding, text=shown)
    message = OldLetters(str(words))
    message.field, message.text = name, shown
    return message


class _Typed:
    """Of a field of text: what an old font wrote is asked about, once."""

    data: Any
    name: str

    def pre_validate(self, _form: Any) -> None:
        found = reading(self.data or "")
        if found is not None and request.form.get(f"{MEANT}{self.name}") != AS_IT_STANDS:
            raise StopValidation(asked_about(self.name, found))


class StringField(_Typed, wtforms.StringField):  # type: ignore[misc]
    """One line."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = one_line(valuelist[0]) if valuelist else ""


class TextAreaField(_Typed, wtforms.TextAreaField):  # type: ignore[misc]
    """Several lines."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = canonical(valuelist[0]) if valuelist else ""
