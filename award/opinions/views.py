"""The doors of opinions: who was asked, one body with its answer and scans."""

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.dates import local
from award.db import unit_of_work
from award.doors import deed, found, wants_json
from award.editions.entering import entered
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files.answers import upload_answer
from award.files.forms import declared
from award.opinions import operations, permissions, queries
from award.opinions.forms import AnswerForm, AskForm, ReasonForm
from award.opinions.models import Opinion
from award.opinions.showing import opinion_shown
from award.opinions.words import STANCE_WORDS
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require

blueprint = Blueprint("opinions", __name__)

Answer = str | Response | BaseResponse | tuple[str, int]


def _place(slug: str) -> tuple[Edition, Capacity]:
    return entered(slug, permissions.can_read)


def _at(slug: str, opinion_id: str) -> tuple[Edition, Capacity, Opinion]:
    edition, by = _place(slug)
    return edition, by, found(queries.opinion(edition.id, opinion_id))


def _list(edition: Edition, by: Capacity, form: AskForm) -> str:
    return render_template(
        "opinions/list.html",
        opinions=queries.opinions(edition.id),
        withdrawn=queries.withdrawn(edition.id),
        may_record=bool(permissions.can_record(by, edition)),
        today=local(now()).date(),
        stances=STANCE_WORDS,
        form=form,
    )


@blueprint.get("/<slug>/xin-y-kien", endpoint="list")
@sign_in_required
def asked(slug: str) -> Answer:
    edition, by = _place(slug)
    return _list(edition, by, AskForm(None))


@blueprint.post("/<slug>/xin-y-kien")
@sign_in_required
def ask(slug: str) -> Answer:
    edition, by = _place(slug)
    require(permissions.can_record(by, edition))
    form = AskForm()
    if not form.validate():
        return _list(edition, by, form), 422
    with deed() as done:
        made = operations.ask(by=by, edition=edition, **form.typed)
        done.after(lambda: flash(_("Đã ghi việc xin ý kiến."), "ok"))
        return done(url_for("opinions.opinion", slug=slug, opinion_id=made.public_id))


def _page(
    edition: Edition,
    by: Capacity,
    one: Opinion,
    *,
    form: AnswerForm | None = None,
    reopening: ReasonForm | None = None,
    withdrawing: ReasonForm | None = None,
) -> str:
    return render_template(
        "opinions/opinion.html",
        form=form or AnswerForm(None),
        reopening=reopening or ReasonForm(None),
        withdrawing=withdrawing or ReasonForm(None),
        **opinion_shown(edition, by, one),
    )


@blueprint.get("/<slug>/xin-y-kien/<opinion_id>")
@sign_in_required
def opinion(slug: str, opinion_id: str) -> Answer:
    return _page(*_at(slug, opinion_id))


@blueprint.post("/<slug>/xin-y-kien/<opinion_id>/tra-loi")
@sign_in_required
def answer(slug: str, opinion_id: str) -> Answer:
    edition, by, one = _at(slug, opinion_id)
    require(permissions.can_answer(by, edition, one))
    form = AnswerForm()
    if not form.validate():
        return _page(edition, by, one, form=form), 422
    with deed() as done:
        operations.answer(by=by, edition=edition, opinion=one, **form.typed)
        done.after(lambda: flash(_("Đã ghi ý kiến trả lời."), "ok"))
        return done(url_for("opinions.list", slug=slug))


@blueprint.post("/<slug>/xin-y-kien/<opinion_id>/ghi-lai")
@sign_in_required
def reopen(slug: str, opinion_id: str) -> Answer:
    edition, by, one = _at(slug, opinion_id)
    require(permissions.can_reopen(by, edition, one, followed=queries.followed(one.id)))
    form = ReasonForm()
    if not form.validate():
        return _page(edition, by, one, reopening=form), 422
    with deed() as done:
        operations.reopen(by=by, edition=edition, opinion=one, reason=form.reason.data or "")
        return done(url_for("opinions.opinion", slug=slug, opinion_id=opinion_id))


@blueprint.post("/<slug>/xin-y-kien/<opinion_id>/rut")
@sign_in_required
def withdraw(slug: str, opinion_id: str) -> Answer:
    edition, by, one = _at(slug, opinion_id)
    require(permissions.can_withdraw(by, edition, one, followed=queries.followed(one.id)))
    form = ReasonForm()
    if not form.validate():
        return _page(edition, by, one, withdrawing=form), 422
    with deed() as done:
        operations.withdraw(by=by, edition=edition, opinion=one, reason=form.reason.data or "")
        done.after(lambda: flash(_("Đã rút việc xin ý kiến."), "ok"))
        return done(url_for("opinions.list", slug=slug))


@blueprint.post("/<slug>/xin-y-kien/<opinion_id>/tep")
@sign_in_required
def begin_scan(slug: str, opinion_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    if not request.is_json:
        abort(400)
    with unit_of_work():
        edition, by, one = _at(slug, opinion_id)
        file = operations.begin_scan(by=by, edition=edition, opinion=one, uploader=signed_in(), **declared())
    remove_url = url_for("opinions.remove_scan", slug=slug, opinion_id=opinion_id, file_id=file.public_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


@blueprint.post("/<slug>/xin-y-kien/<opinion_id>/tep/<file_id>/bo")
@sign_in_required
def remove_scan(slug: str, opinion_id: str, file_id: str) -> Answer:
    with unit_of_work():
        edition, by, one = _at(slug, opinion_id)
        operations.drop_scan(by=by, edition=edition, opinion=one, file_key=file_id)
    if wants_json():
        return jsonify(removed=file_id)
    return redirect(url_for("opinions.opinion", slug=slug, opinion_id=opinion_id), 303)
