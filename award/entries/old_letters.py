"""What was pasted from an old font: told beside its field as it reads, turned into Unicode when asked. Pure."""

from collections.abc import Mapping

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from award.encodings import Reading, readings
from award.entries.forms import Messages
from award.entries.showing import Caution


def told(shown: Mapping[str, str]) -> Messages:
    """Field → which encoding wrote its text, and how it reads."""
    return {name: [_sentence(read)] for name, read in readings(shown).items()}


def _sentence(read: Reading) -> Caution:
    words = {"encoding": read.encoding, "text": _short(read.text)}
    return Caution(_("Gõ bằng bảng mã %(encoding)s, đọc là “%(text)s”.", **words))


def as_read(form: "MultiDict[str, str]") -> "MultiDict[str, str]":
    """The form with every text as it reads."""
    read = readings({name: text for name, text in form.items() if name not in {"csrf_token", "version"}})
    return MultiDict((name, read[name].text if name in read else text) for name, text in form.items(multi=True))


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119].rstrip() + "…"
