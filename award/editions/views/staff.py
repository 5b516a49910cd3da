"""Who is appointed to the edition: inviting, appointing, ending."""

from collections.abc import Callable
from functools import partial

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.dates import moment
from award.db import session
from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions import letters, operations
from award.editions.forms.general import AppointmentForm
from award.editions.holding import holds_until
from award.editions.models import Appointment, Edition
from award.editions.papers import appointed
from award.editions.permissions import ROLE_WORDS, Capacity, can_appoint, role_label
from award.editions.queries import (
    STAFF_ORDERS,
    appointment_of,
    appointments_with_people,
    holds_office,
    invitees,
    page_of_appointments,
)
from award.editions.views.doors import Answer, against_appointing, blueprint, edition_of_staff
from award.features import Words
from award.paging import Turn
from award.people.models import FORMS_OF_ADDRESS, Invitation, Person
from award.people.operations import end_sessions
from award.people.operations import revoke_invitation as revoke
from award.people.queries import (
    invitations_of,
    last_invitation,
    open_invitation_to,
    proven_account,
    undelivered,
    user_by_email,
)
from award.people.signin import sign_in_required
from award.verdicts import Verdict, require


@blueprint.route("/<slug>/thiet-lap/nhan-su", methods=["GET", "POST"])
@sign_in_required
def people(slug: str) -> Answer:
    edition, by = edition_of_staff(slug)
    verdict = can_appoint(by, edition)
    form = AppointmentForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        everybody = partial(appointments_with_people, edition.id)
        taken = list_asked(f"nhan-su-{slug}", lambda: appointed(edition, everybody()))
        return taken or _page(edition, form, verdict)
    require(verdict)
    if not form.validate() or not _is_named(form) or not _is_free(edition, form):
        return _page(edition, form, verdict), 422
    with deed() as done:
        person = _appoint(by, edition, form)
        done.after(lambda: flash(_("Đã ghi nhận %(name)s. Thư mời được gửi đi.", name=person.legal_name), "ok"))
        return done(url_for("editions.people", slug=slug))


@blueprint.route("/<slug>/thiet-lap/nhan-su/<appointment_id>/thoi", methods=["GET", "POST"])
@sign_in_required
def end_appointment(slug: str, appointment_id: str) -> Answer:
    edition, by = edition_of_staff(slug)
    appointment = found(appointment_of(edition.id, appointment_id))
    require(can_appoint(by, edition))
    back, whose = url_for("editions.people", slug=slug), _whose(appointment)
    if request.method == "GET":
        return render_template(
            "editions/setup/confirm.html",
            edition=edition,
            back=back,
            question=_("Thôi vai trò %(role)s của %(name)s?", **whose),
            what=_("Người này không còn vào được các trang của vai trò. Những việc đã làm vẫn được lưu."),
            do=_("Thôi vai trò"),
            keep=_("Giữ lại"),
        )
    with deed() as done:
        operations.end_appointment(by=by, edition=edition, appointment=appointment)
        done.after(lambda: flash(_("Đã thôi vai trò %(role)s của %(name)s.", **whose), "ok"))
        return done(back)


@blueprint.post("/<slug>/thiet-lap/nhan-su/<appointment_id>/gui-lai")
@sign_in_required
def renew_invitation(slug: str, appointment_id: str) -> Answer:
    """Another link to who has not accepted yet; the earlier one opens nothing any more."""
    edition, by = edition_of_staff(slug)
    require(can_appoint(by, edition))
    appointment = found(appointment_of(edition.id, appointment_id))
    with deed() as done:
        old = found(invitations_of([appointment.person_id]).get(appointment.person_id))
        who = old.person
        said = {"role": appointment.role, "decision": appointment.decision}
        made = _post(by, edition, email=old.email, person=who, **said)
        told = {"name": who.legal_name, "until": moment(made.expires_at)}
        done.after(lambda: flash(_("Đã gửi lại lời mời cho %(name)s, dùng được đến %(until)s.", **told), "ok"))
        return done(url_for("editions.people", slug=slug))


@blueprint.post("/<slug>/thiet-lap/nhan-su/<appointment_id>/thu-hoi")
@sign_in_required
def revoke_invitation(slug: str, appointment_id: str) -> Answer:
    """The link that is out opens nothing any more; the role stands, and its holder can be invited again."""
    edition, by = edition_of_staff(slug)
    require(can_appoint(by, edition))
    appointment = found(appointment_of(edition.id, appointment_id))
    with deed() as done:
        invitation = found(last_invitation(appointment.person_id))
        name = invitation.person.legal_name
        revoke(by_id=by.person_id, invitation=invitation)
        told = _("Đã thu hồi lời mời gửi %(name)s. Đường dẫn trong thư không mở được nữa.", name=name)
        done.after(lambda: flash(told, "ok"))
        return done(url_for("editions.people", slug=slug))


def _whose(appointment: Appointment) -> dict[str, object]:
    """The role and who holds it, in words."""
    person = session.get_one(Person, appointment.person_id)
    return {"role": ROLE_WORDS[appointment.role], "name": person.legal_name}


def _page(edition: Edition, form: AppointmentForm, verdict: Verdict) -> str:
    order = request.args.get("xep", "")
    order = order if order in STAFF_ORDERS else ""
    listed = page_of_appointments(edition.id, order, Turn.read(request.args))
    invited = invitations_of([who.id for _appointment, who in listed.rows])
    return render_template(
        "editions/setup/people.html",
        edition=edition,
        form=form,
        role_label=role_label,
        page=listed,
        invited=invited,
        undelivered=undelivered(invited.values()),
        now=now(),
        order=order,
        to_ask=invitees(edition.id),
        frozen=None if verdict else str(verdict.sentence),
    )


def _is_named(form: AppointmentForm) -> bool:
    """Somebody new must be named; who has shown that the address is theirs bears the name of the account."""
    if form.legal_name.data or proven_account(form.email.data) or open_invitation_to(form.email.data):
        return True
    form.legal_name.errors = [_("Chưa có tài khoản với email này. Ghi họ và tên để gửi thư mời.")]
    return False


def _is_free(edition: Edition, form: AppointmentForm) -> bool:
    """No other room holds anything against this person in this role."""
    user = user_by_email(form.email.data)
    against = against_appointing(edition.id, user.person_id, form.role.data) if user else []
    form.role.errors = [str(verdict.sentence) for verdict in against]
    return not against


def _appoint(by: Capacity, edition: Edition, form: AppointmentForm) -> Person:
    user = proven_account(form.email.data)
    if user is None:
        return _invite(by, edition, form)
    had_office = holds_office(user.person_id)
    appointment = operations.appoint(
        by=by, edition=edition, person=user.person, **_office(form), elsewhere=against_appointing
    )
    letters.tell(edition, user.person, appointment)
    if not had_office:
        end_sessions(user.person_id)
    return user.person


def _invite(by: Capacity, edition: Edition, form: AppointmentForm) -> Person:
    """A second appointment before the first invitation was accepted is the same person's.

    An account whose address nobody has proven is invited too: the letter opens it to the owner of the mailbox.
    """
    invitation = _post(by, edition, person=None, email=form.email.data, name=form.legal_name.data, **_office(form))
    operations.appoint(by=by, edition=edition, person=invitation.person, **_office(form), elsewhere=against_appointing)
    return invitation.person


def _post(
    by: Capacity,
    edition: Edition,
    *,
    email: str,
    role: str,
    decision: str,
    person: Person | None = None,
    name: str = "",
) -> Invitation:
    """The invitation goes out and holds until the stage opens that the role is for."""
    until = holds_until(edition, role, now())

    def letter(name: str, whom: Person | None) -> Callable[[str], Words]:
        called = whom.form_of_address if whom else FORMS_OF_ADDRESS[1]
        told = {"name": name, "called": called, "role": role, "decision": decision}
        return letters.invitation(edition, **told, expires_at=until)

    return operations.send_invitation(
        by_id=by.person_id,
        kind=letters.APPOINTMENT,
        email=email,
        until=until,
        letter=letter,
        person=person,
        name=name,
    )


def _office(form: AppointmentForm) -> dict[str, str]:
    return {"role": form.role.data, "decision": form.decision.data}
