"""What the room intake hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.models import Entry
from award.features import Feature, FileSight, NextAct
from award.intake import (
    disks,  # noqa: F401 - its doors stand on the same blueprint
    imports,  # noqa: F401 - and these
    looking,  # noqa: F401 - and these
    loose,  # noqa: F401 - and these
    permissions,
    prints,  # noqa: F401 - and these
    queries,
    things,  # noqa: F401 - and these
    views,
    works,  # noqa: F401 - and these
)
from award.intake.filters import LedgerFilter
from award.intake.personal import personal
from award.people.models import Person
from award.verdicts import Verdict


def _seen(person_id: int | None, edition_id: int | None) -> tuple[Edition, Capacity] | None:
    if person_id is None or edition_id is None:
        return None
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    return (edition, by) if permissions.can_read(by) and edition.state != "draft" else None


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    seen = _seen(person_id, edition_id)
    return [(_("Sổ tiếp nhận"), url_for("intake.ledger", slug=seen[0].slug))] if seen else []


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the secretariat: parcels whose work nobody has entered or found yet, and where the next one is written."""
    seen = _seen(person_id, edition_id)
    if seen is None or not seen[1].holds("secretary"):
        return []
    edition, by = seen
    acts = []
    if alone := queries.counts(edition).get("alone"):
        there = url_for("intake.ledger", slug=edition.slug) + LedgerFilter(state="alone").address()
        acts.append(NextAct(_("Gắn %(n)s gói hồ sơ với tác phẩm", n=alone), there, weight=18))
    if permissions.can_bring_in(by, edition):
        there = url_for("intake.register", slug=edition.slug)
        acts.append(NextAct(_("Ghi hồ sơ gửi đến qua bưu điện, nộp trực tiếp"), there, weight=45))
    return acts


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """The scan of a letter or an envelope is read by who may read the ledger."""
    parcel = queries.parcel_of_scan(file_id) if person_id is not None else None
    if parcel is None and (edition_id := queries.edition_of_loose(file_id)) is not None:
        return FileSight("ban-quet") if _seen(person_id, edition_id) is not None else None
    if parcel is None or _seen(person_id, parcel.edition_id) is None:
        return None
    return FileSight(f"goi-ho-so-{parcel.number}")


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """It comes in as long as its line may be corrected."""
    parcel = queries.parcel_of_scan(file_id)
    if parcel is None and (edition_id := queries.edition_of_loose(file_id)) is not None:
        edition = session.get_one(Edition, edition_id)
        return permissions.can_register(capacity(session.get_one(Person, person_id), edition), edition)
    if parcel is None:
        return None
    edition = session.get_one(Edition, parcel.edition_id)
    return permissions.can_change(capacity(session.get_one(Person, person_id), edition), edition, parcel)


def told_of_draft(entry_id: int) -> Sequence[NextAct]:
    """To who fills in a dossier for its authors: whose it is, and the parcel it came with."""
    entry = session.get_one(Entry, entry_id)
    if entry.came_at is None or _seen(entry.owner_id, entry.edition_id) is None:
        return ()
    edition = session.get_one(Edition, entry.edition_id)
    authors = ", ".join(author.legal_name for author in entry.authors)
    return [
        NextAct(
            _("Hồ sơ giấy của %(authors)s, nhập thay tác giả: gói số %(n)s", authors=authors, n=parcel.number),
            url_for("intake.parcel", slug=edition.slug, parcel_id=parcel.public_id),
        )
        for parcel in queries.parcels_of(entry_id)
    ]


def told_owner(entry_id: int, person_id: int) -> Sequence[NextAct]:  # noqa: ARG001  (the same for a submitted one)
    return told_of_draft(entry_id)


feature = Feature(
    name="intake",
    blueprint=views.blueprint,
    navigation=navigation,
    next_acts=next_acts,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    told_of_draft=told_of_draft,
    told_owner=told_owner,
    personal=personal,
)
