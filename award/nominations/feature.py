"""What the room nominations hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award import dates
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity, national_edition
from award.features import Feature, NextAct
from award.glance import glance
from award.nominations import permissions, queries, tasks
from award.nominations.personal import personal
from award.nominations.views import blueprint
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For those who run the edition, once there is something to choose from."""
    if person_id is None or edition_id is None:
        return []
    edition, by = _seen(person_id, edition_id)
    if not permissions.can_read(by) or not glance(person_id, edition_id)["ranked"]:
        return []
    return [(_("Gửi Trung ương"), url_for("nominations.list", slug=edition.slug))]


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the organiser: the list and its dossier, until one is made. The national deadline keeps its own time."""
    edition, by = _seen(person_id, edition_id)
    national = national_edition(edition_id)
    if national is None or not permissions.can_choose(by, national) or edition.state == "archived":
        return []
    if queries.last_ranked_round(edition_id) is None or queries.has_ready_dossier(edition_id):
        return []
    detail = _("Đã chọn %(n)s tác phẩm.", n=queries.count_chosen(edition_id))
    if national.deadline_day:
        detail += " " + _("Hạn gửi: ngày %(day)s.", day=dates.day(national.deadline_day))
    where = url_for("nominations.list", slug=edition.slug)
    return [NextAct(_("Lập danh sách gửi dự %(name)s", name=national.name), where, detail, weight=20)]


def _seen(person_id: int, edition_id: int) -> tuple[Edition, Capacity]:
    edition = session.get_one(Edition, edition_id)
    return edition, capacity(session.get_one(Person, person_id), edition)


feature = Feature(
    name="nominations",
    blueprint=blueprint,
    navigation=navigation,
    glances=queries.GLANCES,
    next_acts=next_acts,
    personal=personal,
)

__all__ = ["feature", "tasks"]
