"""The judge's doors: the list, the sheet beside the work, saving, sending, taking back, stepping aside."""

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award.clock import now
from award.db import unit_of_work
from award.documents.answers import list_asked
from award.doors import deed, found, wants_json
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.features import followed_by
from award.paging import Turn
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from award.screening.queries import blind_codes
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.panels import queries as panels
from judging.panels.models import Assignment, Seat
from judging.panels.operations import put_off
from judging.panels.permissions import disclosures, relations
from judging.panels.recusing import disclose as disclose_tie
from judging.scoring import forms, looking_again, operations, pages, queries
from judging.scoring.contents import Incomplete, marks_of
from judging.scoring.exchanges import being_exchanged
from judging.scoring.first_looks import seen_first
from judging.scoring.forms import NOTE_LENGTH, Typed, standing, typed
from judging.scoring.models import ScoreSheet
from judging.scoring.permissions import can_answer, can_look_back, can_read, can_score

blueprint = Blueprint("scoring", __name__)

MOST_BESIDE = 4
"""So many works stand beside each other at most."""

Answer = str | Response | tuple[str, int] | tuple[Response, int]


@dataclass
class Chair:
    """Where the judge sits at this door."""

    edition: Edition
    round: Round
    person: Person
    seats: list[Seat]

    @cached_property
    def by(self) -> Capacity:
        return capacity(self.person, self.edition)

    @property
    def person_id(self) -> int:
        return self.person.id

    @property
    def pledged(self) -> bool:
        return all(seat.pledged_at for seat in self.seats)

    @cached_property
    def begins(self) -> Verdict:
        """Whether works may be marked, or what the judge has to do first."""
        return operations.begins(self.person_id, self.round)

    @property
    def first(self) -> str:
        """Where that is done."""
        return url_for("calibration.own", slug=self.edition.slug, ordinal=self.round.ordinal)

    def address(self, endpoint: str, assignment_id: str | None = None) -> str:
        return url_for(
            f"scoring.{endpoint}", slug=self.edition.slug, ordinal=self.round.ordinal, assignment_id=assignment_id
        )


def chair_at(slug: str, ordinal: int) -> Chair:
    """Where the person signed in sits in the round; refused to whoever has no seat in it."""
    edition = found(edition_by_slug(slug))
    round_ = found(panels.round_at(edition.id, ordinal))
    person = signed_in()
    seats = panels.seats_of(person.id, round_.id)
    if not seats:
        raise Refused(Verdict("no_seat", _("Trang này dành cho thành viên các tiểu ban của vòng chấm.")))
    return Chair(edition, round_, person, seats)


def assignment_of(chair: Chair, public_id: str) -> Assignment:
    """The own assignment of that name; another's is 404."""
    return found(queries.own_assignment(chair.person_id, chair.round.id, public_id))


@blueprint.get("/<slug>/vong/<int:ordinal>/cham")
@sign_in_required
def queue(slug: str, ordinal: int) -> Answer:
    chair = chair_at(slug, ordinal)
    if not chair.pledged:
        return redirect(url_for("panels.pledge", slug=slug, ordinal=ordinal), code=303)
    filter_, order, turn = request.args.get("loc", ""), request.args.get("xep", ""), Turn.read(request.args)
    name = f"danh-sach-cham-{slug}-vong-{ordinal}"
    of = (chair.person_id, chair.round, filter_, order)
    if taken := list_asked(name, lambda: pages.queue_sheet(chair.edition, *of)):
        return taken
    shown = pages.queue_page(*of, turn, now())
    leads = chair.round.state == "open" and any(seat.role in {"chair", "deputy"} for seat in chair.seats)
    begins = {"first": chair.begins.sentence, "first_url": chair.first}
    return render_template("scoring/queue.html", called=called(chair.round), leads=leads, **begins, **shown)


@blueprint.get("/<slug>/vong/<int:ordinal>/cham/<assignment_id>")
@sign_in_required
def sheet(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    if assignment.state == "open" and assignment.seat.pledged_at is None:
        return redirect(url_for("panels.pledge", slug=slug, ordinal=ordinal), code=303)
    require(can_look_back(assignment.seat, assignment, chair.round))
    if not chair.begins:
        return redirect(chair.first, code=303)
    if chair.round.state == "closed":
        return _own_sheet(chair, assignment)
    seen_first(assignment)
    return _sheet_page(chair, assignment)


def _own_sheet(chair: Chair, assignment: Assignment) -> str:
    """The sheet as it was sent, in a round that is over."""
    kept = queries.own_sheet(assignment.seat_id, assignment.id)
    shown = pages.own_sheet_page(chair.person_id, chair.round, assignment, kept, standing(kept, chair.round))
    return render_template("scoring/own_sheet.html", called=called(chair.round), **shown)


def _sheet_page(chair: Chair, assignment: Assignment, form: Typed | None = None, **answer: str) -> str:
    """The sheet as it stands, or with what was typed and what is wrong with it."""
    kept = queries.own_sheet(assignment.seat_id, assignment.id)
    shown = pages.sheet_page(chair.person_id, chair.round, assignment, kept, form or standing(kept, chair.round))
    left, line = pages.time_left(chair.round, now()), followed_by(chair.person_id, chair.edition.id)
    return render_template(
        "scoring/sheet.html", called=called(chair.round), time_left=left, followed=line, **shown, **answer
    )


def _marks(assignment: Assignment, form: Typed) -> dict[int, int]:
    """Every mark that was typed; a criterion whose text is no mark keeps the one it had."""
    kept = queries.own_sheet(assignment.seat_id, assignment.id) if form.faults else None
    before = marks_of(kept) if kept else {}
    return form.marks | {criterion: before[criterion] for criterion in form.faults if criterion in before}


def _saved(chair: Chair, assignment: Assignment, form: Typed) -> ScoreSheet:
    return operations.save(
        by=chair.by,
        assignment=assignment,
        version=form.version,
        marks=_marks(assignment, form),
        note=form.note,
        level=form.level,
    )


def _took_in(chair: Chair, assignment: Assignment, key: str) -> Answer:
    """A save that the browser kept under this key, as the worker of the page sends it."""
    form = typed(request.form, chair.round)
    try:
        with unit_of_work():
            marks = _marks(assignment, form)
            sheet, version = operations.take_in(
                by=chair.by,
                assignment=assignment,
                key=key,
                version=form.version,
                marks=marks,
                note=form.note,
                level=form.level,
            )
    except operations.EditedElsewhere as elsewhere:
        return _both(chair, assignment, form, elsewhere.sheet)
    return jsonify(pages.saved_answer(found(sheet), form, assignment, chair.round, version))


@blueprint.post("/<slug>/vong/<int:ordinal>/cham/<assignment_id>")
@sign_in_required
def save(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    if (key := request.headers.get("Idempotency-Key", "")[:64]) and wants_json():
        return _took_in(chair, assignment, key)
    require(can_score(assignment.seat, assignment, chair.round))
    form, go = typed(request.form, chair.round), request.form.get("go", "")
    try:
        with unit_of_work():
            kept = _saved(chair, assignment, form)
            if go == "later":
                put_off(assignment=assignment)
    except operations.EditedElsewhere as elsewhere:
        return _both(chair, assignment, form, elsewhere.sheet)
    if wants_json():
        return jsonify(pages.saved_answer(kept, form, assignment, chair.round))
    if form.faults:
        form.version = kept.version
        return _sheet_page(chair, assignment, form), 422
    if go == "later":
        flash(_("Đã để lại %(code)s, chấm sau.", code=blind_codes([assignment.entry_id])[assignment.entry_id]), "ok")
    return redirect(_onward(chair, assignment, go), code=303)


def _onward(chair: Chair, assignment: Assignment, go: str) -> str:
    """Where the button leads: the works beside it, the next to judge, else the list; without one, the same work."""
    if go == "beside":
        names = request.form.getlist("tp")[:MOST_BESIDE]
        return url_for("scoring.compare", slug=chair.edition.slug, ordinal=chair.round.ordinal, tp=names)
    if go not in {"next", "later"}:
        return chair.address("sheet", assignment_id=assignment.public_id)
    following = queries.reading_list(chair.person_id, chair.round).next_to_judge(assignment.public_id)
    return chair.address("sheet", assignment_id=following.public_id) if following else chair.address("queue")


def _both(chair: Chair, assignment: Assignment, form: Typed, other: ScoreSheet) -> Answer:
    """Another tab was faster: both contents, and nothing is lost before one was chosen."""
    beside = standing(other, chair.round)
    form.differ_from(beside)
    if wants_json():
        return jsonify(conflict=form.conflict(), version=beside.version), 409
    form.version = beside.version
    return _sheet_page(chair, assignment, form), 409


@blueprint.post("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/gui")
@sign_in_required
def finish(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    require(can_score(assignment.seat, assignment, chair.round))
    form = typed(request.form, chair.round)
    try:
        if form.faults:
            raise Incomplete([])
        with deed() as done:
            _saved(chair, assignment, form)
            operations.finish(by=chair.by, edition=chair.edition, assignment=assignment)
            return done(chair.address("sheet", assignment_id=assignment_id))
    except operations.EditedElsewhere as elsewhere:
        return _both(chair, assignment, form, elsewhere.sheet)
    except Incomplete as lacking:
        form.lack(lacking)
        return _sheet_page(chair, assignment, form), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/cham/gui")
@sign_in_required
def finish_all(slug: str, ordinal: int) -> Answer:
    chair = chair_at(slug, ordinal)
    ready = queries.reading_list(chair.person_id, chair.round).ready_to_send
    with deed() as done:
        for place in ready:
            operations.finish(by=chair.by, edition=chair.edition, assignment=assignment_of(chair, place.public_id))
        done.after(lambda: flash(_("Đã gửi %(n)s phiếu chấm.", n=len(ready)), "ok"))
        return done(chair.address("queue"))


def _asked(chair: Chair, public_id: str) -> tuple[Assignment, Typed]:
    """The own assignment whose sheet is to be looked at again, and the form of the sheet as it stands."""
    assignment = assignment_of(chair, public_id)
    kept = queries.own_sheet(assignment.seat_id, assignment.id)
    talking = being_exchanged(assignment)
    require(can_answer(assignment.seat, assignment, chair.round, kept, queries.look_at(kept), talking=talking))
    return assignment, standing(kept, chair.round)


def _mended(refused: Refused) -> str:
    """What the judge can mend on the page; anything else that refuses the answer is raised again."""
    if refused.verdict.code not in {"no_reason", "unchanged"}:
        raise refused
    return refused.verdict.sentence


def _reason(field: str) -> str:
    return canonical(request.form.get(field, ""))[:NOTE_LENGTH]


@blueprint.post("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/giu-nguyen")
@sign_in_required
def keep(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment, form = _asked(chair, assignment_id)
    reason = _reason("kept_because")
    try:
        with deed() as done:
            looking_again.keep(by=chair.by, edition=chair.edition, assignment=assignment, reason=reason)
            done.after(lambda: flash(_("Đã giữ nguyên điểm."), "ok"))
            return done(chair.address("sheet", assignment_id=assignment_id))
    except Refused as refused:
        fault = _mended(refused)
        return _sheet_page(chair, assignment, form, kept_because=reason, kept_fault=fault), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/dieu-chinh")
@sign_in_required
def revise(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment, kept = _asked(chair, assignment_id)
    form, reason = typed(request.form, chair.round), _reason("changed_because")
    form.note = kept.note
    try:
        if form.faults:
            raise Incomplete([])
        with deed() as done:
            looking_again.revise(
                by=chair.by,
                edition=chair.edition,
                assignment=assignment,
                marks=form.marks,
                reason=reason,
                level=form.level,
            )
            done.after(lambda: flash(_("Đã gửi phiếu điều chỉnh."), "ok"))
            return done(chair.address("sheet", assignment_id=assignment_id))
    except Incomplete as lacking:
        form.lack(lacking)
        return _sheet_page(chair, assignment, form, changed_because=reason), 422
    except Refused as refused:
        fault = _mended(refused)
        return _sheet_page(chair, assignment, form, changed_because=reason, changed_fault=fault), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/mo-lai")
@sign_in_required
def reopen(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    with deed() as done:
        operations.reopen(by=chair.by, edition=chair.edition, assignment=assignment)
        return done(chair.address("sheet", assignment_id=assignment_id))


def _aside_page(
    chair: Chair, assignment: Assignment, form: forms.StepAsideForm, acquainted: forms.AcquaintedForm | None = None
) -> str:
    listed, policy = queries.reading_list(chair.person_id, chair.round), panels.policy_of(chair.edition)
    acquainted = acquainted or forms.acquainted_form(disclosures(policy))
    return render_template(
        "scoring/step_aside.html",
        round=chair.round,
        place=listed.places[listed.index(assignment.public_id)],
        same_newsroom="newsroom" in dict(form.relation.choices),
        form=form,
        settled=bool(policy.said),
        acquainted=acquainted,
        told_of=disclosures(policy).get(acquainted.only, ""),
        disclosed=bool(panels.judged_with_ties([chair.person_id], [assignment.entry_id])),
        called=called(chair.round),
    )


@blueprint.route("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/lien-quan", methods=["GET", "POST"])
@sign_in_required
def step_aside(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    require(can_read(assignment.seat, assignment, chair.round))
    form = forms.step_aside_form(relations(panels.policy_of(chair.edition)), request.form)
    if request.method == "GET":
        return _aside_page(chair, assignment, form)
    if not form.validate():
        return _aside_page(chair, assignment, form), 422
    with deed() as done:
        operations.step_aside(
            by=chair.by,
            edition=chair.edition,
            assignment=assignment,
            relation=form.relation.data,
            note=form.note.data,
        )
        done.after(lambda: flash(_("Đã ghi nhận. Tác phẩm được chuyển cho thành viên khác chấm."), "ok"))
        return done(chair.address("queue"))


@blueprint.post("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/quen-biet")
@sign_in_required
def disclose(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    require(can_read(assignment.seat, assignment, chair.round))
    policy = panels.policy_of(chair.edition)
    acquainted = forms.acquainted_form(disclosures(policy), request.form)
    if not acquainted.validate():
        form = forms.step_aside_form(relations(policy), None)
        return _aside_page(chair, assignment, form, acquainted), 422
    with deed() as done:
        told, note = acquainted.relation, acquainted.known.data
        disclose_tie(by=chair.by, edition=chair.edition, assignment=assignment, relation=told, note=note)
        done.after(lambda: flash(_("Đã ghi nhận khai báo. Đồng chí tiếp tục chấm tác phẩm này."), "ok"))
        return done(chair.address("sheet", assignment_id=assignment_id))
