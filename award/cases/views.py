"""The doors of who objects: what one sent, sending, the case with its visible history, adding, taking back, files."""

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.cases import evidence, operations, permissions, queries, subjects
from award.cases.forms import (
    ABOUT_WORDS,
    ACT_WORDS,
    OUTCOME_WORDS,
    STATE_WORDS,
    AddForm,
    BeginForm,
    DecideForm,
    DueForm,
    NoteForm,
    OpenForm,
    WithdrawForm,
)
from award.cases.models import Case
from award.cases.queries import Subject
from award.cases.showing import case_shown
from award.db import unit_of_work
from award.doors import deed, found, wants_json
from award.editions.models import Edition
from award.editions.permissions import Capacity, can_see
from award.editions.queries import capacity
from award.entries.queries import edition_with_clauses
from award.files.answers import upload_answer
from award.files.forms import declared
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require

blueprint = Blueprint("cases", __name__)

Answer = str | Response | BaseResponse | tuple[str, int]
WORDS = {"about_words": ABOUT_WORDS, "state_words": STATE_WORDS, "outcome_words": OUTCOME_WORDS, "act_words": ACT_WORDS}


def place(slug: str) -> tuple[Edition, Capacity]:
    """The edition for who may see it, with its clauses."""
    edition = found(edition_with_clauses(slug))
    by = capacity(signed_in(), edition)
    found(edition if can_see(by, edition) else None)
    return edition, by


def case_at(slug: str, case_id: str) -> tuple[Edition, Capacity, Case]:
    """The case for who sent it and for its readers; to everybody else it does not exist."""
    edition, by = place(slug)
    case = found(queries.case_of(edition.id, case_id))
    found(case if permissions.follows(by.person_id, case) or permissions.can_list(by) else None)
    return edition, by, case


@blueprint.get("/<slug>/kien-nghi")
@sign_in_required
def own(slug: str) -> Answer:
    edition, by = place(slug)
    return render_template(
        "cases/own.html",
        cases=queries.own(edition.id, signed_in().id),
        may_open=permissions.can_open(edition),
        may_list=bool(permissions.can_list(by)),
        **WORDS,
    )


@blueprint.route("/<slug>/kien-nghi/gui", methods=["GET", "POST"])
@sign_in_required
def send(slug: str) -> Answer:
    edition, _by = place(slug)
    require(permissions.can_open(edition))
    offered = {each.key: each for each in subjects.offered(edition, signed_in().id)}
    form = OpenForm(None if request.method == "GET" else request.form)
    form.subject.choices = [(key, each.words) for key, each in offered.items()]
    if request.method == "GET":
        form.subject.data = request.args.get("ve", subjects.EDITION)
        return render_template("cases/send.html", form=form)
    subject = subject_of(edition, form, offered) if form.validate() else None
    if subject is None:
        return render_template("cases/send.html", form=form), 422
    with deed() as done:
        words = form.words.data or ""
        case = operations.open_case(person=signed_in(), edition=edition, subject=subject, words=words)
        code = case.code
        done.after(lambda: flash(_("Đã tiếp nhận kiến nghị, phản ánh, mã %(code)s.", code=code), "ok"))
        return done(url_for("cases.case", slug=slug, case_id=case.public_id))


def subject_of(edition: Edition, form: OpenForm, offered: dict[str, Subject]) -> Subject | None:
    """What it is about: the work of the code where one is typed, else what was chosen."""
    if not form.code.data:
        return offered[form.subject.data]
    subject = subjects.of_code(edition, form.code.data)
    if subject is None:
        form.code.errors = [permissions.NOT_FOUND_WORK]
    return subject


def case_page(edition: Edition, by: Capacity, case: Case, **forms: object) -> str:
    """The case as its reader may read it, with these forms as they were typed."""
    return render_template("cases/case.html", **case_shown(edition, by, case), **{**_forms(), **forms}, **WORDS)


def _forms() -> dict[str, object]:
    return {
        "add_form": AddForm(None),
        "withdraw_form": WithdrawForm(None),
        "begin_form": BeginForm(None),
        "due_form": DueForm(None),
        "note_form": NoteForm(None),
        "decide_form": DecideForm(None),
    }


@blueprint.get("/<slug>/kien-nghi/<case_id>")
@sign_in_required
def case(slug: str, case_id: str) -> Answer:
    edition, by, asked = case_at(slug, case_id)
    if not permissions.follows(by.person_id, asked):
        require(permissions.can_read(by, asked, tied=operations.tied(asked, by.person_id)))
    return case_page(edition, by, asked)


@blueprint.post("/<slug>/kien-nghi/<case_id>/bo-sung")
@sign_in_required
def add(slug: str, case_id: str) -> Answer:
    edition, by, asked = case_at(slug, case_id)
    require(permissions.can_add(by.person_id, asked))
    form = AddForm()
    if not form.validate():
        return case_page(edition, by, asked, add_form=form), 422
    with deed() as done:
        operations.add(person=signed_in(), edition=edition, case=asked, words=form.more.data or "")
        return done(url_for("cases.case", slug=slug, case_id=case_id))


@blueprint.post("/<slug>/kien-nghi/<case_id>/rut")
@sign_in_required
def withdraw(slug: str, case_id: str) -> Answer:
    edition, by, asked = case_at(slug, case_id)
    require(permissions.can_add(by.person_id, asked))
    form = WithdrawForm()
    if not form.validate():
        return case_page(edition, by, asked, withdraw_form=form), 422
    with deed() as done:
        operations.withdraw(person=signed_in(), edition=edition, case=asked, reason=form.why.data or "")
        return done(url_for("cases.case", slug=slug, case_id=case_id))


@blueprint.post("/<slug>/kien-nghi/<case_id>/tep")
@sign_in_required
def begin_file(slug: str, case_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    if not request.is_json:
        abort(400)
    with unit_of_work():
        _edition, by, asked = case_at(slug, case_id)
        file = evidence.begin(by=by, case=asked, uploader=signed_in(), **declared())
    remove_url = url_for("cases.remove_file", slug=slug, case_id=case_id, file_id=file.public_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


@blueprint.post("/<slug>/kien-nghi/<case_id>/tep/<file_id>/bo")
@sign_in_required
def remove_file(slug: str, case_id: str, file_id: str) -> Answer:
    with unit_of_work():
        _edition, by, asked = case_at(slug, case_id)
        evidence.drop(by=by, case=asked, file_key=file_id)
    if wants_json():
        return jsonify(removed=file_id)
    return redirect(url_for("cases.case", slug=slug, case_id=case_id), 303)
