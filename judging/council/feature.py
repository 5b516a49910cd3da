"""What the room council hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity, rounds_seen
from award.features import Feature, NextAct, Obstacle
from award.people.models import Person
from award.verdicts import Verdict
from judging.council import permissions, queries, views
from judging.council.openly import openly
from judging.council.personal import personal


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The room, for those who may enter it, from the end of the last round on."""
    if person_id is None or edition_id is None:
        return []
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    seen = rounds_seen(person_id, edition_id)
    if not permissions.can_enter(by, seen[-1] if seen else None):
        return []
    return [(_("Đề nghị giải"), url_for("council.room", slug=edition.slug))]


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the chair and the deputy: prizes to propose."""
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    last, ended = queries.last_round(edition_id), queries.handed_down(edition_id)
    if not permissions.can_propose(by, edition, last, handed_down=ended):
        return []
    given = sum(each.given for each in queries.structure_of(edition_id))
    detail = _("Đã đề nghị %(n)s giải.", n=given)
    return [NextAct(_("Đề nghị mức giải"), url_for("council.room", slug=edition.slug), detail, weight=10)]


def obstacles(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:  # noqa: ARG001
    """The decision waits for the council's proposals."""
    if step != "decide" or queries.handed_down(edition_id):
        return []
    slug = session.get_one(Edition, edition_id).slug
    return [Obstacle(_("Hội đồng chưa kết thúc đề nghị giải."), url_for("council.room", slug=slug))]


def against_prizes(edition_id: int) -> Verdict | None:
    """A level stays for the loại hình of a work that is proposed for it."""
    proposed = [(each.entry_id, each.prize_level_id) for each in queries.proposals(edition_id).values()]
    if not (found := queries.misfits(proposed)):
        return None
    words = _(
        "Đang có đề nghị giải cho tác phẩm ngoài loại hình được chọn: %(what)s.", what=queries.misfits_told(found)
    )
    return Verdict("proposed", words)


feature = Feature(
    name="council",
    blueprint=views.blueprint,
    navigation=navigation,
    next_acts=next_acts,
    obstacles=obstacles,
    against_prizes=against_prizes,
    openly=openly,
    personal=personal,
)
