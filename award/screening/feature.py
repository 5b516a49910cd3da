"""What the room screening hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.features import Feature, NextAct, Obstacle
from award.people.models import Person
from award.screening import permissions, queries, views


def _seen(person_id: int | None, edition_id: int | None) -> tuple[Edition, Capacity] | None:
    if person_id is None or edition_id is None:
        return None
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    return (edition, by) if permissions.can_read(by) and edition.state != "draft" else None


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    seen = _seen(person_id, edition_id)
    return [(_("Kiểm tra hồ sơ"), url_for("screening.queue", slug=seen[0].slug))] if seen else []


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the secretariat: dossiers nobody has decided on, and corrections that are awaited."""
    seen = _seen(person_id, edition_id)
    if seen is None or not seen[1].holds("secretary"):
        return []
    counts = queries.counts(edition_id)
    acts = []
    for decision, words, weight in (
        ("pending", _("Kiểm tra %(n)s hồ sơ"), 20),
        ("correction", _("Theo dõi %(n)s hồ sơ đang chờ bổ sung"), 50),
    ):
        if counts.get(decision):
            where = url_for("screening.queue", slug=seen[0].slug) + f"?ket-luan={decision}"
            acts.append(NextAct(words % {"n": counts[decision]}, where, weight=weight))
    return acts


def obstacles(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:
    """The first round waits until every dossier is decided on."""
    if step != "open_round" or round_id is None or session.get_one(Round, round_id).ordinal != 1:
        return []
    counts = queries.counts(edition_id)
    undecided = counts.get("pending", 0) + counts.get("correction", 0)
    if not undecided:
        return []
    slug = session.get_one(Edition, edition_id).slug
    sentence = _("Còn %(n)s hồ sơ chưa có kết luận về điều kiện dự Giải.", n=undecided)
    return [Obstacle(sentence, url_for("screening.queue", slug=slug) + "?ket-luan=pending")]


feature = Feature(
    name="screening", blueprint=views.blueprint, navigation=navigation, next_acts=next_acts, obstacles=obstacles
)
