"""The doors to deadlines of single entrants: who has one and why, giving one, ending one."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.documents.answers import list_asked
from award.documents.tables import Column, Sheet
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity, only_for
from award.editions.queries import capacity
from award.entries import granted, granting
from award.entries.grant_form import GrantForm
from award.entries.permissions import GRANT_READERS, can_grant
from award.entries.views import Answer, blueprint, edition_at, whole_address
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require


def _place(slug: str) -> tuple[Edition, Capacity]:
    edition = edition_at(slug)
    by = capacity(signed_in(), edition)
    require(only_for(by, *GRANT_READERS))
    return edition, by


def _page(edition: Edition, by: Capacity, form: GrantForm | None = None) -> str:
    return render_template(
        "entries/grants.html",
        page=granted.page_of_grants(edition.id, Turn.read(request.args)),
        form=form or GrantForm(formdata=None),
        may_grant=can_grant(by, edition),
        now=now(),
    )


def _sheet(edition: Edition) -> Sheet:
    """The whole list, newest first."""
    headings = (_("Tác giả"), _("Hồ sơ"), _("Thời hạn riêng"), _("Lý do"), _("Căn cứ"), _("Người quyết định"))
    columns = [
        *(Column(each, width=28) for each in headings),
        *(Column(each) for each in (_("Ghi lúc"), _("Bãi bỏ lúc"))),
    ]
    rows = [
        (each.person, each.works, each.until, each.reason, each.paper, each.decided_by, each.decided_at, each.ended_at)
        for each in granted.every_grant(edition.id)
    ]
    return Sheet(_("Thời hạn riêng"), columns, rows, edition.name)


@blueprint.route("/<slug>/thoi-han-rieng", methods=["GET", "POST"])
@sign_in_required
def own_deadlines(slug: str) -> Answer:
    edition, by = _place(slug)
    if request.method == "GET":
        taken = list_asked(f"thoi-han-rieng-{slug}", lambda: _sheet(edition))
        return taken or _page(edition, by)
    require(can_grant(by, edition))
    form = GrantForm()
    if not form.validate() or form.person is None:
        return _page(edition, by, form), 422
    words = {"reason": form.reason.data, "paper": form.paper.data}
    there = whole_address(url_for("entries.mine", slug=slug))
    try:
        with deed() as done:
            granting.grant(by=by, edition=edition, person=form.person, until=form.until, address=there, **words)
            return done(url_for("entries.own_deadlines", slug=slug))
    except Refused as refused:
        form.due_day.errors = [refused.verdict.sentence]
        return _page(edition, by, form), 422


@blueprint.post("/<slug>/thoi-han-rieng/<grant_id>/bai-bo")
@sign_in_required
def end_own_deadline(slug: str, grant_id: str) -> Answer:
    edition, by = _place(slug)
    with deed() as done:
        granting.end_grant(by=by, edition=edition, granted=found(granted.grant_at(edition.id, grant_id)))
        return done(url_for("entries.own_deadlines", slug=slug))
