"""The door to the same work in another category."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.clock import now
from award.doors import deed
from award.editions.queries import capacity
from award.entries import copying, queries
from award.entries.permissions import can_copy, can_enter
from award.entries.views import Answer, blueprint, locked_at, work_at
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require


@blueprint.route("/<slug>/tac-pham/<entry_id>/loai-hinh", methods=["GET", "POST"])
@sign_in_required
def copy(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    several = copying.several_categories(edition)
    require(can_copy(signed_in().id, own.standing, several=several))
    require(can_enter(edition, now(), own.standing.leave))
    others = [each for each in queries.categories(edition.id) if each.name != own.standing.category]
    chosen = next((each for each in others if each.public_id == request.form.get("category")), None)
    if chosen is None:
        wrong = [_("Chọn một loại hình.")] if request.method == "POST" else []
        options = [(each.public_id, each.name) for each in others]
        page = render_template("entries/copy.html", work=own.standing, options=options, several=several, wrong=wrong)
        return page, 422 if wrong else 200
    with deed() as done:
        standing, _revision = locked_at(edition, entry_id)
        by = capacity(signed_in(), edition)
        copied = copying.to_category(by=by, edition=edition, entry=standing, category=chosen)
        if copied.left:
            sentence = lazy_gettext(
                "%(n)s tệp không có mục tương ứng ở loại hình này nên không chép theo.", n=copied.left
            )
            done.after(lambda: flash(str(sentence), "warn"))
        return done(url_for("entries.tasks", slug=slug, entry_id=copied.entry.public_id))
