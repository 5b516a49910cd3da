"""What the room nominations hands to the house."""

from collections.abc import Sequence
from functools import partial

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from award import dates, house_key
from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, national_edition
from award.entries.models import Entry
from award.features import Feature, FileSight, NextAct
from award.glance import glance
from award.keeping import NOTHING, Kept, KeptList
from award.nominations import (
    agreeing,
    arrival_tasks,
    arrivals,
    arriving,
    asking_pages,  # noqa: F401 - its doors stand on the same blueprint
    completing_pages,  # noqa: F401 - and these
    correspondence,
    delivered,  # noqa: F401 - its doors stand on the same blueprint
    dossiers,
    news,
    packing,  # noqa: F401 - and these
    papers,
    permissions,
    queries,
    tasks,
)
from award.nominations.personal import personal
from award.nominations.views import blueprint
from award.people.models import Person
from award.verdicts import Verdict


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For those who run the edition, once there is something to choose from."""
    if person_id is None or edition_id is None:
        return []
    edition, by = _seen(person_id, edition_id)
    if not permissions.can_read(by):
        return []
    seen, shown = glance(person_id, edition_id), []
    if seen["ranked"]:
        shown.append((_("Gửi Trung ương"), url_for("nominations.list", slug=edition.slug)))
    if seen["delivered"] or permissions.can_receive(by, edition):
        shown.append((_("Hồ sơ gửi đến"), url_for("nominations.arrived", slug=edition.slug)))
    if by.holds("organiser") and edition.state not in {"draft", "open"}:
        shown.append((_("Gói tác phẩm"), url_for("nominations.packs", slug=edition.slug)))
    return shown


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the organiser: the list and its dossier, until one is made. The national deadline keeps its own time."""
    edition, by = _seen(person_id, edition_id)
    return [*_to_take_in(edition, by), *_to_send(edition, by)]


def _to_take_in(edition: Edition, by: Capacity) -> list[NextAct]:
    """For the secretariat: dossiers of others that were checked."""
    if not permissions.can_receive(by, edition):
        return []
    waiting = arrivals.count_to_look_through(edition.id)
    where = url_for("nominations.arrived", slug=edition.slug, _anchor="da-nhan")
    return [NextAct(_("Xem và nạp %(n)s hồ sơ gửi đến", n=waiting), where, weight=17)] if waiting else []


def _to_send(edition: Edition, by: Capacity) -> list[NextAct]:
    edition_id, national = edition.id, national_edition(edition.id)
    if national is None or not permissions.can_choose(by, national) or edition.state == "archived":
        return []
    if (
        queries.last_ranked_round(edition_id) is None
        or _judged_on(edition_id)
        or dossiers.has_ready_dossier(edition_id)
    ):
        return []
    chosen = queries.count_chosen(edition_id)
    detail = _("Đã chọn %(n)s tác phẩm.", n=chosen)
    if national.deadline_day:
        detail += " " + _("Hạn gửi: ngày %(day)s.", day=dates.day(national.deadline_day))
    where = url_for("nominations.list", slug=edition.slug)
    words = _("Lập hồ sơ gửi dự %(name)s") if chosen else _("Lập danh sách gửi dự %(name)s")
    return [NextAct(words % {"name": national.name}, where, detail, weight=20)]


def _judged_on(edition_id: int) -> bool:
    """A round of the edition is still to end: what goes on is chosen afterwards."""
    left = select(Round.id).where(Round.edition_id == edition_id, Round.state != "closed")
    return session.scalar(select(left.exists())) is True


def kept(edition_id: int) -> Kept:
    """For the house alone: what was sent to the national award, in its order, and by which paper it was chosen."""
    edition, national = session.get_one(Edition, edition_id), national_edition(edition_id)
    if national is None or not queries.count_chosen(edition_id):
        return NOTHING
    last = next(iter(dossiers.dossiers(edition_id)), None)
    listed = queries.chosen(edition_id, queries.last_ranked_round(edition_id), national)
    sheet = partial(papers.chosen, edition, listed, last.resolution if last else None)
    return Kept(lists=(KeptList("gui-du-trung-uong", _("Tác phẩm gửi dự Giải Trung ương"), sheet),))


def _seen(person_id: int, edition_id: int) -> tuple[Edition, Capacity]:
    edition = session.get_one(Edition, edition_id)
    return edition, capacity(session.get_one(Person, person_id), edition)


def told_owner(entry_id: int, person_id: int) -> Sequence[NextAct]:  # noqa: ARG001
    """Where the edition asks for it: that the work may not go on to the national award before they agree."""
    entry = session.get_one(Entry, entry_id)
    edition, asked = session.get_one(Edition, entry.edition_id), queries.forwarding_asked(entry.edition_id)
    if asked is None or not permissions.can_agree(edition, entry, asked, sent=queries.sent_on(entry_id)):
        return ()
    agreed = agreeing.agreed_to(entry, asked)
    sentence = _("Đã đồng ý gửi dự Giải Trung ương") if agreed else _("Chưa đồng ý gửi dự Giải Trung ương")
    return [NextAct(sentence, url_for("nominations.agree", slug=edition.slug, entry_id=entry.public_id))]


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """The ZIP of a dossier that came in is read by who may see the list of them."""
    delivery = arrivals.of_file(file_id) if person_id is not None else None
    if delivery is None or person_id is None or not permissions.can_read(_seen(person_id, delivery.edition_id)[1]):
        return None
    return FileSight(f"ho-so-gui-den-{delivery.public_id}.zip")


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """It comes in as long as dossiers are taken in."""
    delivery = arrivals.of_file(file_id)
    if delivery is None:
        return None
    edition, by = _seen(person_id, delivery.edition_id)
    return permissions.can_receive(by, edition)


def on_file(file_id: int) -> None:
    """A dossier that has come whole is read."""
    arriving.follow_file(file_id=file_id)


def origins(entry_id: int) -> Sequence[tuple[str, str]]:
    """With which dossier the work came; and what became known of it at the national award, the earliest first."""
    return [*_came_with(entry_id), *_known_there(entry_id)]


def _known_there(entry_id: int) -> Sequence[tuple[str, str]]:
    return [
        (
            _("Giải Trung ương"),
            _(
                "%(what)s; nguồn: %(source)s, ngày %(day)s",
                what=told.words,
                source=told.news.source.rstrip(" ."),
                day=dates.day(told.news.known_on),
            ),
        )
        for told in reversed(news.history_of(entry_id))
    ]


def _came_with(entry_id: int) -> Sequence[tuple[str, str]]:
    """The dossier, the code of the work in it, the key it was signed with."""
    found = arrivals.origin_of_entry(entry_id)
    if found is None:
        return ()
    work, delivery = found
    sent = _(
        "%(code)s của %(sender)s, %(edition)s", code=work.code, sender=delivery.sender, edition=delivery.sender_edition
    )
    letter = _("; Công văn số %(number)s", number=delivery.letter) if delivery.letter else ""
    key = _("; khóa ký %(key)s", key=house_key.grouped((delivery.fingerprint or "")[:16]))
    return ((_("Nguồn"), f"{sent}{letter}{key}"),)


feature = Feature(
    name="nominations",
    blueprint=blueprint,
    navigation=navigation,
    glances=queries.GLANCES,
    next_acts=next_acts,
    told_owner=told_owner,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    on_file=on_file,
    origins=origins,
    kept=kept,
    stored_objects=dossiers.stored_objects,
    personal=personal,
    letter_kinds=correspondence.KINDS,
)

__all__ = ["arrival_tasks", "feature", "tasks"]
