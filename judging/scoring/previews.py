"""The sheet of a round before it opens: the page judges get, beside a work that says where a real one will stand."""

from types import SimpleNamespace

from flask import render_template, url_for
from flask_babel import gettext as _

from award.doors import found
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.permissions import can_read_setup, can_see
from award.editions.queries import capacity, edition_by_slug, round_of, with_rules
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require
from judging.scoring import pages
from judging.scoring.forms import standing
from judging.scoring.material import AuthorShown, Material, PartShown
from judging.scoring.reading_list import Place, ReadingList
from judging.scoring.views import Answer, blueprint


@blueprint.get("/<slug>/thiet-lap/xem-truoc/phieu-cham/<int:ordinal>")
@sign_in_required
def preview_sheet(slug: str, ordinal: int) -> Answer:
    edition = found(edition_by_slug(slug))
    by = capacity(signed_in(), edition)
    found(can_see(by, edition) or None)
    require(can_read_setup(by))
    edition = with_rules(edition.id)
    in_round = found(round_of(edition, ordinal))
    place = _place(edition, in_round)
    form = standing(None, in_round)
    return render_template(
        "scoring/sheet.html",
        called=called(in_round),
        time_left="",
        preview=SimpleNamespace(back=url_for("editions.previews", slug=slug)),
        **pages.around(in_round, ReadingList([place]), place, _work(place, in_round), form),
    )


def _place(edition: Edition, in_round: Round) -> Place:
    """Where a work stands in a judge's list, with the names of the edition's first loại hình and panel."""
    panel = next((panel.name for panel in edition.panels if panel.round_id == in_round.id), "")
    category = edition.categories[0] if edition.categories else None
    return Place(
        id=0,
        public_id="",
        code=f"{edition.ordinal_words}-{category.code if category else ''}-001",
        title=_("Tên tác phẩm"),
        category=category.name if category else "",
        genre=category.genres[0].name if category and category.genres else "",
        parts=1,
        panel=panel,
        recused=False,
        later=False,
        criteria=len(in_round.criteria),
        asks_level=in_round.asks_level,
        given=0,
        steps=0,
        sent_at=None,
    )


def _work(place: Place, in_round: Round) -> Material:
    """What stands beside the sheet: names only where the round shows them."""
    part = PartShown(1, _("Nội dung tác phẩm hiện ở đây: bài viết, âm thanh, hình, ảnh."), ())
    named = not in_round.blind
    return Material(
        code=place.code,
        title=place.title,
        category=place.category,
        genre=place.genre,
        parts=(part,),
        whole=(),
        blind=in_round.blind,
        partly_blind=False,
        authors=(AuthorShown(_("Họ và tên tác giả"), "", ""),) if named else (),
        newsroom=_("Cơ quan đăng, phát") if named else "",
    )
