"""What the room ranking hands to the house."""

from collections.abc import Sequence
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.documents.tables import Sheet
from award.editions.calendar import called
from award.editions.clauses import rule
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, rounds_seen, waiting_countersign
from award.features import Feature, NextAct
from award.keeping import Kept, KeptList
from award.people.models import Person
from judging.ranking import annulling_pages as annulling_pages  # its doors stand on the same blueprint
from judging.ranking import exchange_pages as exchange_pages
from judging.ranking import papers, permissions, queries, views
from judging.ranking import ruling_pages as ruling_pages
from judging.ranking.boards import boards
from judging.ranking.exchanged import open_to
from judging.ranking.personal import personal
from judging.scoring.progress import progress


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """Progress of the round under way, and the latest ranking, for those who may read them."""
    if person_id is None or edition_id is None:
        return []
    edition, by = _seen(person_id, edition_id)
    if not permissions.can_follow(by):
        return []
    begun = [each for each in rounds_seen(person_id, edition_id) if each.state != "prepare"]
    links = [
        (_("Tiến độ chấm"), url_for("ranking.progress", slug=edition.slug, ordinal=each.ordinal))
        for each in begun
        if each.state != "closed"
    ]
    closed = [each for each in begun if each.state == "closed"]
    if closed:
        links.append((_("Xếp hạng"), url_for("ranking.standings", slug=edition.slug, ordinal=closed[-1].ordinal)))
    return links


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """A round with every sheet in, a frozen round, a shortlist to draw; for members the ranking they may read."""
    edition, by = _seen(person_id, edition_id)
    acts = []
    for each in queries.rounds_begun(edition_id):
        act = _to_read(edition, each, by) if each.state == "closed" else _to_end(edition, each, by)
        if act is not None:
            acts.append(act)
        if permissions.can_ask(by, each):
            where = url_for("ranking.look_through", slug=edition.slug, ordinal=each.ordinal)
            detail = _("Phiếu chênh lệch và tác phẩm sát ngưỡng, trước khi kết thúc vòng.")
            acts.append(NextAct(_("Rà soát phiếu chấm vòng %(name)s", name=called(each)), where, detail, weight=9))
        if each.state == "frozen" and (waiting := open_to(by, each)):
            where = url_for("ranking.exchanges", slug=edition.slug, ordinal=each.ordinal)
            acts.append(NextAct(_("Trao đổi về %(n)s tác phẩm có điểm chênh lệch", n=waiting), where, weight=8))
    return acts


def _to_read(edition: Edition, judged: Round, by: Capacity) -> NextAct | None:
    where = url_for("ranking.standings", slug=edition.slug, ordinal=judged.ordinal)
    if permissions.can_follow(by):
        use = queries.use_of(judged)
        drawing = use.goes_on and permissions.can_draw_shortlist(by, judged, followed=use.followed)
        if not drawing or queries.is_drawn(judged.id):
            return None
        return NextAct(_("Lập danh sách từ xếp hạng vòng %(name)s", name=called(judged)), where, weight=10)
    if by.person_id is not None and edition.state == "judging" and queries.is_seated(by.person_id, judged.id):
        return NextAct(_("Xem xếp hạng vòng %(name)s", name=called(judged)), where, weight=60)
    return None


def _to_end(edition: Edition, judged: Round, by: Capacity) -> NextAct | None:
    where = url_for("ranking.progress", slug=edition.slug, ordinal=judged.ordinal)
    if permissions.can_freeze(by, judged) and not waiting_countersign(edition.id, "freeze_round", judged.public_id):
        count = progress(judged.id)
        if count.assigned and count.assigned == count.finished:
            return NextAct(_("Khóa phiếu chấm vòng %(name)s: đã đủ phiếu", name=called(judged)), where, weight=10)
        detail = _("Đã gửi %(sent)s/%(all)s phiếu.", sent=count.finished, all=count.assigned)
        return NextAct(_("Theo dõi tiến độ chấm vòng %(name)s", name=called(judged)), where, detail, weight=40)
    if permissions.can_close(by, judged) and not waiting_countersign(edition.id, "close_round", judged.public_id):
        return NextAct(_("Kết thúc vòng %(name)s", name=called(judged)), where, weight=10)
    return None


def _seen(person_id: int, edition_id: int) -> tuple[Edition, Capacity]:
    edition = session.get_one(Edition, edition_id)
    return edition, capacity(session.get_one(Person, person_id), edition)


def kept(edition_id: int) -> Kept:
    """The places of every closed round, without who gave what: for the house."""
    edition = session.get_one(Edition, edition_id)
    closed = [each for each in queries.rounds(edition_id) if each.state == "closed"]

    def ranked(judged: Round) -> Sheet:
        return papers.ranked(edition, judged, boards(judged, names=False, limit=rule(edition, "spread_limit").points))

    return Kept(
        lists=tuple(
            KeptList(
                f"xep-hang-vong-{each.ordinal}",
                _("Xếp hạng vòng %(name)s", name=called(each)),
                partial(ranked, each),
            )
            for each in closed
        )
    )


feature = Feature(
    name="ranking",
    blueprint=views.blueprint,
    navigation=navigation,
    next_acts=next_acts,
    kept=kept,
    personal=personal,
)
