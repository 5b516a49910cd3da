"""The door of who organises: how much is withheld of prizes and of fees, and what judging is paid."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed
from award.editions.entering import entered
from award.payments import operations, permissions, queries
from award.payments.forms import TaxForm, rates_form
from award.payments.views import Answer, blueprint
from award.people.signin import sign_in_required

KINDS = ("prize", "fee")


@blueprint.route("/<slug>/chi-tra/thue", methods=["GET", "POST"])
@sign_in_required
def terms(slug: str) -> Answer:
    edition, by = entered(slug, permissions.can_set_terms)
    stands, rounds = queries.tax_rules(edition.id), queries.rounds_with_rates(edition.id)
    typed = request.form if request.method == "POST" else None
    taxes = {kind: TaxForm.of(kind, stands.get(kind), typed) for kind in KINDS}
    rates = rates_form({each.ordinal: (each.name, rate) for each, rate in rounds}, typed)
    faulty = typed is not None and sum(not each.validate() for each in (*taxes.values(), rates))  # each tells its own
    if typed is None or faulty:
        page = render_template("payments/terms.html", taxes=taxes, rates=rates)
        return page if typed is None else (page, 422)
    with deed() as done:
        said = {kind: form.tax for kind, form in taxes.items()}
        paid = {each.id: rates[f"round{each.ordinal}"].data for each, _rate in rounds}
        operations.set_terms(by=by, edition=edition, taxes=said, rates=paid)
        done.after(lambda: flash(_("Đã lưu mức khấu trừ thuế, mức chi thù lao."), "ok"))
        return done(url_for("payments.terms", slug=slug))
