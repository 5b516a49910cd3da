"""The doors of the panels: who sits where, the pledge, waivers, dealing works that came late."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from award.doors import deed, found
from award.editions import calendar
from award.editions.clauses import rule
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.editions.relations import RELATION_WORDS
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, Verdict, require
from judging.panels import operations, queries, recusing
from judging.panels.declaring import may_declare
from judging.panels.forms import (
    ExpertiseForm,
    PlanForm,
    SeatForm,
    expertise_form,
    plan_form,
    seat_form,
    waiver_form,
)
from judging.panels.models import Seat
from judging.panels.overview import overview as overview_of
from judging.panels.permissions import (
    SEAT_WORDS,
    can_deal,
    can_look,
    can_plan,
    can_pledge,
    can_say_expertise,
    can_seat,
    can_unseat,
    can_waive,
)
from judging.panels.plans import plan_of
from judging.panels.rehearsal import rehearse
from judging.panels.table import kept_from

blueprint = Blueprint("panels", __name__)

Answer = str | Response | tuple[str, int]


def _place(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    """The edition, its round, and the person as seen from there."""
    edition = found(edition_by_slug(slug))
    return edition, found(queries.round_at(edition.id, ordinal)), capacity(signed_in(), edition)


def _page(edition: Edition, round_: Round, by: Capacity, typed: dict[str, SeatForm] | None = None) -> str:
    """The panels of the round; `typed` keeps the form of the panel whose form had a fault."""
    shown = overview_of(edition, round_, by)
    ids = [panel.panel.public_id for panel in shown.panels]
    return render_template(
        "panels/overview.html",
        shown=shown,
        round=round_,
        round_words=calendar.ROUND_WORDS,
        seat_words=SEAT_WORDS,
        forms={panel: seat_form(panel, shown.people) for panel in ids} | (typed or {}),
        may_seat=bool(can_seat(by, edition, round_)),
        may_unseat=bool(can_unseat(by, edition, round_)),
        may_deal=bool(can_deal(by, round_)),
        may_waive=bool(can_waive(by, edition, round_, seated=shown.seated)),
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/tieu-ban")
@sign_in_required
def overview(slug: str, ordinal: int) -> Answer:
    edition, round_, by = _place(slug, ordinal)
    require(can_look(by))
    return _page(edition, round_, by)


@blueprint.post("/<slug>/vong/<int:ordinal>/tieu-ban/<panel_id>")
@sign_in_required
def seat(slug: str, ordinal: int, panel_id: str) -> Answer:
    edition, round_, by = _place(slug, ordinal)
    require(can_seat(by, edition, round_))
    panel = found(queries.panel(round_.id, panel_id))
    people = queries.people_to_seat(edition.id)
    form = seat_form(panel_id, people)
    if not form.validate():
        return _page(edition, round_, by, {panel_id: form}), 422
    person = next(person for person in people if person.public_id == form.person.data)
    with deed() as done:
        operations.seat_person(by=by, edition=edition, panel=panel, person=person, role=form.role.data)
        return done(url_for("panels.overview", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/thanh-vien/<seat_id>/rut")
@sign_in_required
def unseat(slug: str, ordinal: int, seat_id: str) -> Answer:
    edition, round_, by = _place(slug, ordinal)
    require(can_unseat(by, edition, round_))
    with deed() as done:
        operations.unseat(by=by, edition=edition, seat=found(queries.seat(round_.id, seat_id)))
        return done(url_for("panels.overview", slug=slug, ordinal=ordinal))


def _waiver(slug: str, ordinal: int, seat_id: str) -> tuple[Edition, Round, Capacity, Seat]:
    edition, round_, by = _place(slug, ordinal)
    assert by.person_id is not None
    require(can_waive(by, edition, round_, seated=bool(queries.seats_of(by.person_id, round_.id))))
    return edition, round_, by, found(queries.seat(round_.id, seat_id))


@blueprint.get("/<slug>/vong/<int:ordinal>/thanh-vien/<seat_id>/cho-phep")
@sign_in_required
def waiver(slug: str, ordinal: int, seat_id: str) -> Answer:
    edition, round_, _by, seat = _waiver(slug, ordinal, seat_id)
    kept = kept_from(edition, round_, seat)
    return render_template(
        "panels/waiver.html", seat=seat, round=round_, kept=kept, words=RELATION_WORDS, form=waiver_form(kept)
    )


@blueprint.post("/<slug>/vong/<int:ordinal>/thanh-vien/<seat_id>/cho-phep")
@sign_in_required
def waive(slug: str, ordinal: int, seat_id: str) -> Answer:
    edition, round_, by, seat = _waiver(slug, ordinal, seat_id)
    kept = kept_from(edition, round_, seat)
    form = waiver_form(kept)
    if not form.validate():
        page = {"seat": seat, "round": round_, "kept": kept, "words": RELATION_WORDS, "form": form}
        return render_template("panels/waiver.html", **page), 422
    entry = next(one.entry for one in kept if one.entry.public_id == form.work.data)
    with deed() as done:
        recusing.waive(by=by, edition=edition, seat=seat, entry=entry, reason=form.reason.data)
        return done(url_for("panels.waiver", slug=slug, ordinal=ordinal, seat_id=seat_id))


def _knowing(slug: str, ordinal: int, seat_id: str) -> tuple[Edition, Round, Capacity, Seat]:
    edition, round_, by = _place(slug, ordinal)
    seat = queries.seat(round_.id, seat_id)
    if seat is None or seat.person_id != by.person_id:
        require(can_seat(by, edition, round_))
    require(can_say_expertise(by, edition, round_, found(seat)))
    return edition, round_, by, found(seat)


def _expertise_page(round_: Round, by: Capacity, seat: Seat, form: ExpertiseForm) -> str:
    own = seat.person_id == by.person_id
    return render_template(
        "panels/expertise.html", seat=seat, round=round_, called=calendar.called(round_), own=own, form=form
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/thanh-vien/<seat_id>/loai-hinh")
@sign_in_required
def expertise(slug: str, ordinal: int, seat_id: str) -> Answer:
    edition, round_, by, seat = _knowing(slug, ordinal, seat_id)
    known = queries.expertise_of(edition.id, [seat.person_id]).get(seat.person_id, frozenset())
    return _expertise_page(round_, by, seat, expertise_form(edition.categories, known, seat.most_works))


@blueprint.post("/<slug>/vong/<int:ordinal>/thanh-vien/<seat_id>/loai-hinh")
@sign_in_required
def say_expertise(slug: str, ordinal: int, seat_id: str) -> Answer:
    edition, round_, by, seat = _knowing(slug, ordinal, seat_id)
    form = expertise_form(edition.categories, (), None, request.form)
    if not form.validate():
        return _expertise_page(round_, by, seat, form), 422
    with deed() as done:
        said = {"categories": form.categories.data, "most_works": form.most_works.data}
        operations.say_expertise(by=by, edition=edition, seat=seat, **said)
        done.after(lambda: flash(_("Đã lưu. Có hiệu lực từ lần phân công sau."), "ok"))
        to = "panels.pledge" if seat.person_id == by.person_id else "panels.overview"
        return done(url_for(to, slug=slug, ordinal=ordinal))


def _dealing(edition: Edition, round_: Round, by: Capacity, form: PlanForm | None = None) -> str:
    """What dealing comes to: under the plan asked for in a valid `form`, otherwise under the one that stands."""
    asked = form.plan if form is not None and not form.errors else None
    shown = rehearse(edition, round_, by, asked)
    return render_template(
        "panels/dealing.html",
        shown=shown,
        round=round_,
        called=calendar.called(round_),
        round_words=calendar.ROUND_WORDS,
        rule=rule(edition, "readings"),
        form=form or plan_form(shown.plan, shown.least),
        may_plan=bool(can_plan(by, edition, round_)),
        may_deal=bool(can_deal(by, round_)),
    )


def _asked(edition: Edition, round_: Round, typed: MultiDict[str, str]) -> PlanForm:
    return plan_form(plan_of(edition, round_), rule(edition, "readings").number or 1, typed)


@blueprint.get("/<slug>/vong/<int:ordinal>/phan-cong")
@sign_in_required
def dealing(slug: str, ordinal: int) -> Answer:
    edition, round_, by = _place(slug, ordinal)
    require(can_look(by))
    if "who" not in request.args:
        return _dealing(edition, round_, by)
    form = _asked(edition, round_, request.args)
    return _dealing(edition, round_, by, form), 422 if form.errors else 200


@blueprint.post("/<slug>/vong/<int:ordinal>/phan-cong/cach-chia")
@sign_in_required
def plan(slug: str, ordinal: int) -> Answer:
    edition, round_, by = _place(slug, ordinal)
    require(can_plan(by, edition, round_))
    form = _asked(edition, round_, request.form)
    if form.errors:
        return _dealing(edition, round_, by, form), 422
    with deed() as done:
        chosen = form.plan
        operations.plan_dealing(by=by, edition=edition, round=round_, readings=chosen.readings, common=chosen.common)
        done.after(lambda: flash(_("Đã lưu cách phân công."), "ok"))
        return done(url_for("panels.dealing", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/phan-cong")
@sign_in_required
def deal(slug: str, ordinal: int) -> Answer:
    _edition, round_, by = _place(slug, ordinal)
    require(can_deal(by, round_))
    anew = request.form.get("anew") == "1"
    with deed() as done:
        dealt = operations.deal(by=by, round=round_, anew=anew)
        done.after(
            lambda: flash(_("Đã phân công lại.") if anew else _("Đã phân công thêm %(n)s lượt chấm.", n=dealt), "ok")
        )
        return done(url_for("panels.dealing" if anew else "panels.overview", slug=slug, ordinal=ordinal))


def own_seats(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity, list[Seat]]:
    edition, round_, by = _place(slug, ordinal)
    assert by.person_id is not None
    seats = queries.seats_of(by.person_id, round_.id)
    if not seats:
        raise Refused(Verdict("no_seat", _("Trang này dành cho thành viên các tiểu ban của vòng chấm.")))
    return edition, round_, by, seats


@blueprint.get("/<slug>/vong/<int:ordinal>/cam-ket")
@sign_in_required
def pledge(slug: str, ordinal: int) -> Answer:
    edition, round_, _by, seats = own_seats(slug, ordinal)
    return render_template(
        "panels/pledge.html",
        seats=seats,
        round=round_,
        called=calendar.called(round_),
        pledged=all(seat.pledged_at for seat in seats),
        may_pledge=bool(can_pledge(round_)),
        may_declare=bool(may_declare(round_, seats, seats[0].person_id)),
        secretariat=edition.secretariat_name,
    )


@blueprint.post("/<slug>/vong/<int:ordinal>/cam-ket")
@sign_in_required
def give_pledge(slug: str, ordinal: int) -> Answer:
    edition, round_, by, _seats = own_seats(slug, ordinal)
    require(can_pledge(round_))
    with deed() as done:
        seats = operations.pledge(by=by, edition=edition, round=round_)
        to = "panels.own_ties" if may_declare(round_, seats, seats[0].person_id) else "scoring.queue"
        return done(url_for(to, slug=slug, ordinal=ordinal))
