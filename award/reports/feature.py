"""What the room reports hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature
from award.glance import glance
from award.keeping import Kept, KeptPage
from award.people.models import Person
from award.reports import (
    beside,  # noqa: F401 - its doors stand on the same blueprint
    permissions,
)
from award.reports.papers import TABLES
from award.reports.views import blueprint
from award.results.queries import seen_public


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The statistics for those who may read them now."""
    if edition_id is None:
        return []
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id) if person_id is not None else None, edition)
    speaks = (glance(person_id, edition_id)["speaks"] or ()) if person_id is not None else ()
    ours = [
        (_("Số liệu của cơ quan"), url_for("reports.newsroom", slug=edition.slug, newsroom_id=key))
        for key in speaks[:1]
    ]
    if not permissions.can_read(by, edition) and not seen_public(person_id, edition_id, now()):
        return ours if edition.state != "draft" else []
    return [(_("Thống kê"), url_for("reports.page", slug=edition.slug)), *ours]


def kept(edition_id: int) -> Kept:
    """The statistics as everybody reads them, with their tables."""
    slug = session.get_one(Edition, edition_id).slug
    page = KeptPage(url_for("reports.page", slug=slug), _("Thống kê"))
    across = KeptPage(url_for("reports.compared", slug=slug), _("So sánh các lần tổ chức"))
    tables = [KeptPage(url_for("reports.table", slug=slug, table=name)) for name in TABLES]
    return Kept(pages=(page, across, KeptPage(url_for("reports.workbook", slug=slug)), *tables))


feature = Feature(name="reports", blueprint=blueprint, navigation=navigation, kept=kept)
