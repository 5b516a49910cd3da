"""The doors of ranking: progress in counts, freezing and closing by two, the standings, the shortlist."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import session
from award.documents.tables import xlsx
from award.doors import deed, found
from award.editions import calendar, countersigns
from award.editions.models import Countersign, Edition, Round
from award.editions.permissions import Capacity, can_countersign
from award.editions.queries import capacity, confirmed_countersign, edition_by_slug, waiting_countersign
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from judging.panels.queries import round_at, seats_of
from judging.ranking import operations, papers, permissions, queries
from judging.ranking.board import boards
from judging.ranking.following import following

blueprint = Blueprint("ranking", __name__)

Answer = str | BaseResponse | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _place(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    edition = found(edition_by_slug(slug))
    return edition, found(round_at(edition.id, ordinal)), capacity(signed_in(), edition)


def _name(person_id: int | None) -> str:
    return session.get_one(Person, person_id).legal_name if person_id else ""


def _signatures(edition: Edition, judged: Round, by: Capacity) -> dict[str, dict[str, object]]:
    """Both acts with who proposed and confirmed them, and what the reader may do about the one that waits."""
    shown: dict[str, dict[str, object]] = {}
    for act in ("freeze_round", "close_round"):
        waiting = waiting_countersign(edition.id, act, judged.public_id)
        sign: Countersign | None = waiting or confirmed_countersign(edition.id, act, judged.public_id)
        shown[act] = {
            "sign": sign,
            "waiting": waiting is not None,
            "first": _name(sign.proposed_by_id) if sign else "",
            "second": _name(sign.confirmed_by_id) if sign else "",
            "may_confirm": waiting is not None and bool(can_countersign(by, waiting)),
            "may_withdraw": waiting is not None and waiting.proposed_by_id == by.person_id,
        }
    return shown


def _progress(edition: Edition, judged: Round, by: Capacity, fault: str = "", reason: str = "") -> str:
    return render_template(
        "ranking/progress.html",
        round=judged,
        round_words=calendar.ROUND_WORDS,
        shown=following(edition, judged),
        shortfall=queries.shortfall(edition, judged) if judged.state in {"open", "frozen"} else "",
        signs=_signatures(edition, judged, by),
        may_freeze=bool(permissions.can_freeze(by, judged)),
        may_close=bool(permissions.can_close(by, judged)),
        fault=fault,
        reason=reason,
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/tien-do")
@sign_in_required
def progress(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    require(permissions.can_follow(by))
    return _progress(edition, judged, by)


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/khoa")
@sign_in_required
def propose_freeze(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    with deed() as done:
        operations.propose_freeze(by=by, edition=edition, judged=judged)
        return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/khoa/xac-nhan")
@sign_in_required
def confirm_freeze(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    with deed() as done:
        operations.confirm_freeze(by=by, edition=edition, judged=judged)
        return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/ket-thuc")
@sign_in_required
def propose_close(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    require(permissions.can_close(by, judged))
    reason = request.form.get("reason", "")
    if queries.shortfall(edition, judged) and not reason.strip():
        fault = _("Chưa kết thúc được vòng chấm khi còn thiếu phiếu: cần ghi lý do.")
        return _progress(edition, judged, by, fault, reason), 422
    with deed() as done:
        operations.propose_close(by=by, edition=edition, judged=judged, shortfall_reason=reason)
        return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/ket-thuc/xac-nhan")
@sign_in_required
def confirm_close(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    with deed() as done:
        operations.confirm_close(by=by, edition=edition, judged=judged)
        return done(url_for("ranking.standings", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/<act>/rut")
@sign_in_required
def withdraw(slug: str, ordinal: int, act: str) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    require(permissions.can_follow(by))
    waiting = found(waiting_countersign(edition.id, act, judged.public_id))
    require(permissions.can_withdraw(by, waiting))
    with deed() as done:
        countersigns.withdraw(by=by, edition=edition, proposal=waiting)
        return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))


def _standings(edition: Edition, judged: Round, by: Capacity, fault: str = "") -> str:
    return render_template(
        "ranking/standings.html",
        round=judged,
        boards=boards(judged, names=bool(permissions.can_follow(by))),
        criteria=judged.criteria,
        drawn=queries.is_drawn(judged.id),
        may_draw=bool(permissions.can_draw_shortlist(by, judged, followed=queries.is_followed(judged))),
        may_export=bool(permissions.can_follow(by)),
        closed_by=_signatures(edition, judged, by)["close_round"],
        typed=request.form if fault else {},
        fault=fault,
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/xep-hang")
@sign_in_required
def standings(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    assert by.person_id is not None
    require(permissions.can_read_standings(by, judged, seated=bool(seats_of(by.person_id, judged.id))))
    return _standings(edition, judged, by)


@blueprint.post("/<slug>/vong/<int:ordinal>/xep-hang")
@sign_in_required
def draw(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    require(permissions.can_draw_shortlist(by, judged, followed=queries.is_followed(judged)))
    chosen = queries.entries_named(judged.id, request.form.getlist("advanced"))
    advanced = {entry_id: request.form.get(f"reason-{public_id}", "") for public_id, entry_id in chosen.items()}
    try:
        with deed() as done:
            operations.draw_shortlist(by=by, edition=edition, judged=judged, advanced=advanced)
            done.after(lambda: flash(_("Đã lập danh sách: %(n)s tác phẩm.", n=len(advanced)), "ok"))
            return done(url_for("ranking.standings", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _standings(edition, judged, by, refused.verdict.sentence), 422


@blueprint.get("/<slug>/vong/<int:ordinal>/danh-sach.xlsx")
@sign_in_required
def shortlist_xlsx(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _place(slug, ordinal)
    require(permissions.can_export(by, judged))
    book = xlsx(papers.shortlist(edition, judged, boards(judged, names=False)))
    name = f"danh-sach-{edition.slug}-vong-{judged.ordinal}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(book, mimetype=XLSX, headers=headers)
