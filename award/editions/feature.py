"""What the room editions hands to the house."""

from collections.abc import Sequence

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.db import session
from award.editions import letters
from award.editions import tasks as tasks  # what it registers with the queue
from award.editions.extensions import ACT
from award.editions.models import Countersign, Edition, Round
from award.editions.permissions import READERS, Capacity, can_countersign
from award.editions.personal import personal
from award.editions.queries import GLANCES, capacity, holds_office, waiting_countersigns, with_rules
from award.editions.trials import ENDING
from award.editions.views import blueprint
from award.editions.views.calendar import acts
from award.editions.views.doors import STEP_OF_ACT, address_of, own_barriers, page_of
from award.features import Feature, NextAct, Obstacle
from award.keeping import Kept, KeptPage
from award.people.models import Person

_AFTER = {
    "revoke_prize": lazy_gettext("Xác nhận thu hồi giải"),
    "award_later": lazy_gettext("Xác nhận trao giải còn khuyết"),
    "lower_prize": lazy_gettext("Xác nhận hạ mức giải"),
    "correct_name": lazy_gettext("Xác nhận đính chính"),
}
_ACT_OF_STEP = {step: act for act, step in STEP_OF_ACT.items()}


def _install(app: Flask) -> None:
    """Whoever stands appointed to anything needs a second factor; administrators are the room people's to know."""
    app.extensions["needs_second_factor"] = holds_office


def _navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    edition = session.get(Edition, edition_id) if edition_id else None
    if edition is None:
        return []
    by = _capacity(person_id, edition)
    links = [] if edition.state == "draft" else [(_("Thể lệ"), url_for("editions.rules", slug=edition.slug))]
    if by.holds(*READERS):
        links.append((_("Thiết lập"), url_for("editions.setup", slug=edition.slug)))
    return links


def _kept(edition_id: int) -> Kept:
    """The front page and the rules, as everybody reads them."""
    slug = session.get_one(Edition, edition_id).slug
    front = KeptPage(url_for("editions.home", slug=slug), _("Trang chủ"))
    return Kept(pages=(front, KeptPage(url_for("editions.rules", slug=slug), _("Thể lệ"))))


def _next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    edition = session.get_one(Edition, edition_id)
    by = _capacity(person_id, edition)
    return [*_calendar(by, edition), *_to_confirm(by, edition)]


def _calendar(by: Capacity, edition: Edition) -> list[NextAct]:
    """The organiser's next act; below what can be done already, while something stands in its way."""
    if not by.holds("organiser"):
        return []
    step = acts(with_rules(edition.id), by)
    if step is None or step.act == "archive":
        return []
    if not step.obstacles:
        return [NextAct(step.words, url_for("editions.calendar", slug=edition.slug, act=step.act), weight=10)]
    first, count = step.obstacles[0], len(step.obstacles)
    detail = first.sentence if count == 1 else _("%(first)s Còn %(n)s mục khác.", first=first.sentence, n=count - 1)
    return [NextAct(step.words, url_for("editions.setup", slug=edition.slug), detail=detail, weight=70)]


def _to_confirm(by: Capacity, edition: Edition) -> list[NextAct]:
    """Acts of others that wait for a second person whom this one may be."""
    found = []
    for waiting in waiting_countersigns(edition.id):
        words, url = _words_of(waiting, edition)
        if url is not None and can_countersign(by, waiting):
            proposer = session.get_one(Person, waiting.proposed_by_id).legal_name
            detail = _("%(name)s đã đề nghị. Cần người thứ hai xác nhận.", name=proposer)
            found.append(NextAct(words, url, detail=detail, weight=0))
    return found


def _words_of(waiting: Countersign, edition: Edition) -> tuple[str, str | None]:
    if waiting.act == "publish":
        return _("Xác nhận công bố kết quả"), address_of("results.publish", slug=edition.slug)
    if waiting.act == ACT:
        return _("Xác nhận gia hạn nhận tác phẩm"), url_for("editions.extension", slug=edition.slug)
    if waiting.act in _AFTER:
        return str(_AFTER[waiting.act]), address_of("results.after", slug=edition.slug)
    titles = {"freeze_round": _("Xác nhận khóa phiếu chấm"), "close_round": _("Xác nhận kết thúc vòng chấm")}
    in_round = session.query(Round).filter_by(public_id=waiting.subject).one_or_none()
    if in_round is None or waiting.act not in titles:
        return "", None
    url = address_of("ranking.progress", slug=edition.slug, ordinal=in_round.ordinal)
    return f"{titles[waiting.act]}: {in_round.name}", url


def _obstacles(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:
    edition = session.get_one(Edition, edition_id)
    if step == "publish" and edition.trial_of_id is not None:
        setup = url_for("editions.setup", slug=edition.slug.removesuffix(ENDING))
        return [Obstacle(_("Bản chạy thử không công bố kết quả."), setup)]
    act = _ACT_OF_STEP.get(step)
    if act is None:
        return []
    edition = with_rules(edition_id)
    in_round = next((found for found in edition.rounds if found.id == round_id), None)
    return [Obstacle(b.sentence, page_of(edition, b, in_round)) for b in own_barriers(edition, act, in_round)]


def _capacity(person_id: int | None, edition: Edition) -> Capacity:
    return capacity(session.get(Person, person_id) if person_id else None, edition)


feature = Feature(
    name="editions",
    blueprint=blueprint,
    install=_install,
    navigation=_navigation,
    glances=GLANCES,
    next_acts=_next_acts,
    obstacles=_obstacles,
    kept=_kept,
    personal=personal,
    letter_kinds=(letters.KIND,),
)
