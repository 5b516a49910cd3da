"""The door to letters that ask for the consent to be sent on: whom, what they would read, then sending them."""

from collections.abc import Collection, Sequence

from flask import flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from award.clock import now
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import national_edition
from award.languages import OWN
from award.letters.queries import worded
from award.nominations import asking, permissions, queries
from award.nominations.views import Answer, blueprint, place
from award.people.signin import sign_in_required
from award.results.queries import seen_public
from award.verdicts import require


@blueprint.get("/<slug>/gui-trung-uong/hoi-y-kien")
@sign_in_required
def consents(slug: str) -> Answer:
    return _page(*place(slug), ())


@blueprint.post("/<slug>/gui-trung-uong/hoi-y-kien/xem-truoc")
@sign_in_required
def preview_consents(slug: str) -> Answer:
    """How many letters there would be about the chosen works, or about all, and the first of them."""
    return _page(*place(slug), None if request.form.get("tat_ca") == "1" else request.form.getlist("chon"))


def _page(edition: Edition, by: Capacity, chosen: Collection[str] | None) -> str:
    """`chosen`: None where all are."""
    national, wanted = national_edition(edition.id), found(queries.forwarding_asked(edition.id))
    public = seen_public(by.person_id, edition.id, now())
    works = asking.lacking(edition, public=public)
    chosen = [work.key for work in works] if chosen is None else chosen
    letters = asking.letters(works, chosen)
    return render_template(
        "nominations/consents.html",
        works=works,
        chosen=chosen,
        letters=letters,
        named=sorted({work.key for letter in letters for work in letter.works}),
        shown=_first(edition, letters, public=public),
        allowed=permissions.can_ask_consent(by, edition, wanted, national),
        public=public,
        days=asking.AGAIN_AFTER.days,
    )


def _first(edition: Edition, letters: Sequence[asking.Letter], *, public: bool) -> str:
    """The text of the first letter as it would go out."""
    national = national_edition(edition.id)
    if not letters or national is None:
        return ""
    with force_locale(OWN):
        return worded(edition, asking.CONSENT, *asking.words(edition, national, letters[0], public=public))[1]


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
