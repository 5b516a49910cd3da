"""The doors of one's own data: consents, requests, the copy, and what an erasure takes and leaves."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award.clock import now
from award.dates import local
from award.doors import deed, found
from award.files.store import storage
from award.nominations.bundle import ZIP
from award.people.consents import REGISTRATION, agree_anew, asked_anew, consent_words
from award.people.freshness import step_up
from award.people.signin import sign_in_required, signed_in
from award.privacy import operations, permissions, queries, rooms
from award.privacy.forms import KIND_WORDS, STATE_WORDS, CorrectionForm, ErasureForm
from award.privacy.labels import labelled
from award.privacy.models import PrivacyRequest
from award.verdicts import require
from uploads import serve

blueprint = Blueprint("privacy", __name__)

Answer = str | Response | tuple[str, int]


def copy_address(asked: PrivacyRequest) -> Response:
    """Led to the copy in the store, for a few minutes."""
    assert asked.export_key is not None
    name = f"du-lieu-ca-nhan-{local(asked.ended_at or now()):%Y%m%d}.zip"
    return redirect(serve.address(storage(), asked.export_key, mime=ZIP, name=name, verified=True, download=True))


def _page(form: CorrectionForm) -> str:
    person = signed_in()
    return render_template(
        "privacy/own.html",
        form=form,
        consents=queries.consents(person.id),
        anew=consent_words(REGISTRATION) if asked_anew(person) else "",
        declared=queries.declared(person.id),
        requests=queries.own_requests(person.id),
        copy_days=queries.days_kept("copies"),
        kind_words=KIND_WORDS,
        state_words=STATE_WORDS,
    )


@blueprint.get("/tai-khoan/du-lieu")
@sign_in_required
def own() -> Answer:
    return _page(CorrectionForm(None))


@blueprint.get("/tai-khoan/du-lieu/xem")
@sign_in_required
@step_up
def read() -> Answer:
    subject = rooms.subject_of(signed_in().id, {}, known=True).subject
    return render_template(
        "privacy/read.html", sections=rooms.told(subject), files=rooms.held_files(subject), labelled=labelled
    )


@blueprint.post("/tai-khoan/du-lieu/dong-y")
@sign_in_required
def agree() -> Answer:
    """To the words as they stand now, by a box that was ticked."""
    person = signed_in()
    if request.form.get("agreed") != "y":
        flash(_("Chưa chọn ô đồng ý."), "warn")
        return redirect(url_for("privacy.own", _anchor="dong-y"), code=303)
    with deed() as done:
        agree_anew(person)
        done.after(lambda: flash(_("Đã ghi nhận đồng ý theo nội dung mới."), "ok"))
        return done(url_for("privacy.own"))


@blueprint.post("/tai-khoan/du-lieu/dong-y/<int:number>/rut")
@sign_in_required
def withdraw_consent(number: int) -> Answer:
    person = signed_in()
    consent = found(queries.consent_of(person.id, number))
    with deed() as done:
        operations.withdraw_consent(person=person, consent=consent)
        done.after(lambda: flash(_("Đã rút lại đồng ý. Tổ Thư ký trả lời trong 15 ngày."), "ok"))
        return done(url_for("privacy.own"))


@blueprint.post("/tai-khoan/du-lieu/ban-sao")
@sign_in_required
def ask_copy() -> Answer:
    with deed() as done:
        operations.ask(person=signed_in(), kind="export")
        done.after(lambda: flash(_("Đang lập bản sao dữ liệu. Có thư báo khi lập xong."), "info"))
        return done(url_for("privacy.own"))


@blueprint.get("/tai-khoan/du-lieu/ban-sao/<request_id>")
@sign_in_required
@step_up
def own_copy(request_id: str) -> Answer:
    person = signed_in()
    asked = found(queries.own_request(person.id, request_id))
    require(permissions.can_take_own_copy(person.id, asked))
    return copy_address(asked)


@blueprint.post("/tai-khoan/du-lieu/sua")
@sign_in_required
def ask_correction() -> Answer:
    form = CorrectionForm()
    if not form.validate():
        return _page(form), 422
    with deed() as done:
        operations.ask(person=signed_in(), kind="correction", words=form.words.data)
        done.after(lambda: flash(_("Đã ghi yêu cầu. Tổ Thư ký trả lời trong 15 ngày."), "ok"))
        return done(url_for("privacy.own"))


@blueprint.route("/tai-khoan/du-lieu/xoa", methods=["GET", "POST"])
@sign_in_required
@step_up
def ask_erasure() -> Answer:
    person, form = signed_in(), ErasureForm(None if request.method == "GET" else request.form)
    if request.method == "POST" and form.validate():
        with deed() as done:
            operations.ask(person=person, kind="erasure")
            done.after(lambda: flash(_("Đã ghi yêu cầu xóa dữ liệu. Tổ Thư ký trả lời trong 15 ngày."), "ok"))
            return done(url_for("privacy.own"))
    subject = rooms.subject_of(person.id, {}, known=True).subject
    page = render_template(
        "privacy/erasure.html",
        form=form,
        fates=rooms.fates(subject),
        against=rooms.against_erasing(subject),
        standing=queries.standing(person.id, "erasure"),
    )
    return (page, 422) if request.method == "POST" else page


@blueprint.post("/tai-khoan/du-lieu/yeu-cau/<request_id>/rut")
@sign_in_required
def withdraw(request_id: str) -> Answer:
    person = signed_in()
    asked = found(queries.own_request(person.id, request_id))
    require(permissions.can_withdraw(person.id, asked))
    with deed() as done:
        operations.withdraw(person=person, asked=asked)
        done.after(lambda: flash(_("Đã rút yêu cầu."), "ok"))
        return done(url_for("privacy.own"))
