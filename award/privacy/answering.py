"""The secretariat's doors: requests by their last day, who the asker is, what goes and stays, terms, the register."""

from collections import defaultdict
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.dates import local
from award.db import session
from award.documents.answers import file_asked, list_asked
from award.documents.tables import Column, Sheet
from award.doors import deed, found
from award.editions.entering import entered
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.paging import Turn
from award.people.freshness import step_up
from award.people.models import Person
from award.people.signin import sign_in_required
from award.privacy import operations, papers, permissions, queries, rooms
from award.privacy.forms import KIND_WORDS, STATE_WORDS, AnswerForm, OnPaperForm, RefusalForm, TermForm
from award.privacy.models import PrivacyRequest
from award.privacy.views import Answer, blueprint, copy_address
from award.verdicts import Refused, require


def _place(slug: str) -> tuple[Edition, Capacity]:
    return entered(slug, permissions.can_handle)


def _asked(slug: str, request_id: str) -> tuple[Edition, Capacity, PrivacyRequest]:
    edition, by = _place(slug)
    return edition, by, found(queries.request_of(edition.award_id, request_id))


def _listed(edition: Edition) -> Sheet:
    columns = [
        Column(_("Người yêu cầu"), width=28),
        Column(_("Yêu cầu"), width=24),
        Column(_("Ngày nhận"), "date", 14),
        Column(_("Hạn trả lời"), "date", 14),
        Column(_("Trạng thái"), width=16),
    ]
    rows = [
        (
            each.name or _("không còn họ tên"),
            str(KIND_WORDS[each.request.kind]),
            each.request.received_on,
            each.request.due_day,
            str(STATE_WORDS[each.request.state]),
        )
        for each in queries.every_request(edition.award_id)
    ]
    return Sheet(_("Yêu cầu về dữ liệu cá nhân"), columns, rows, edition.award.name)


def _list(edition: Edition, form: OnPaperForm) -> str:
    return render_template(
        "privacy/requests.html",
        form=form,
        page=queries.requests(edition.award_id, Turn.read(request.args)),
        today=local(now()).date(),
        days_left=permissions.days_left,
        kind_words=KIND_WORDS,
        state_words=STATE_WORDS,
    )


@blueprint.route("/<slug>/du-lieu-ca-nhan", methods=["GET", "POST"])
@sign_in_required
def requests(slug: str) -> Answer:
    edition, by = _place(slug)
    if request.method == "GET":
        taken = list_asked(f"du-lieu-ca-nhan-{slug}", lambda: _listed(edition))
        return taken or _list(edition, OnPaperForm(None))
    form = OnPaperForm()
    if not form.validate():
        return _list(edition, form), 422
    with deed() as done:
        asked = operations.record_on_paper(by=by, edition=edition, said=_said(form))
        done.after(lambda: flash(_("Đã ghi yêu cầu."), "ok"))
        return done(url_for("privacy.answering", slug=slug, request_id=asked.public_id))


def _said(form: OnPaperForm) -> operations.OnPaper:
    assert form.received_on.data is not None, "a valid form has its day"
    return operations.OnPaper(
        kind=form.kind.data,
        name=form.name.data,
        contact=form.contact.data,
        newsroom_words=form.newsroom_words.data or "",
        words=form.words.data,
        received_on=form.received_on.data,
    )


def _sheet(by: Capacity, asked: PrivacyRequest, fault: str = "", **forms: Any) -> str:
    person = session.get(Person, asked.person_id) if asked.person_id is not None else None
    seen = rooms.subject_of(asked.person_id, asked.rows)
    erasing = asked.kind == "erasure" and asked.state == "open"
    names = [asked.name, *((person.legal_name,) if person else ())]
    return render_template(
        "privacy/request.html",
        asked=asked,
        person=person,
        candidates=rooms.candidates(names) if asked.state == "open" else [],
        chosen={(table, number) for table, numbers in asked.rows.items() for number in numbers},
        ambiguous=seen.ambiguous,
        fates=rooms.fates(seen.subject) if erasing else [],
        against=rooms.against_erasing(seen.subject) if erasing else [],
        may_erase=permissions.can_erase(by, asked),
        fault=fault,
        kind_words=KIND_WORDS,
        state_words=STATE_WORDS,
        left=permissions.days_left(asked, local(now()).date()),
        **{"answer_form": AnswerForm(None), "refusal_form": RefusalForm(None), **forms},
    )


@blueprint.get("/<slug>/du-lieu-ca-nhan/<request_id>")
@sign_in_required
def answering(slug: str, request_id: str) -> Answer:
    _edition, by, asked = _asked(slug, request_id)
    return _sheet(by, asked)


@blueprint.post("/<slug>/du-lieu-ca-nhan/<request_id>/doi-chieu")
@sign_in_required
def match(slug: str, request_id: str) -> Answer:
    """Only rows that were offered can be chosen."""
    _edition, by, asked = _asked(slug, request_id)
    require(permissions.can_end(by, asked))
    person = session.get(Person, asked.person_id) if asked.person_id is not None else None
    offered = rooms.candidates([asked.name, *((person.legal_name,) if person else ())])
    chosen: dict[str, list[int]] = defaultdict(list)
    for each in offered:
        if f"{each.table}:{each.number}" in request.form.getlist("row"):
            chosen[each.table].append(each.number)
    with deed() as done:
        operations.match(by=by, asked=asked, chosen=chosen)
        return done(url_for("privacy.answering", slug=slug, request_id=request_id))


@blueprint.post("/<slug>/du-lieu-ca-nhan/<request_id>/tra-loi")
@sign_in_required
def answer(slug: str, request_id: str) -> Answer:
    _edition, by, asked = _asked(slug, request_id)
    require(permissions.can_end(by, asked))
    form = AnswerForm()
    if not form.validate():
        return _sheet(by, asked, answer_form=form), 422
    with deed() as done:
        operations.answer(by=by, asked=asked, words=form.words.data)
        return done(url_for("privacy.answering", slug=slug, request_id=request_id))


@blueprint.post("/<slug>/du-lieu-ca-nhan/<request_id>/tu-choi")
@sign_in_required
def refuse(slug: str, request_id: str) -> Answer:
    _edition, by, asked = _asked(slug, request_id)
    require(permissions.can_end(by, asked))
    form = RefusalForm()
    if not form.validate():
        return _sheet(by, asked, refusal_form=form), 422
    with deed() as done:
        operations.refuse(by=by, asked=asked, reason=form.reason.data)
        return done(url_for("privacy.answering", slug=slug, request_id=request_id))


@blueprint.post("/<slug>/du-lieu-ca-nhan/<request_id>/xoa")
@sign_in_required
@step_up
def erase(slug: str, request_id: str) -> Answer:
    """What was told on the page is done; what came in the way since is said there."""
    edition, by, asked = _asked(slug, request_id)
    require(permissions.can_erase(by, asked))
    try:
        with deed() as done:
            operations.erase(by=by, asked=asked)
            done.after(lambda: flash(_("Đã xóa dữ liệu cá nhân."), "ok"))
            return done(url_for("privacy.answering", slug=slug, request_id=request_id))
    except Refused as refused:
        return _sheet(by, found(queries.request_of(edition.award_id, request_id)), str(refused.verdict.sentence)), 422


@blueprint.post("/<slug>/du-lieu-ca-nhan/<request_id>/ban-sao")
@sign_in_required
def make_copy(slug: str, request_id: str) -> Answer:
    _edition, by, asked = _asked(slug, request_id)
    require(permissions.can_copy(by, asked))
    with deed() as done:
        operations.make_copy(by=by, asked=asked)
        done.after(lambda: flash(_("Đang lập bản sao dữ liệu."), "info"))
        return done(url_for("privacy.answering", slug=slug, request_id=request_id))


@blueprint.get("/<slug>/du-lieu-ca-nhan/<request_id>/ban-sao")
@sign_in_required
@step_up
def take_copy(slug: str, request_id: str) -> Answer:
    """For who came on paper; who has an account takes the copy themselves."""
    _edition, _by, asked = _asked(slug, request_id)
    found(asked.export_size if asked.person_id is None else None)
    return copy_address(asked)


@blueprint.route("/<slug>/du-lieu-ca-nhan/thoi-han", methods=["GET", "POST"])
@sign_in_required
def terms(slug: str) -> Answer:
    _edition, by = _place(slug)
    form = TermForm(None if request.method == "GET" else request.form)
    codes = {lapse.code for lapse in queries.lapses()}
    if request.method == "POST":
        require(permissions.can_set_retention(by))
        code = request.form.get("code", "")
        if form.validate() and code in codes:
            with deed() as done:
                operations.set_term(by=by, code=code, days=form.days.data, reason=form.reason.data)
                done.after(lambda: flash(_("Đã ghi thời hạn lưu."), "ok"))
                return done(url_for("privacy.terms", slug=slug))
    page = render_template(
        "privacy/terms.html",
        terms=queries.terms(),
        form=form,
        code=request.values.get("code", ""),
        may_set=bool(permissions.can_set_retention(by)),
    )
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/<slug>/du-lieu-ca-nhan/so-theo-doi.<ending>")
@sign_in_required
def register(slug: str, ending: str) -> Answer:
    edition, _by = _place(slug)
    return file_asked(f"so-theo-doi-du-lieu-ca-nhan-{slug}", ending, paper=lambda: papers.register(edition))
