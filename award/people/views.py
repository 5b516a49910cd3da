"""Doors of accounts: registering, accepting an invitation, one's own account and sessions."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_security import hash_password
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.dates import local
from award.db import session as database
from award.db import unit_of_work
from award.doors import found
from award.people import letters, operations, queries
from award.people.codes import codes_left
from award.people.forms import AccountForm, InvitationForm, RegistrationForm
from award.people.models import Invitation
from award.people.permissions import can_accept
from award.people.sessions import token_hash
from award.people.signin import current_person, enter, sign_in_required, signed_in

blueprint = Blueprint("people", __name__)

Answer = str | BaseResponse | tuple[str, int]


def _newsrooms() -> list[tuple[str, str]]:
    named = queries.newsrooms_by_name(local(now()).date())
    return [("", gettext("Chọn trong danh sách")), *((newsroom.public_id, name) for newsroom, name in named)]


def _facts(form: RegistrationForm | AccountForm) -> operations.Facts:
    chosen = form.newsroom.data
    return operations.Facts(
        legal_name=form.legal_name.data,
        pen_name=form.pen_name.data or "",
        phone=form.phone.data or "",
        newsroom=queries.newsroom_by_public_id(chosen) if chosen else None,
        newsroom_words=form.newsroom_words.data or "",
        press_card=(form.press_card.data or "") if isinstance(form, AccountForm) else "",
        form_of_address=(form.form_of_address.data or "") if isinstance(form, AccountForm) else "",
    )


@blueprint.route("/dang-ky", methods=["GET", "POST"])
def register() -> Answer:
    if current_person() is not None:
        return redirect(url_for("people.account"))
    form = RegistrationForm()
    form.newsroom.choices = _newsrooms()
    if not form.is_submitted():
        return render_template(
            "people/register.html", form=form, consent=operations.consent_words(operations.REGISTRATION)
        )
    if not form.validate():
        words = operations.consent_words(operations.REGISTRATION)
        return render_template("people/register.html", form=form, consent=words), 422
    with unit_of_work():
        _register(form)
    return redirect(url_for("people.registered"), code=303)


def _register(form: RegistrationForm) -> None:
    """One letter goes out, whatever stood behind the address; the page says the same."""
    email, hashed = form.email.data, hash_password(form.password.data)
    invitation = queries.open_invitation_to(email)
    if invitation is not None:
        _invite_again(invitation)
        return
    user = operations.register(email=email, password_hash=hashed, facts=_facts(form))
    if user is not None:
        letters.send_confirmation(user)
        return
    known = found(queries.user_by_email(email)).person
    letters.send(
        "already_registered",
        to_address=email,
        subject=gettext("Địa chỉ đã có tài khoản"),
        name=known.legal_name,
        form_of_address=known.form_of_address,
    )


def _invite_again(old: Invitation) -> None:
    person = old.person
    operations.invite(
        by_id=old.by_id,
        person=person,
        email=old.email,
        expires_at=old.expires_at,
        makes_administrator=old.makes_administrator,
        letter=letters.invitation(
            name=person.legal_name, expires_at=old.expires_at, form_of_address=person.form_of_address
        ),
    )


@blueprint.get("/dang-ky/da-gui-thu")
def registered() -> str:
    return render_template("people/registered.html")


@blueprint.route("/loi-moi/<token>", methods=["GET", "POST"])
def accept_invitation(token: str) -> Answer:
    invitation = found(queries.invitation_of(token))
    verdict, person = can_accept(invitation, now()), current_person()
    known = queries.proven_account(invitation.email)
    own = person is not None and known is not None and person.id == known.person_id
    form = InvitationForm()
    words = {"invitation": invitation, "verdict": verdict, "known": known, "own": own, "token": token, "form": form}
    if not verdict or (person is not None and not own) or (known is not None and not own):
        return render_template("people/invitation.html", **words), 200 if verdict else 410
    if not form.is_submitted():
        return render_template("people/invitation.html", **words)
    if not own and not form.validate():
        return render_template("people/invitation.html", **words), 422
    with unit_of_work():
        hashed = None if own else hash_password(form.password.data)
        user = operations.accept(invitation=invitation, password_hash=hashed)
    if own:
        flash(gettext("Đã nhận lời mời."), "ok")
        return redirect(url_for("desk.home"), code=303)
    return enter(user, via="invitation", address=url_for("desk.home"))


@blueprint.route("/tai-khoan", methods=["GET", "POST"])
@sign_in_required
def account() -> Answer:
    person = signed_in()
    assert person.user is not None
    form = AccountForm(obj=None if request.method == "POST" else person)
    form.newsroom.choices = _newsrooms()
    if not form.is_submitted():
        form.newsroom.data = person.newsroom.public_id if person.newsroom else ""
    if form.is_submitted() and form.validate():
        with unit_of_work():
            operations.edit_account(person=person, facts=_facts(form))
        flash(gettext("Đã lưu thông tin tài khoản."), "ok")
        return redirect(url_for("people.account"), code=303)
    page = render_template(
        "people/account.html",
        form=form,
        user=person.user,
        sessions=database.scalars(queries.sessions_of(person.user.id, now())).all(),
        here=token_hash(getattr(session, "token", None) or ""),
        codes=codes_left(person.user),
    )
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/tai-khoan/co-chu")
@sign_in_required
def choose_type_size() -> BaseResponse:
    person = signed_in()
    assert person.user is not None
    with unit_of_work():
        operations.choose_type_size(user=person.user, large=request.form.get("size") == "large")
    return redirect(url_for("people.account", _anchor="co-chu"), code=303)


@blueprint.post("/tai-khoan/phien/<session_id>/ket-thuc")
@sign_in_required
def end_session(session_id: str) -> BaseResponse:
    person = signed_in()
    assert person.user is not None
    ended = found(queries.session_of(person.user.id, session_id))
    with unit_of_work():
        operations.end_session(by=person, web_session=ended)
    flash(gettext("Đã kết thúc phiên đăng nhập."), "ok")
    return redirect(url_for("people.account"), code=303)


@blueprint.get("/tai-khoan/phien/<session_id>")
def session_ended(session_id: str) -> Response:
    """For a browser that is signed out and keeps something: whether its session was ended, or has only run out."""
    return jsonify(ended=queries.was_ended(session_id))


@blueprint.post("/tai-khoan/gui-lai-thu-xac-nhan")
@sign_in_required
def confirm_again() -> BaseResponse:
    person = signed_in()
    assert person.user is not None
    with unit_of_work():
        if person.user.confirmed_at is None:
            letters.send_confirmation(person.user)
    flash(gettext("Đã gửi thư xác nhận đến %(email)s.", email=person.user.email), "info")
    return redirect(url_for("people.account"), code=303)
