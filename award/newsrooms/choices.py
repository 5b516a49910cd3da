"""The door to what a newsroom puts before its other works."""

from collections.abc import Mapping, Sequence

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed
from award.editions.clauses import rule
from award.newsrooms import choosing as deeds
from award.newsrooms import queries, showing
from award.newsrooms.imports import Desk
from award.newsrooms.permissions import can_choose
from award.newsrooms.queries import Work, name_in
from award.newsrooms.views import Answer, addresses, blueprint, desk_at
from award.people.signin import sign_in_required
from award.verdicts import Refused, require

_FIELD = "place-"


@blueprint.route("/<slug>/toa-soan/<newsroom_id>/lua-chon", methods=["GET", "POST"])
@sign_in_required
def choosing(slug: str, newsroom_id: str) -> Answer:
    """A figure beside each work that is to come before the others."""
    desk = Desk(*desk_at(slug, newsroom_id))
    require(can_choose(desk.standing, desk.edition))
    if request.method == "GET":
        return _page(desk)
    typed = {name.removeprefix(_FIELD): text.strip() for name, text in request.form.items() if _FIELD in name}
    figures = {key: text for key, text in typed.items() if text}
    if not all(text.isascii() and text.isdigit() and 0 < int(text) < 1000 for text in figures.values()):
        return _page(desk, typed, _("Thứ tự là số: 1, 2, 3. Để trống tác phẩm không chọn.")), 422
    try:
        with deed() as done:
            places = {key: int(text) for key, text in figures.items()}
            n = deeds.choose(standing=desk.standing, edition=desk.edition, organ=desk.organ, places=places)
            done.after(lambda: flash(showing.chosen(n), "ok"))
            return done(url_for("newsrooms.works", slug=slug, newsroom_id=newsroom_id))
    except Refused as refused:
        if refused.verdict.code not in {"quota", "twins", "gone"}:
            raise
        return _page(desk, typed, refused.verdict.sentence), 422


def _page(desk: Desk, typed: Mapping[str, str] | None = None, fault: str = "") -> str:
    listed = queries.works(desk.edition.id, desk.organ.family, limit=None)
    shown: Sequence[Work] = sorted(
        (each for each in listed if each.state not in {"draft", "withdrawn"}),
        key=lambda each: (each.place is None, each.place or 0, each.read.code or ""),
    )
    return render_template(
        "newsrooms/choosing.html",
        organ=desk.organ,
        name=name_in(desk.organ.newsroom, desk.edition),
        works=shown,
        words=showing.WORDS,
        authors=showing.authors,
        address=addresses(desk.edition, desk.standing),
        most=rule(desk.edition, "newsroom_choice").number,
        typed=typed,
        fault=fault,
    )
