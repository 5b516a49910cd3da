"""The door to letters that ask for the consent to be sent on: whom, what they would read, then sending them."""

from collections.abc import Collection

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import national_edition
from award.nominations import asking, permissions, queries
from award.nominations.views import Answer, blueprint, place
from award.people.signin import sign_in_required
from award.results.queries import is_public
from award.verdicts import require


@blueprint.get("/<slug>/gui-trung-uong/hoi-y-kien")
@sign_in_required
def consents(slug: str) -> Answer:
    edition, by = place(slug)
    return _page(edition, by, asking.lacking(edition), ())


@blueprint.post("/<slug>/gui-trung-uong/hoi-y-kien/xem-truoc")
@sign_in_required
def preview_consents(slug: str) -> Answer:
    """How many letters there would be about the chosen works, or about all, and the first of them."""
    edition, by = place(slug)
    works = asking.lacking(edition)
    everything = request.form.get("tat_ca") == "1"
    return _page(edition, by, works, [work.key for work in works] if everything else request.form.getlist("chon"))


def _page(edition: Edition, by: Capacity, works: list[asking.Lacking], chosen: Collection[str]) -> str:
    national, wanted = national_edition(edition.id), found(queries.forwarding_asked(edition.id))
    letters = asking.letters(works, chosen)
    named = {work.key for letter in letters for work in letter.works}
    return render_template(
        "nominations/consents.html",
        works=works,
        chosen=chosen,
        letters=letters,
        named=sorted(named),
        shown=asking.body(edition, national, letters[0]) if letters and national else "",
        allowed=permissions.can_ask_consent(by, edition, wanted, national),
        public=is_public(edition, now()),
        days=asking.AGAIN_AFTER.days,
    )


@blueprint.post("/<slug>/gui-trung-uong/hoi-y-kien")
@sign_in_required
def ask_consents(slug: str) -> Answer:
    edition, by = place(slug)
    national, wanted = national_edition(edition.id), found(queries.forwarding_asked(edition.id))
    require(permissions.can_ask_consent(by, edition, wanted, national))
    assert national is not None
    with deed() as done:
        told = asking.ask(by=by, edition=edition, national=national, chosen=request.form.getlist("chon"))
        said = _("Đã gửi thư đến %(n)s người.", n=told) if told else _("Không có thư nào được gửi.")
        done.after(lambda: flash(said, "ok" if told else "info"))
        return done(url_for("nominations.consents", slug=slug))
