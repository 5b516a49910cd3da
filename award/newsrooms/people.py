"""The doors to who works in a newsroom and speaks for it."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.doors import deed, found
from award.editions.holding import OTHERWISE
from award.editions.models import Edition
from award.editions.operations import send_invitation
from award.newsrooms import letters, queries
from award.newsrooms.forms import MemberForm, role_label
from award.newsrooms.permissions import can_invite
from award.newsrooms.queries import Organ, name_in
from award.newsrooms.views import Answer, blueprint, desk_at
from award.people import memberships
from award.people.models import Person
from award.people.queries import open_invitation_to, proven_account
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Verdict, require


@blueprint.route("/<slug>/toa-soan/<newsroom_id>/nguoi", methods=["GET", "POST"])
@sign_in_required
def people(slug: str, newsroom_id: str) -> Answer:
    edition, organ, standing = desk_at(slug, newsroom_id)
    verdict = can_invite(standing, edition)
    form = MemberForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        return _page(edition, organ, form, verdict)
    require(verdict)
    if not form.validate() or not _is_named(form):
        return _page(edition, organ, form, verdict), 422
    with deed() as done:
        person = _join(edition, organ, form)
        done.after(lambda: flash(_("Đã ghi nhận %(name)s. Thư mời được gửi đi.", name=person.legal_name), "ok"))
        return done(url_for("newsrooms.people", slug=slug, newsroom_id=newsroom_id))


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/nguoi/<person_id>/thoi")
@sign_in_required
def end_membership(slug: str, newsroom_id: str, person_id: str) -> Answer:
    edition, organ, standing = desk_at(slug, newsroom_id)
    require(can_invite(standing, edition))
    with deed() as done:
        role = request.form.get("role", "")
        membership = found(queries.membership_at(organ.newsroom.id, person_id, role))
        memberships.leave(by_id=signed_in().id, membership=membership)
        done.after(lambda: flash(_("Đã thôi vai trò trong cơ quan."), "ok"))
        if membership.person_id == signed_in().id and not standing.by.roles:
            return done(url_for("desk.home"))
        return done(url_for("newsrooms.people", slug=slug, newsroom_id=newsroom_id))


def _page(edition: Edition, organ: Organ, form: MemberForm, verdict: Verdict) -> str:
    return render_template(
        "newsrooms/people.html",
        organ=organ,
        name=name_in(organ.newsroom, edition),
        form=form,
        members=queries.members(organ.newsroom.id),
        role_label=role_label,
        may_invite=bool(verdict),
    )


def _is_named(form: MemberForm) -> bool:
    """Somebody new must be named; who has shown that the address is theirs bears the name of the account."""
    if form.legal_name.data or proven_account(form.email.data) or open_invitation_to(form.email.data):
        return True
    form.legal_name.errors = [_("Chưa có tài khoản với email này. Ghi họ và tên để gửi thư mời.")]
    return False


def _join(edition: Edition, organ: Organ, form: MemberForm) -> Person:
    """Who has an account is told; everybody else is invited, a second time by the same name."""
    by_id, role, newsroom = signed_in().id, form.role.data, organ.newsroom
    user = proven_account(form.email.data)
    if user is not None:
        membership = memberships.join(by_id=by_id, person=user.person, newsroom=newsroom, role=role)
        letters.tell_member(edition, newsroom, user.person, membership)
        return user.person
    until = now() + OTHERWISE
    made = send_invitation(
        by_id=by_id,
        kind=letters.MEMBERSHIP,
        email=form.email.data,
        until=until,
        letter=lambda name, _whom: letters.invitation(edition, newsroom, name=name, role=role, expires_at=until),
        name=form.legal_name.data,
    )
    memberships.join(by_id=by_id, person=made.person, newsroom=newsroom, role=role)
    return made.person
