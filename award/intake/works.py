"""The doors to the works of a parcel: opening a dossier, putting the parcel to one, taking it away, keeping it."""

from flask import flash, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.entries.queries import categories
from award.intake import operations, permissions, queries
from award.intake.forms import WorkForm
from award.intake.views import Answer, Shown, blueprint, parcel_address, parcel_at, parcel_page
from award.people.signin import sign_in_required
from award.verdicts import require


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>/tac-pham")
@sign_in_required
def begin(slug: str, parcel_id: str) -> Answer:
    """A dossier is opened in the name of the authors, for the secretariat to fill in."""
    at, line = parcel_at(slug, parcel_id)
    require(permissions.can_begin(at.by, at.edition, line.parcel))
    form, kinds = WorkForm(request.form), categories(at.edition.id)
    form.offer([(each.public_id, each.name) for each in kinds], none=False)
    if not form.validate():
        return parcel_page(at, line, Shown(work=form)), 422
    with deed() as done:
        named = found(form.named(kinds))
        entry = operations.begin(by=at.by, edition=at.edition, parcel=line.parcel, named=named)
        done.after(lambda: flash(_("Đã lập hồ sơ “%(title)s”.", title=named.title), "ok"))
        return done(url_for("entries.tasks", slug=slug, entry_id=entry.public_id))


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>/ghep")
@sign_in_required
def attach(slug: str, parcel_id: str) -> Answer:
    """The parcel belongs to a dossier that was submitted."""
    at, line = parcel_at(slug, parcel_id)
    require(permissions.can_attach(at.by, at.edition, line.parcel))
    with deed() as done:
        entry = found(queries.dossier_at(at.edition.id, request.form.get("entry", "")))
        operations.attach(by=at.by, edition=at.edition, parcel=line.parcel, entry=entry)
        done.after(lambda: flash(_("Đã gắn với hồ sơ %(code)s.", code=entry.code), "ok"))
        return done(parcel_address(slug, parcel_id, _anchor="tac-pham"))


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>/tac-pham/<entry_id>/bo")
@sign_in_required
def drop(slug: str, parcel_id: str, entry_id: str) -> Answer:
    at, line = parcel_at(slug, parcel_id)
    require(permissions.can_change(at.by, at.edition, line.parcel))
    with deed() as done:
        beside, entry = found(queries.work_of(line.parcel.id, entry_id))
        operations.drop(by=at.by, edition=at.edition, parcel=line.parcel, beside=beside, entry=entry)
        return done(parcel_address(slug, parcel_id, _anchor="tac-pham"))


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>/tac-pham/<entry_id>/nhan")
@sign_in_required
def keep(slug: str, parcel_id: str, entry_id: str) -> Answer:
    """A colleague goes on filling in the dossier."""
    at, line = parcel_at(slug, parcel_id)
    require(permissions.can_change(at.by, at.edition, line.parcel))
    with deed() as done:
        _beside, entry = found(queries.work_of(line.parcel.id, entry_id))
        operations.keep(by=at.by, edition=at.edition, parcel=line.parcel, entry=entry)
        done.after(lambda: flash(_("Từ nay hồ sơ này do người vừa nhận khai tiếp."), "ok"))
        return done(parcel_address(slug, parcel_id, _anchor="tac-pham"))
