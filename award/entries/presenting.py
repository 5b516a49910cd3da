"""The doors at which the staff put a receipt in: whether it is true, how its work stands, receiving it again."""

import base64
import binascii

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award import dates, house_key
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries import attesting, queries, recovering, tracing
from award.entries.attesting import Statement, Untrue
from award.entries.permissions import can_present, can_recover
from award.entries.views import Answer, blueprint
from award.history.forms import FileForm
from award.people.freshness import step_up
from award.people.queries import proven_account
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from uploads.attachments import carried
from uploads.ranges import HeldRanges

DOOR = "/<slug>/nhan-lai"
Carried = dict[str, bytes]


def _place(slug: str) -> tuple[Edition, Capacity]:
    edition = found(queries.edition_with_clauses(slug))
    found(None if edition.state == "draft" else edition)
    by = capacity(signed_in(), edition)
    require(can_present(by))
    return edition, by


def _page(
    edition: Edition, by: Capacity, fault: str = "", said: Statement | None = None, held: Carried | None = None
) -> str:
    """`fault`: what is wrong with the file, or with the account that was named for a receipt that is true."""
    shown = tracing.standing(said, edition) if said is not None else None
    return render_template(
        "entries/presented.html",
        fault=fault,
        said=said,
        shown=shown,
        makes=shown is not None and shown.state in tracing.MAKES,
        may_recover=can_recover(by, edition),
        moment=dates.receipt_moment(said.received_at) if said is not None else "",
        carried={name: base64.b64encode(each).decode() for name, each in (held or {}).items()},
        email=request.form.get("email", ""),
    )


@blueprint.get(DOOR)
@sign_in_required
def presented(slug: str) -> Answer:
    return _page(*_place(slug))


@blueprint.post(DOOR)
@sign_in_required
def look_up(slug: str) -> Answer:
    """The receipt that was put in, and how its work stands. Changes nothing."""
    edition, by = _place(slug)
    form = FileForm()
    if not form.validate():
        return _page(edition, by, form.file.errors[0]), 422
    held = carried(HeldRanges(form.content), *attesting.NAMES)
    try:
        return _page(edition, by, said=attesting.checked(held, house_key.public(house_key.own())), held=held)
    except Untrue as untrue:
        return _page(edition, by, untrue.sentence), 422


@blueprint.post(f"{DOOR}/ho-so")
@sign_in_required
@step_up
def recover(slug: str) -> Answer:
    """The work is received again by the receipt that was shown; its signature is looked at anew."""
    edition, by = _place(slug)
    held = _brought_along()
    try:
        said = attesting.checked(held, house_key.public(house_key.own()))
    except Untrue as untrue:
        return _page(edition, by, untrue.sentence), 422
    account = proven_account(request.form.get("email", ""))
    try:
        with deed() as done:
            owner = account.person if account is not None else None
            recovering.recover(by=by, edition=edition, said=said, owner=owner)
            told = _(
                "Đã tiếp nhận lại hồ sơ %(code)s. Tệp đang được tìm lại, người nộp được báo bằng thư.", code=said.code
            )
            done.after(lambda: flash(told, "ok"))
            return done(url_for("entries.presented", slug=slug))
    except Refused as refused:
        return _page(edition, by, refused.verdict.sentence, said, held), 422


def _brought_along() -> Carried:
    """What the receipt carried, as the page that showed it gives it back."""
    try:
        return {name: base64.b64decode(request.form.get(name, ""), validate=True) for name in attesting.NAMES}
    except binascii.Error:
        return {}
