"""What the room letters hands to the house."""

from collections.abc import Callable, Mapping, Sequence

from flask import url_for
from flask_babel import gettext as _

from award.correspondence import ShortText
from award.db import session
from award.editions.deadlines import confirmation, said, words
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature, NextAct, Obstacle, OwnPiece
from award.letters import offers, queries
from award.letters.operations import take_words
from award.letters.permissions import can_see_letters, can_write_to_many
from award.letters.personal import personal
from award.letters.views import blueprint
from award.people.letters import address
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """ "Thư" for who writes letters."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    if not can_see_letters(capacity(session.get_one(Person, person_id), edition)):
        return ()
    return ((_("Thư"), url_for("letters.home", slug=edition.slug)),)


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For who writes to many: letters that did not arrive."""
    edition = session.get_one(Edition, edition_id)
    if not can_write_to_many(capacity(session.get_one(Person, person_id), edition), edition):
        return ()
    return [
        NextAct(
            _("Xem %(n)s thư không gửi được", n=count),
            url_for("letters.mailing", slug=edition.slug, mailing_id=mailing.public_id),
            f"“{mailing.subject}”",
            weight=32,
        )
        for mailing, count in queries.with_failures(edition_id)
    ]


def short_texts(edition_id: int) -> Sequence[ShortText]:
    """Until when works are taken and confirmed, as everybody may read it."""
    edition = session.get_one(Edition, edition_id)
    if edition.state != "open" or edition.trial_of_id is not None:
        return ()
    own = confirmation(edition)
    lines = [
        _("%(edition)s nhận tác phẩm %(until)s.", edition=edition.name, until=words(edition)),
        _("Cơ quan báo chí xác nhận tác phẩm %(until)s.", until=said(own)) if own else "",
        address("editions.home", slug=edition.slug),
    ]
    return (ShortText(_("Thời hạn nhận tác phẩm"), "\n".join(filter(None, lines))),)


def obstacles(edition_id: int, step: str, _round_id: int | None) -> Sequence[Obstacle]:
    """Entries open once somebody has looked at every wording that came with an earlier edition."""
    if step != "open_entries":
        return ()
    slug, kinds = session.get_one(Edition, edition_id).slug, offers.kinds()
    return [
        Obstacle(
            _("Mẫu thư “%(name)s” lấy từ lần trước, chưa xem lại.", name=kinds[kind].name),
            url_for("letters.wording", slug=slug, kind=kind),
        )
        for kind, words in queries.standing(edition_id).items()
        if words.unseen and kind in kinds
    ]


def own_texts(edition_id: int) -> int:
    """Letters that the edition words itself, and reminders that it does without."""
    return len(queries.standing(edition_id)) + len(queries.reminders_off(edition_id))


def words_letter(
    edition_id: int, kind: str, values: Mapping[str, str], house: Callable[[], queries.Written]
) -> queries.Written:
    return queries.worded(session.get_one(Edition, edition_id), kind, values, house)


def on_texts_taken(source_id: int, edition_id: int, person_id: int) -> None:
    take_words(source_id=source_id, edition_id=edition_id, person_id=person_id)


feature = Feature(
    name="letters",
    blueprint=blueprint,
    navigation=navigation,
    next_acts=next_acts,
    obstacles=obstacles,
    personal=personal,
    short_texts=short_texts,
    pieces={"texts": OwnPiece(own_texts, on_texts_taken)},
    words_letter=words_letter,
)
