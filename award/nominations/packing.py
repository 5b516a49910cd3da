"""The doors to a whole edition as one file: every work with its people and files, and the set-up, for another house."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from award.doors import deed
from award.nominations import dossiers, operations, permissions, queries
from award.nominations.views import Answer, blueprint, place
from award.people.signin import sign_in_required
from award.verdicts import require


@blueprint.get("/<slug>/goi-tac-pham")
@sign_in_required
def packs(slug: str) -> Answer:
    edition, by = place(slug)
    received = queries.count_received(edition.id)
    return render_template(
        "nominations/packs.html",
        dossiers=dossiers.dossiers(edition.id, whole=True),
        received=received,
        may_pack=permissions.can_pack(by, edition, received),
    )


@blueprint.post("/<slug>/goi-tac-pham")
@sign_in_required
def pack(slug: str) -> Answer:
    edition, by = place(slug)
    require(permissions.can_pack(by, edition, queries.count_received(edition.id)))
    with deed() as done:
        asked = operations.ask_whole(by=by, edition=edition)
        done.after(lambda: flash(_("Đang lập gói tác phẩm."), "info"))
        return done(url_for("nominations.dossier", slug=slug, dossier_id=asked.public_id))
