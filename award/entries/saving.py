"""One way to save a page of the form, for the button and for saving while typing alike."""

from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from award.clock import now
from award.db import session
from award.entries import filling, forms, queries
from award.entries.dossiers import Dossier
from award.entries.hands import hand_of, locked_rows, writable
from award.entries.merging import merge, news, stamp, touched
from award.entries.models import Entry
from award.people.models import Person


@dataclass(frozen=True)
class Saved:
    """What became of a page: the dossier as it stands now, what was typed, what could not be read, what is contested.

    With `conflicts` nothing was saved. `version` is what the form carries from now on.
    """

    dossier: Dossier
    version: str
    typed: forms.Shown
    messages: forms.Messages
    conflicts: dict[str, tuple[str, str]]
    other: str = ""
    """Who saved the contested texts, when it was another person."""
    others: dict[str, str] = field(default_factory=dict)
    """Texts of fields that were not sent and stand otherwise than the form shows them."""


def save(page: forms.Page[Any], entry: Entry, by: Person, form: "MultiDict[str, str]") -> Saved:
    """The page stands as typed, where it can be read and nobody else wrote something different meanwhile.

    The caller holds the row locked and has asked whether `by` may edit it. What is typed into the row of an author who
    keeps it stands nowhere.
    """
    before = queries.dossier(entry.id, counted=False)
    stood = page.shown(before)
    typed = _writable(page, before, by, page.typed(form, stood))
    seen = form.get("version", "")
    typed = touched(seen, typed)
    merged = merge(seen, stood, forms.chosen(form, typed, stood))
    if merged.conflicts:
        others = news(seen, stood, typed)
        return Saved(before, merged.stamp, stood | typed, {}, merged.conflicts, _somebody_else(entry, by), others)
    read = page.read(merged.values, stood)
    if merged.values != stood:
        entry.changed_at, entry.changed_by_id = now(), by.id
        with session.no_autoflush:  # what the page changes goes to the database at once, not by one field after another
            _apply(page, entry, read.values)
        session.flush()
    after = queries.dossier(entry.id)
    shown = page.shown(after)
    kept = {name: text for name, text in merged.values.items() if name in read.messages}
    others = news(seen, shown, typed)
    return Saved(after, stamp(shown), shown | kept, read.messages, {}, others=others)


def _writable(page: forms.Page[Any], before: Dossier, by: Person, typed: forms.Shown) -> forms.Shown:
    if page is not forms.AUTHORS:
        return typed
    locked = locked_rows(by.id, before.owner_id, before.authors)
    known = frozenset(author.key for author in before.authors)
    return writable(typed, locked, row_only=hand_of(by.id, before) != "whole", known=known)


def _somebody_else(entry: Entry, by: Person) -> str:
    """Who saved last, when it was another person."""
    if entry.changed_by_id in {None, by.id}:
        return ""
    return session.get_one(Person, entry.changed_by_id).legal_name


def _apply(page: forms.Page[Any], entry: Entry, said: Any) -> None:
    if page is forms.WORK:
        filling.save_work(entry, said)
    elif page is forms.PARTS:
        filling.save_parts(entry, said)
    elif page is forms.CAPTIONS:
        filling.save_captions(entry, said)
    elif page is forms.AUTHORS:
        filling.save_authors(entry, said, session.get_one(Person, entry.owner_id))
    else:
        filling.save_declarations(entry, said, now())
