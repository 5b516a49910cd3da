"""What can be looked at before entries open: public pages, the form of each loại hình, the sheet of each round."""

from flask import render_template, url_for
from flask_babel import gettext as _

from award.editions.views.doors import Answer, address_of, blueprint, edition_in_setup
from award.people.signin import sign_in_required


@blueprint.get("/<slug>/thiet-lap/xem-truoc")
@sign_in_required
def previews(slug: str) -> Answer:
    edition, _by = edition_in_setup(slug)
    forms = [
        (category.name, address)
        for category in edition.categories
        if (address := address_of("entries.preview_form", slug=slug, category_id=category.public_id, page="tac-pham"))
    ]
    sheets = [
        (in_round.name, len(in_round.criteria), address)
        for in_round in edition.rounds
        if (address := address_of("scoring.preview_sheet", slug=slug, ordinal=in_round.ordinal))
    ]
    public = [
        (_("Trang của Giải"), url_for("editions.home", slug=slug)),
        (_("Thể lệ"), url_for("editions.rules", slug=slug)),
    ]
    return render_template("editions/setup/previews.html", edition=edition, public=public, forms=forms, sheets=sheets)
