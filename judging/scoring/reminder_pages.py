"""The door to letters for judges whose sheets are open: who would have one, then sending them."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.calendar import called
from award.editions.queries import capacity, edition_by_slug
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require
from judging.panels import queries as panels
from judging.scoring import reminding
from judging.scoring.permissions import can_remind
from judging.scoring.views import Answer, blueprint


@blueprint.get("/<slug>/vong/<int:ordinal>/nhac-cham")
@sign_in_required
def reminders(slug: str, ordinal: int) -> Answer:
    edition = found(edition_by_slug(slug))
    round_ = found(panels.round_at(edition.id, ordinal))
    require(can_remind(capacity(signed_in(), edition), round_))
    waited = reminding.waited_for(round_)
    to_tell = [one for one in waited if one.to_tell]
    return render_template(
        "scoring/reminders.html",
        round=round_,
        called=called(round_),
        waited=waited,
        people=len(to_tell),
        sheets=sum(one.left for one in to_tell),
        days=reminding.DAYS_BEFORE,
    )


@blueprint.post("/<slug>/vong/<int:ordinal>/nhac-cham")
@sign_in_required
def remind(slug: str, ordinal: int) -> Answer:
    edition = found(edition_by_slug(slug))
    round_ = found(panels.round_at(edition.id, ordinal))
    by = capacity(signed_in(), edition)
    require(can_remind(by, round_))
    with deed() as done:
        told = reminding.remind(by=by, edition=edition, round_=round_)
        done.after(lambda: flash(_("Đã gửi thư nhắc đến %(n)s thành viên.", n=told), "ok"))
        return done(url_for("scoring.reminders", slug=slug, ordinal=ordinal))
