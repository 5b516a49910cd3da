"""One way to save a page of the form, for the button and for saving while typing alike."""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from award.clock import now
from award.db import session
from award.entries import filling, forms, queries
from award.entries.dossiers import Dossier
from award.entries.merging import merge, stamp
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


def save(page: forms.Page[Any], entry: Entry, owner: Person, form: "MultiDict[str, str]") -> Saved:
    """The page stands as typed, where it can be read and nobody else wrote something different meanwhile.

    The caller holds the row locked and has asked whether it may be edited.
    """
    before = queries.dossier(entry.id, counted=False)
    stood = page.shown(before)
    typed = page.typed(form, stood)
    merged = merge(form.get("version", ""), stood, forms.chosen(form, typed, stood))
    if merged.conflicts:
        return Saved(before, merged.stamp, stood | typed, {}, merged.conflicts)
    read = page.read(merged.values, stood)
    if merged.values != stood:
        _apply(page, entry, owner, read.values)
        entry.changed_at = now()
        session.flush()
    after = queries.dossier(entry.id)
    shown = page.shown(after)
    kept = {name: text for name, text in merged.values.items() if name in read.messages}
    return Saved(after, stamp(shown), shown | kept, read.messages, {})


def _apply(page: forms.Page[Any], entry: Entry, owner: Person, said: Any) -> None:
    if page is forms.WORK:
        filling.save_work(entry, said)
    elif page is forms.PARTS:
        filling.save_parts(entry, said)
    elif page is forms.CAPTIONS:
        filling.save_captions(entry, said)
    elif page is forms.AUTHORS:
        filling.save_authors(entry, said, owner)
    else:
        filling.save_declarations(entry, said, now())
