"""The doors of a viewing: calling it, the room that follows who leads it, the screen, the roll, the end."""

from collections.abc import Callable

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award.doors import deed, found, living
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from judging.panels import queries as panels
from judging.scoring.material import material
from judging.viewings import operations, permissions, queries, showing
from judging.viewings.models import Viewing

blueprint = Blueprint("viewings", __name__)

Answer = str | Response | tuple[str, int]


def _at(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    edition = found(edition_by_slug(slug))
    round_, by = found(panels.round_at(edition.id, ordinal)), capacity(signed_in(), edition)
    seats = [] if by.person_id is None else panels.seats_of(by.person_id, round_.id)
    require(permissions.can_enter(by, seats[0] if seats else None))
    return edition, round_, by


def _list_page(round_: Round, by: Capacity, fault: str = "") -> str:
    with_recordings = queries.panels_with_recordings(round_.id)
    shown = [panel for panel in panels.panels_of(round_.id) if panel.id in with_recordings]
    seats = {panel.id: queries.seat_on(panel, by.person_id) for panel in shown}
    shown = [panel for panel in shown if permissions.can_enter(by, seats[panel.id])]
    return render_template(
        "viewings/list.html",
        round=round_,
        called=called(round_),
        panels=shown,
        may_open={panel.id for panel in shown if permissions.can_open(by, seats[panel.id], round_)},
        viewings=queries.viewings_of([panel.id for panel in shown]),
        fault=fault,
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/xem-chung")
@sign_in_required
def listed(slug: str, ordinal: int) -> Answer:
    _edition, round_, by = _at(slug, ordinal)
    return _list_page(round_, by)


@blueprint.post("/<slug>/vong/<int:ordinal>/xem-chung/<panel_id>")
@sign_in_required
def open_viewing(slug: str, ordinal: int, panel_id: str) -> Answer:
    edition, round_, by = _at(slug, ordinal)
    panel = found(panels.panel(round_.id, panel_id))
    require(permissions.can_open(by, queries.seat_on(panel, by.person_id), round_))
    try:
        with deed() as done:
            viewing = operations.open_viewing(by=by, edition=edition, round=round_, panel=panel)
            return done(url_for("viewings.room", slug=slug, viewing_id=viewing.public_id))
    except Refused as refused:
        return _list_page(round_, by, refused.verdict.sentence), 422


def _place(slug: str, viewing_id: str) -> tuple[Edition, Round, Viewing, Capacity]:
    """The viewing, its round, and who comes in."""
    edition = found(edition_by_slug(slug))
    viewing, by = found(queries.viewing(edition.id, viewing_id)), capacity(signed_in(), edition)
    require(permissions.can_enter(by, queries.seat_on(viewing.panel, by.person_id)))
    return edition, queries.round_of(viewing.panel), viewing, by


def _page(edition: Edition, round_: Round, viewing: Viewing, by: Capacity, fault: str = "") -> str:
    shown = showing.room(edition, round_, viewing, by)
    return render_template("viewings/room.html", room=shown, called=called(round_), fault=fault)


@blueprint.get("/<slug>/xem-chung/<viewing_id>")
@sign_in_required
def room(slug: str, viewing_id: str) -> Answer:
    return _page(*_place(slug, viewing_id))


def _part(slug: str, viewing_id: str, template: str) -> Answer:
    """A part of a page for devices in the room; 304 while nothing that their reader may see has changed."""
    edition, round_, viewing, by = _place(slug, viewing_id)

    def drawn() -> str:
        return render_template(template, room=showing.room(edition, round_, viewing, by))

    return living(queries.print_of(viewing, round_, by.person_id), drawn)


@blueprint.get("/<slug>/xem-chung/<viewing_id>/dang-xem")
@sign_in_required
def table(slug: str, viewing_id: str) -> Answer:
    return _part(slug, viewing_id, "viewings/table.html")


@blueprint.get("/<slug>/xem-chung/<viewing_id>/theo")
@sign_in_required
def line(slug: str, viewing_id: str) -> Answer:
    """One line above a sheet: what the panel has on, and the way to its sheet."""
    return _part(slug, viewing_id, "viewings/line.html")


@blueprint.get("/<slug>/xem-chung/<viewing_id>/man-hinh")
@sign_in_required
def screen(slug: str, viewing_id: str) -> Answer:
    """For the room's screen: what is on, and nothing else."""
    edition, round_, viewing, by = _place(slug, viewing_id)
    shown = showing.room(edition, round_, viewing, by)
    work = material(shown.on.entry_id, round_) if shown.on is not None else None
    return render_template("viewings/screen.html", room=shown, work=work)


@blueprint.get("/<slug>/xem-chung/<viewing_id>/man-hinh/theo")
@sign_in_required
def screen_line(slug: str, viewing_id: str) -> Answer:
    """Leads the screen from one work to the next."""
    return _part(slug, viewing_id, "viewings/screen_line.html")


def _led(slug: str, viewing_id: str, act: Callable[[Edition, Round, Viewing, Capacity], object]) -> Answer:
    """Does something in the room and comes back to it; a refusal stands above what is on."""
    edition, round_, viewing, by = _place(slug, viewing_id)
    require(permissions.can_lead(by, queries.seat_on(viewing.panel, by.person_id), round_, viewing))
    try:
        with deed() as done:
            act(edition, round_, viewing, by)
            return done(url_for("viewings.room", slug=slug, viewing_id=viewing_id))
    except Refused as refused:
        return _page(edition, round_, viewing, by, refused.verdict.sentence), 422


@blueprint.post("/<slug>/xem-chung/<viewing_id>/diem-danh")
@sign_in_required
def call_roll(slug: str, viewing_id: str) -> Answer:
    def act(edition: Edition, round_: Round, viewing: Viewing, by: Capacity) -> None:
        ticked = set(request.form.getlist("person"))
        present = [member.id for member in queries.roll(viewing.id) if str(member.id) in ticked]
        operations.call_roll(by=by, edition=edition, round=round_, viewing=viewing, present=present)

    return _led(slug, viewing_id, act)


@blueprint.post("/<slug>/xem-chung/<viewing_id>/tac-pham")
@sign_in_required
def show(slug: str, viewing_id: str) -> Answer:
    def act(edition: Edition, round_: Round, viewing: Viewing, by: Capacity) -> None:
        asked = request.form.get("work", "")
        if not asked:
            operations.stop(by=by, edition=edition, round=round_, viewing=viewing)
            return
        work = found(next((work for work in queries.works_of(viewing.panel_id) if work.public_id == asked), None))
        operations.show(by=by, edition=edition, round=round_, viewing=viewing, entry_id=work.entry_id)

    return _led(slug, viewing_id, act)


@blueprint.post("/<slug>/xem-chung/<viewing_id>/ket-thuc")
@sign_in_required
def close_viewing(slug: str, viewing_id: str) -> Answer:
    edition, _round, viewing, by = _place(slug, viewing_id)
    require(permissions.can_close(by, queries.seat_on(viewing.panel, by.person_id), viewing))
    with deed() as done:
        operations.close_viewing(by=by, edition=edition, viewing=viewing)
        done.after(lambda: flash(_("Đã kết thúc buổi xem chung."), "ok"))
        return done(url_for("viewings.room", slug=slug, viewing_id=viewing_id))
