"""The doors of an extension: proposing it, confirming it as the second person, taking it back."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.db import session
from award.doors import deed, found
from award.editions import countersigns, deadlines
from award.editions.extensions import ACT, Extension
from award.editions.forms.extension import ExtensionForm
from award.editions.models import Countersign, Edition
from award.editions.operations.extending import confirm_extension, propose_extension
from award.editions.permissions import Capacity, can_countersign, can_extend
from award.editions.queries import extensions, waiting_countersign
from award.editions.views.doors import Answer, blueprint, edition_of_staff
from award.features import tell_rooms_of_extension
from award.people.models import Person
from award.people.signin import sign_in_required
from award.verdicts import Refused, require

PLACES = {"until": "day", "confirmation": "confirmation_day", "waiting": "day"}
"""Where a refusal stands on the page."""


@blueprint.route("/<slug>/gia-han", methods=["GET", "POST"])
@sign_in_required
def extension(slug: str) -> Answer:
    edition, by = edition_of_staff(slug)
    if request.method == "GET":
        return _page(edition, by)
    require(can_extend(by, edition))
    form, before = ExtensionForm(), found(deadlines.written(edition))
    if not form.validate():
        return _page(edition, by, form), 422
    try:
        with deed() as done:
            propose_extension(by=by, edition=edition, extension=form.extension(before))
            return done(url_for("editions.extension", slug=slug))
    except Refused as refused:
        if refused.verdict.code not in PLACES:
            raise
        form[PLACES[refused.verdict.code]].errors = [refused.verdict.sentence]
        return _page(edition, by, form), 422


@blueprint.post("/<slug>/gia-han/xac-nhan")
@sign_in_required
def confirm_extension_(slug: str) -> Answer:
    """Every page shows the new deadline after this; the rooms tell whom it concerns."""
    edition, by = edition_of_staff(slug)
    require(can_extend(by, edition, second=True))
    with deed() as done:
        waiting = found(_waiting(edition))
        confirm_extension(by=by, edition=edition, proposal=waiting)
        tell_rooms_of_extension(edition.id, waiting.public_id)
        done.after(lambda: flash(_("Đã gia hạn. Thư thông báo được gửi đi."), "ok"))
        return done(url_for("editions.extension", slug=slug))


@blueprint.post("/<slug>/gia-han/rut")
@sign_in_required
def withdraw_extension(slug: str) -> Answer:
    edition, by = edition_of_staff(slug)
    require(can_extend(by, edition))
    with deed() as done:
        countersigns.withdraw(by=by, edition=edition, proposal=found(_waiting(edition)))
        return done(url_for("editions.extension", slug=slug))


def _waiting(edition: Edition) -> Countersign | None:
    return waiting_countersign(edition.id, ACT, edition.public_id)


def _page(edition: Edition, by: Capacity, form: Any = None) -> str:
    waiting = _waiting(edition)
    return render_template(
        "editions/extension.html",
        edition=edition,
        form=form or ExtensionForm(formdata=None),
        deadline=deadlines.words(edition),
        may_extend=can_extend(by, edition),
        waiting=waiting,
        asked=Extension.of(waiting.terms) if waiting else None,
        proposer=session.get_one(Person, waiting.proposed_by_id).legal_name if waiting else "",
        may_confirm=waiting is not None and can_extend(by, edition, second=True) and can_countersign(by, waiting),
        extensions=extensions(edition.id),
    )
