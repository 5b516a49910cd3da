"""Making a new edition, and the award it belongs to when it is the first."""

from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.dates import local
from award.db import new_public_id
from award.doors import deed, found
from award.editions import operations
from award.editions.forms.general import NEW_AWARD, NewEditionForm
from award.editions.models import Award
from award.editions.permissions import can_create
from award.editions.queries import awards_to_extend, last_edition
from award.editions.roman import roman
from award.editions.saving import IDENTITY
from award.editions.views.doors import Answer, blueprint
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require


@blueprint.route("/thiet-lap", methods=["GET", "POST"])
@sign_in_required
def new() -> Answer:
    person = signed_in()
    awards, administrator = awards_to_extend(person), bool(person.user and person.user.administrator)
    require(can_create(administrator=administrator, organises_award=bool(awards)))
    form = NewEditionForm(request.form if request.method == "POST" else None, data=_suggested(awards))
    form.offer(awards, may_make_awards=administrator)
    if request.method == "GET":
        return render_template("editions/new.html", form=form, editing_awards=administrator)
    if form.validate() and _address_is_free(form):
        try:
            return _made(person, awards, form)
        except Refused as refused:
            field = form._fields.get(refused.verdict.code)
            if field is None:
                raise
            field.errors = [*field.errors, refused.verdict.sentence]
    return render_template("editions/new.html", form=form, editing_awards=administrator), 422


def _made(person: Person, awards: list[Award], form: NewEditionForm) -> Answer:
    with deed() as done:
        if form.makes_award:
            name, place = form.award_name.data, form.award_place.data
            award = operations.create_award(by=person, slug=new_public_id(), name=name, place=place)
        else:
            award = found(next((award for award in awards if award.public_id == form.award.data), None))
        answers = {field: form[field].data for field in IDENTITY}
        edition = operations.create_edition(by=person, award=award, **answers)
        done.after(lambda: flash(_("Đã lập bản dự thảo. Các mục dưới đây cần điền trước khi mở nhận tác phẩm."), "ok"))
        return done(url_for("editions.setup", slug=edition.slug))


def _suggested(awards: list[Award]) -> dict[str, Any]:
    """What most likely comes next: one more of the award's last edition, of the year after it, or of this one."""
    year = local(now()).year
    last = last_edition(awards[0].id) if awards else None
    if last is None:
        return {"award": awards[0].public_id if awards else NEW_AWARD, "year": year, "ordinal": 1, "ordinal_words": "I"}
    ordinal, year = last.ordinal + 1, max(year, last.year + 1)
    name = _("%(award)s lần thứ %(ordinal)s - năm %(year)s", award=last.award.name, ordinal=roman(ordinal), year=year)
    return {
        "award": last.award.public_id,
        "name": name,
        "ordinal": ordinal,
        "ordinal_words": roman(ordinal),
        "year": year,
        "slug": f"{roman(ordinal).lower()}-{year}",
        "code_prefix": f"{last.code_prefix.rstrip('0123456789')}{ordinal}",
    }


def _address_is_free(form: Any) -> bool:
    """An edition cannot stand where another page of the house begins."""
    taken = {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()}
    if form.slug.data in taken:
        form.slug.errors = [*form.slug.errors, _("Địa chỉ này đã dùng.")]
        return False
    return True
