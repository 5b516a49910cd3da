"""The door to letters that ask for the consent to be sent on: whom, what they would read, then sending them."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.queries import national_edition
from award.nominations import asking, permissions, queries
from award.nominations.views import Answer, blueprint, place
from award.people.signin import sign_in_required
from award.verdicts import require


@blueprint.get("/<slug>/gui-trung-uong/hoi-y-kien")
@sign_in_required
def consents(slug: str) -> Answer:
    """Without a choice the works are shown; with one, how many letters there would be and the first of them."""
    edition, by = place(slug)
    national, wanted = national_edition(edition.id), found(queries.forwarding_asked(edition.id))
    works, chosen = asking.lacking(edition), request.args.getlist("chon")
    letters = asking.letters(works, chosen)
    return render_template(
        "nominations/consents.html",
        works=works,
        chosen=chosen,
        letters=letters,
        about=len({work.key for letter in letters for work in letter.works}),
        shown=asking.body(edition, national, letters[0]) if letters and national else "",
        allowed=permissions.can_ask_consent(by, edition, wanted, national),
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
        done.after(lambda: flash(_("Đã gửi thư đến %(n)s người.", n=told), "ok"))
        return done(url_for("nominations.consents", slug=slug))
