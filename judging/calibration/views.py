"""The doors of calibration: a member's works and sheets of them; naming them, following them, closing them."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from award.db import unit_of_work
from award.doors import deed, found, wants_json
from award.editions.calendar import called
from award.editions.models import Edition, Panel, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.files.reading import readings
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from judging.calibration import operations, permissions, queries
from judging.calibration.forms import SamplesForm, standing, stored
from judging.calibration.models import CalibrationSheet, CalibrationWork
from judging.calibration.showing import own_panels, panels_shown
from judging.calibration.spreads import LEAST, LEAST_FOR_MIDDLE
from judging.panels import queries as panels
from judging.panels.models import Seat
from judging.scoring.contents import Incomplete
from judging.scoring.forms import Typed, field_name, typed
from judging.scoring.marks import total
from judging.scoring.pages import criteria_shown, faults_shown
from judging.scoring.views import Answer, Chair, chair_at

blueprint = Blueprint("calibration", __name__)


def _trial(slug: str, ordinal: int, work_id: str) -> tuple[Chair, CalibrationWork, Seat]:
    """The member's place, the work and the seat it is scored from; a work of another panel is 404."""
    chair = chair_at(slug, ordinal)
    work = found(queries.work_at(chair.round.id, work_id))
    return chair, work, found(next((seat for seat in chair.seats if seat.panel_id == work.panel_id), None))


@blueprint.get("/<slug>/vong/<int:ordinal>/cham-thu")
@sign_in_required
def own(slug: str, ordinal: int) -> Answer:
    chair = chair_at(slug, ordinal)
    if not chair.pledged:
        return redirect(url_for("panels.pledge", slug=slug, ordinal=ordinal), code=303)
    return render_template(
        "calibration/own.html",
        round=chair.round,
        called=called(chair.round),
        panels=own_panels(chair.round, chair.seats),
        first=not chair.begins,
        least=LEAST,
        least_for_middle=LEAST_FOR_MIDDLE,
    )


def _sheet_page(chair: Chair, work: CalibrationWork, seat: Seat, form: Typed | None = None) -> str:
    kept = queries.own_sheets([seat.id]).get((seat.id, work.id))
    form = form or standing(kept, chair.round)
    sent = kept is not None and kept.finished_at is not None
    may = permissions.can_try(seat, chair.round, ended=bool(queries.ends_of([work.panel_id])))
    return render_template(
        "calibration/sheet.html",
        round=chair.round,
        called=called(chair.round),
        work=work,
        file=readings({work.file_id: work.title}).get(work.file_id) if work.file_id else None,
        sheet=kept,
        sent=sent,
        writable=bool(may) and not sent,
        why="" if may else may.sentence,
        form=form,
        criteria=criteria_shown(chair.round, form),
        total=total(form.marks.values(), chair.round.steps_per_point) if form.marks else "–",
        missing=len(chair.round.criteria) - len(form.marks),
        faults=faults_shown(chair.round, form),
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/cham-thu/<work_id>")
@sign_in_required
def sheet(slug: str, ordinal: int, work_id: str) -> Answer:
    chair, work, seat = _trial(slug, ordinal, work_id)
    if seat.pledged_at is None:
        return redirect(url_for("panels.pledge", slug=slug, ordinal=ordinal), code=303)
    return _sheet_page(chair, work, seat)


def _saved(chair: Chair, work: CalibrationWork, seat: Seat, form: Typed) -> CalibrationSheet:
    """Every mark that was typed is kept; a criterion whose text is no mark keeps the one it had."""
    kept = queries.own_sheets([seat.id]).get((seat.id, work.id))
    before = kept.steps if kept else {}
    marks = form.marks | {criterion: before[criterion] for criterion in form.faults if criterion in before}
    return operations.save(round=chair.round, seat=seat, work=work, version=form.version, marks=marks, level=form.level)


def _both(chair: Chair, work: CalibrationWork, seat: Seat, form: Typed, other: CalibrationSheet) -> Answer:
    """Another tab was faster: both contents, and nothing is lost before one was chosen."""
    beside = standing(other, chair.round)
    form.note = ""
    form.differ_from(beside)
    if wants_json():
        return jsonify(conflict=form.conflict(), version=beside.version), 409
    form.version = beside.version
    return _sheet_page(chair, work, seat, form), 409


@blueprint.post("/<slug>/vong/<int:ordinal>/cham-thu/<work_id>")
@sign_in_required
def save(slug: str, ordinal: int, work_id: str) -> Answer:
    chair, work, seat = _trial(slug, ordinal, work_id)
    form = typed(request.form, chair.round)
    try:
        with unit_of_work():
            kept = _saved(chair, work, seat, form)
    except operations.EditedElsewhere as elsewhere:
        return _both(chair, work, seat, form, elsewhere.sheet)
    if wants_json():
        messages = {field_name(criterion): [fault] for criterion, fault in form.faults.items()}
        return jsonify(version=kept.version, saved_at=kept.changed_at.isoformat(), messages=messages)
    if form.faults:
        form.version = kept.version
        return _sheet_page(chair, work, seat, form), 422
    return redirect(url_for("calibration.sheet", slug=slug, ordinal=ordinal, work_id=work_id), code=303)


@blueprint.post("/<slug>/vong/<int:ordinal>/cham-thu/<work_id>/gui")
@sign_in_required
def finish(slug: str, ordinal: int, work_id: str) -> Answer:
    chair, work, seat = _trial(slug, ordinal, work_id)
    form = typed(request.form, chair.round)
    try:
        if form.faults:
            raise Incomplete([])
        with deed() as done:
            _saved(chair, work, seat, form)
            operations.finish(by=chair.by, edition=chair.edition, round=chair.round, seat=seat, work=work)
            done.after(lambda: flash(_("Đã gửi phiếu chấm thử."), "ok"))
            return done(url_for("calibration.own", slug=slug, ordinal=ordinal))
    except operations.EditedElsewhere as elsewhere:
        return _both(chair, work, seat, form, elsewhere.sheet)
    except Incomplete as lacking:
        form.lack(lacking)
        return _sheet_page(chair, work, seat, form), 422


def desk_of(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    """The round for who may follow its calibration."""
    edition = found(edition_by_slug(slug))
    round_, by = found(panels.round_at(edition.id, ordinal)), capacity(signed_in(), edition)
    require(permissions.can_follow(by))
    return edition, round_, by


@blueprint.get("/<slug>/vong/<int:ordinal>/bai-cham-thu")
@sign_in_required
def desk(slug: str, ordinal: int) -> Answer:
    _edition, round_, by = desk_of(slug, ordinal)
    shown = panels_shown(round_, by.person_id)
    return render_template(
        "calibration/desk.html",
        round=round_,
        called=called(round_),
        panels=shown,
        least=LEAST,
        least_for_middle=LEAST_FOR_MIDDLE,
        may_name=bool(permissions.can_name(by, round_)),
        may_end={one.panel.id: bool(permissions.can_end(by, round_, ended=one.ended is not None)) for one in shown},
    )


def _naming_page(round_: Round, panel: Panel, form: SamplesForm, changed: list[tuple[str, str]] | None = None) -> str:
    back = url_for("calibration.desk", slug=round_.edition.slug, ordinal=round_.ordinal)
    return render_template(
        "calibration/naming.html", round=round_, panel=panel, form=form, changed=changed, back=back, frozen=None
    )


def _named_elsewhere(round_: Round, panel: Panel, form: SamplesForm, kept: SamplesForm) -> Answer:
    """Somebody else was faster: what differs is told, and the next try is measured by what stands now."""
    changed = form.differences(kept)
    form.come_up_with(kept)
    form.stamp(kept)
    return _naming_page(round_, panel, form, changed), 409


@blueprint.route("/<slug>/vong/<int:ordinal>/bai-cham-thu/<panel_id>", methods=["GET", "POST"])
@sign_in_required
def naming(slug: str, ordinal: int, panel_id: str) -> Answer:
    edition, round_, by = desk_of(slug, ordinal)
    panel = found(panels.panel(round_.id, panel_id))
    require(permissions.can_name(by, round_))
    kept = SamplesForm(None, data=stored(queries.works_of([panel.id]).get(panel.id, [])))
    if request.method == "GET":
        kept.stamp(kept)
        return _naming_page(round_, panel, kept)
    form = SamplesForm()
    if form.rearrange(request.form):
        return _naming_page(round_, panel, form)
    if not form.validate():
        return _naming_page(round_, panel, form), 422
    if form.seen.data != kept.fingerprint():
        return _named_elsewhere(round_, panel, form, kept)
    try:
        with deed() as done:
            works, known = form.samples, form.known_ids
            operations.name_works(by=by, edition=edition, round=round_, panel=panel, works=works, known=known)
            return done(url_for("calibration.desk", slug=slug, ordinal=ordinal))
    except Refused as refused:
        if not form.place(refused.verdict):
            raise
        return _naming_page(round_, panel, form), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/bai-cham-thu/<panel_id>/dong")
@sign_in_required
def end(slug: str, ordinal: int, panel_id: str) -> Answer:
    edition, round_, by = desk_of(slug, ordinal)
    panel = found(panels.panel(round_.id, panel_id))
    with deed() as done:
        operations.end(by=by, edition=edition, round=round_, panel=panel)
        return done(url_for("calibration.desk", slug=slug, ordinal=ordinal))
