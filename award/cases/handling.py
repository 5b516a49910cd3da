"""The doors of who handles objections: the desk's list, recording a letter, examining, notes, days, the answer."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.cases import operations, papers, permissions, queries, subjects
from award.cases.forms import BeginForm, DecideForm, DueForm, LetterForm, NoteForm
from award.cases.models import Case
from award.cases.operations import Letter
from award.cases.views import WORDS, Answer, blueprint, case_at, case_page, place, subject_of
from award.clock import now
from award.dates import local
from award.documents.answers import list_asked
from award.doors import deed
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.paging import Turn
from award.people.signin import sign_in_required
from award.verdicts import Refused, require


@blueprint.get("/<slug>/giai-quyet-kien-nghi")
@sign_in_required
def desk(slug: str) -> Answer:
    edition, by = place(slug)
    require(permissions.can_list(by))
    today = local(now()).date()
    taken = list_asked(f"kien-nghi-{slug}", lambda: papers.listed(edition, queries.every_case(edition.id), WORDS))
    return taken or render_template(
        "cases/desk.html",
        page=queries.cases(edition.id, Turn.read(request.args)),
        left=lambda case: permissions.days_left(case, today),
        may_record=bool(permissions.can_record(by, edition)),
        **WORDS,
    )


@blueprint.route("/<slug>/giai-quyet-kien-nghi/ghi", methods=["GET", "POST"])
@sign_in_required
def record(slug: str) -> Answer:
    edition, by = place(slug)
    require(permissions.can_record(by, edition))
    offered = {each.key: each for each in subjects.offered(edition, None)}
    form = LetterForm(None if request.method == "GET" else request.form)
    form.subject.choices = [(key, each.words) for key, each in offered.items()]
    if request.method == "GET":
        return render_template("cases/record.html", form=form)
    subject = subject_of(edition, form, offered) if form.validate() else None
    if subject is None:
        return render_template("cases/record.html", form=form), 422
    with deed() as done:
        letter = Letter(**{name: form[name].data for name in ("sender", "contact", "received_on", "due_day")})
        words = form.words.data or ""
        case = operations.record_letter(by=by, edition=edition, subject=subject, words=words, letter=letter)
        done.after(lambda: flash(_("Đã ghi. Gửi bản quét của thư ở trang này."), "ok"))
        return done(url_for("cases.case", slug=slug, case_id=case.public_id))


def _handled(slug: str, case_id: str) -> tuple[Edition, Capacity, Case]:
    edition, by, case = case_at(slug, case_id)
    require(permissions.can_handle(by, case, tied=operations.tied(case, by.person_id)))
    return edition, by, case


def _there(slug: str, case_id: str) -> str:
    return url_for("cases.case", slug=slug, case_id=case_id)


@blueprint.post("/<slug>/kien-nghi/<case_id>/xem-xet")
@sign_in_required
def begin(slug: str, case_id: str) -> Answer:
    edition, by, case = _handled(slug, case_id)
    form = BeginForm()
    if not form.validate():
        return case_page(edition, by, case, begin_form=form), 422
    try:
        with deed() as done:
            operations.begin(by=by, edition=edition, case=case, due_day=form.until.data)
            return done(_there(slug, case_id))
    except Refused as refused:
        if refused.verdict.code != "due":
            raise
        form.until.errors = [refused.verdict.sentence]
        return case_page(edition, by, case, begin_form=form), 422


@blueprint.post("/<slug>/kien-nghi/<case_id>/han")
@sign_in_required
def due(slug: str, case_id: str) -> Answer:
    edition, by, case = _handled(slug, case_id)
    form = DueForm()
    if not form.validate():
        return case_page(edition, by, case, due_form=form), 422
    with deed() as done:
        assert form.due_day.data is not None
        until, reason = form.due_day.data, form.reason.data or ""
        operations.set_due(by=by, edition=edition, case=case, due_day=until, reason=reason)
        return done(_there(slug, case_id))


@blueprint.post("/<slug>/kien-nghi/<case_id>/ghi-chu")
@sign_in_required
def note(slug: str, case_id: str) -> Answer:
    edition, by, case = _handled(slug, case_id)
    form = NoteForm()
    if not form.validate():
        return case_page(edition, by, case, note_form=form), 422
    with deed() as done:
        operations.note(by=by, edition=edition, case=case, words=form.note.data or "")
        return done(_there(slug, case_id))


@blueprint.post("/<slug>/kien-nghi/<case_id>/tra-loi")
@sign_in_required
def decide(slug: str, case_id: str) -> Answer:
    edition, by, case = case_at(slug, case_id)
    require(permissions.can_decide(by, case, tied=operations.tied(case, by.person_id)))
    form = DecideForm()
    if not form.validate():
        return case_page(edition, by, case, decide_form=form), 422
    with deed() as done:
        outcome, answer = form.outcome.data, form.answer.data or ""
        operations.decide(by=by, edition=edition, case=case, outcome=outcome, answer=answer)
        return done(_there(slug, case_id))
