"""The doors to works that no figure parts: the chair's order in writing; a lot announced, and drawn."""

from flask import flash, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.people.signin import sign_in_required
from award.typed import line
from award.verdicts import Refused, Verdict, require
from judging.ranking import permissions, queries, ruling
from judging.ranking.ruled import ruling_at
from judging.ranking.views import Answer, blueprint, place, standings_page

AT = "/<slug>/vong/<int:ordinal>/xep-hang"


def _allowed(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_rule(by, judged, used=queries.use_of(judged).followed))
    return edition, judged, by


def _again(edition: Edition, judged: Round, by: Capacity, refused: Refused) -> Answer:
    assert by.person_id is not None
    return standings_page(edition, judged, by, queries.around(judged, by.person_id), refused.verdict.sentence), 422


@blueprint.post(f"{AT}/bang-diem")
@sign_in_required
def decide_tie(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _allowed(slug, ordinal)
    ids = queries.entries_named(judged.id, request.form.getlist("work"))
    try:
        order = {entry: request.form.get(f"place-{public_id}", "").strip() for public_id, entry in ids.items()}
        if sorted(order.values()) != sorted(map(str, range(1, len(order) + 1))):
            raise Refused(Verdict("order", _("Ghi thứ tự từ 1 cho mỗi tác phẩm, không trùng nhau.")))
        works, reason = sorted(order, key=lambda entry: int(order[entry])), line("reason")
        with deed() as done:
            ruling.decide(by=by, edition=edition, judged=judged, works=works, reason=reason)
            done.after(lambda: flash(_("Đã ghi quyết định về tác phẩm bằng điểm."), "ok"))
            return done(url_for("ranking.standings", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _again(edition, judged, by, refused)


@blueprint.post(f"{AT}/rut-tham")
@sign_in_required
def announce_lot(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _allowed(slug, ordinal)
    works = list(queries.entries_named(judged.id, request.form.getlist("work")).values())
    try:
        with deed() as done:
            source = line("source")
            ruling.announce_lot(by=by, edition=edition, judged=judged, works=works, source=source)
            done.after(lambda: flash(_("Đã thông báo cách rút thăm. Khi có dãy số, ghi vào đây để có thứ tự."), "ok"))
            return done(url_for("ranking.standings", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _again(edition, judged, by, refused)


@blueprint.post(f"{AT}/rut-tham/<ruling_id>")
@sign_in_required
def draw_lot(slug: str, ordinal: int, ruling_id: str) -> Answer:
    edition, judged, by = _allowed(slug, ordinal)
    announced = found(ruling_at(judged.id, ruling_id))
    try:
        with deed() as done:
            numbers = request.form.get("numbers", "")
            ruling.draw_lot(by=by, edition=edition, judged=judged, ruling=announced, numbers=numbers)
            return done(url_for("ranking.standings", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _again(edition, judged, by, refused)
