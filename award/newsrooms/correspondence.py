"""What the room offers of letters: words for the reminder, newsrooms with works nobody has said anything of."""

from collections.abc import Iterable, Sequence

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.correspondence import Audience, LetterKind, Recipient, ReminderRule, ShortText
from award.db import session
from award.editions.deadlines import confirmation, said
from award.editions.models import Edition
from award.newsrooms import letters, queries, surveyed
from award.newsrooms.operations import RULE
from award.people.letters import address
from award.people.models import Newsroom

_PLACES = {
    "co_quan_bao_chi": _("Tên cơ quan báo chí"),
    "so_tac_pham": _("Số tác phẩm chờ xác nhận"),
    "lien_ket": _("Đường dẫn đến danh sách của cơ quan"),
    "han": _("Thời hạn xác nhận"),
}


def waiting(edition_id: int) -> Sequence[Recipient]:
    """Who speaks for newsrooms with works nothing has been said of, in the order of the newsrooms."""
    edition = session.get_one(Edition, edition_id)
    unsaid = surveyed.unsaid(edition_id)
    people, known = [], _named(unsaid)
    for newsroom_id, emails in queries.addresses(unsaid).items():
        newsroom = known[newsroom_id]
        values, house = letters.reminder(edition, newsroom, unsaid[newsroom_id])
        name = values["co_quan_bao_chi"]
        people += [Recipient(f"{newsroom.public_id}-{n}", name, to, values, house) for n, to in enumerate(emails)]
    return people


def meant(edition_id: int) -> Sequence[Recipient]:
    """Whom a reminder goes to, and behind them newsrooms for which nobody gets letters, each with the page where
    somebody is named."""
    edition, unsaid = session.get_one(Edition, edition_id), surveyed.unsaid(edition_id)
    reached, known, silent = queries.addresses(unsaid), _named(unsaid), []
    for newsroom_id in unsaid:
        if newsroom_id not in reached:
            organ = known[newsroom_id]
            there = url_for("newsrooms.people", slug=edition.slug, newsroom_id=organ.public_id)
            silent.append(Recipient(organ.public_id, queries.name_in(organ, edition), "", named_at=there))
    return [*waiting(edition_id), *silent]


def _named(newsroom_ids: Iterable[int]) -> dict[int, Newsroom]:
    """These newsrooms with their names, in one statement."""
    found = select(Newsroom).where(Newsroom.id.in_(list(newsroom_ids))).options(joinedload(Newsroom.names))
    return {each.id: each for each in session.scalars(found).unique()}


_BEGINNING = (
    _("Còn {so_tac_pham} tác phẩm chờ cơ quan xác nhận"),
    _(
        "Kính gửi: {co_quan_bao_chi}.\n\nCòn {so_tac_pham} tác phẩm do cơ quan đăng, phát chưa được xác nhận.\n\n"
        "Thời hạn xác nhận: {han}.\n\nXem và xác nhận tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
    ),
)
REMINDER = LetterKind(
    letters.REMINDER,
    _("Nhắc cơ quan báo chí xác nhận"),
    _PLACES,
    waiting,
    needed=(frozenset({"noi_dung", "lien_ket"}),),
    beginning=_BEGINNING,
)
UNSAID = Audience(
    "unsaid",
    _("Cơ quan báo chí còn tác phẩm chưa xác nhận"),
    _PLACES,
    meant,
    *_BEGINNING,
    may_lack=frozenset({"han"}),
)
RULE_OF_REMINDING = ReminderRule(
    RULE,
    _("Nhắc cơ quan báo chí xác nhận"),
    _("7 ngày, 3 ngày và 1 ngày trước ngày hết hạn xác nhận"),
)


def short_texts(edition_id: int) -> Sequence[ShortText]:
    """For each newsroom with works nothing has been said of: how many, until when, where. Who opens it signs in."""
    edition, unsaid = session.get_one(Edition, edition_id), surveyed.unsaid(edition_id)
    until, texts, known = confirmation(edition), [], _named(unsaid)
    for newsroom_id, count in unsaid.items():
        newsroom = known[newsroom_id]
        name = queries.name_in(newsroom, edition)
        lines = [
            gettext(
                "%(newsroom)s: còn %(n)s tác phẩm chờ cơ quan xác nhận dự %(edition)s.",
                newsroom=name,
                n=count,
                edition=edition.name,
            ),
            gettext("Thời hạn: %(until)s.", until=said(until)) if until else "",
            address("newsrooms.works", slug=edition.slug, newsroom_id=newsroom.public_id),
        ]
        texts.append(ShortText(name, "\n".join(filter(None, lines))))
    return texts
