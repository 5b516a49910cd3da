"""A form of set-up: rows that grow and shrink without a script, faults with their fields, and what stood before."""

import hashlib
from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, HiddenField
from wtforms.fields import Field

from award.verdicts import Verdict

_OWN = ("csrf_token", "seen")


class SetupForm(FlaskForm):  # type: ignore[misc]
    """`seen` is a print of what was stored when the page was made: who saves over another's change is told."""

    seen = HiddenField()

    def stamp(self, stored: "SetupForm") -> None:
        """The form now knows what is stored."""
        self.seen.data = stored.fingerprint()
        self.seen.raw_data = None

    def fingerprint(self) -> str:
        """The same for the same content, whoever typed it."""
        return hashlib.sha256(repr(_plain(self.data)).encode()).hexdigest()[:32]

    def rearrange(self, typed: MultiDict[str, str]) -> bool:
        """True when a button asked for a row more or less; the form then has it and nothing is saved."""
        if name := typed.get("add"):
            rows = self._fields.get(name)
            if isinstance(rows, FieldList):
                if not rows.max_entries or len(rows) < rows.max_entries:
                    rows.append_entry()
                return True
        for act, step in (("up", -1), ("down", 1)):
            name, _, index = typed.get(act, "").rpartition("-")
            rows = self._fields.get(name)
            if isinstance(rows, FieldList):
                _change_places(rows, f"{name}-{index}", step)
                return True
        name, _, index = typed.get("remove", "").rpartition("-")
        rows = self._fields.get(name)
        if isinstance(rows, FieldList):
            rows.entries = [row for row in rows.entries if row.name != f"{name}-{index}"]
            return True
        return False

    def faults(self) -> list[tuple[str, str]]:
        """Every message with the id of its field, in the order of the page."""
        found = [(f"{field.label.text}: {message}", field.id) for field in _leaves(self) for message in _said(field)]
        found += [(str(message), rows.id) for rows in self if isinstance(rows, FieldList) for message in _said(rows)]
        return found + [(str(message), "") for message in self.form_errors]

    def place(self, verdict: Verdict) -> bool:
        """Puts a refusal beside the field that bears its code; False when the form has none."""
        field = self._fields.get(verdict.code)
        if field is None:
            return False
        field.errors = [*field.errors, verdict.sentence]
        return True

    def differences(self, stored: "SetupForm") -> list[tuple[str, str]]:
        """What is stored otherwise than typed here: (label, stored text)."""
        typed = {field.name: _shown(field) for field in _leaves(self)}
        return [
            (str(field.label.text), _shown(field))
            for field in _leaves(stored)
            if typed.get(field.name, "") != _shown(field) and field.type != "HiddenField"
        ]


def _change_places(rows: FieldList, name: str, step: int) -> None:
    """What the named row holds and what its neighbour on that side holds change places."""
    here = next((n for n, row in enumerate(rows.entries) if row.name == name), None)
    if here is None or not 0 <= here + step < len(rows.entries):
        return
    first, second = rows.entries[here].form, rows.entries[here + step].form
    mine, theirs = first.data, second.data
    first.process(data=theirs)
    second.process(data=mine)


def _leaves(form: Any) -> Iterator[Field]:
    for field in form:
        if isinstance(field, FormField):
            yield from _leaves(field.form)
        elif isinstance(field, FieldList):
            yield from _leaves(field)
        elif field.name not in _OWN:
            yield field


def _said(field: Field) -> list[str]:
    return [str(message) for message in field.errors if not isinstance(message, (dict, list))]


def _shown(field: Field) -> str:
    """The answer of a field as a person reads it."""
    if hasattr(field, "iter_choices"):
        return "; ".join(str(label) for _value, label, chosen, *_rest in field.iter_choices() if chosen)
    if isinstance(field.data, bool):
        return "✓" if field.data else ""
    return str(field._value())


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return sorted((key, _plain(value)) for key, value in data.items() if key not in _OWN)
    if isinstance(data, (list, tuple)):
        return [_plain(value) for value in data]
    return None if data in ("", None) else data


class Row(Form):  # type: ignore[misc]
    """One row of a list within a form."""
