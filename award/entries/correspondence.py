"""What the room offers of letters: words for the receipt, who has drafts left, the letter that reminds of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from award import dates
from award.clock import now
from award.correspondence import Audience, LetterKind, Recipient, ReminderRule
from award.db import session
from award.editions import deadlines
from award.editions.models import Edition
from award.entries import operations
from award.entries.models import Entry, Receipt
from award.letters.operations import write
from award.letters.queries import reminds, shared
from award.log.operations import record
from award.people.letters import address
from award.people.models import Person, User
from award.people.queries import consent_withdrawn

TRIED_ON = 20
DAYS_BEFORE = (3, 1)
"""So many days before the last one for entering who has drafts left is told by rule."""
ENTRANT = {
    "xung_ho": _("Cách xưng hô: ông/bà, đồng chí"),
    "ho_ten": _("Họ tên người nhận"),
    "lien_ket": _("Đường dẫn đến hồ sơ"),
}
WORKS = {**ENTRANT, "tac_pham": _("Danh sách tác phẩm, mỗi tác phẩm một dòng"), "so_tac_pham": _("Số tác phẩm")}
DRAFT_REMINDER = "drafts"


def receipts(edition_id: int) -> Sequence[Recipient]:
    """The newest receipts, as their owners had them by letter."""
    edition = session.get_one(Edition, edition_id)
    found = (
        select(Receipt, Entry, Person)
        .join(Entry, Entry.id == Receipt.entry_id)
        .join(Person, Person.id == Entry.owner_id)
        .join(User, (User.person_id == Person.id) & User.active)
        .where(Entry.edition_id == edition_id, Entry.state == "submitted")
        .order_by(Receipt.id.desc())
        .limit(TRIED_ON)
    )
    return [_receipt(edition, *row) for row in session.execute(found).tuples()]


def _receipt(edition: Edition, receipt: Receipt, entry: Entry, owner: Person) -> Recipient:
    there = address("entries.receipt", slug=edition.slug, entry_id=entry.public_id)
    values, house = operations.receipt_letter(receipt, edition, entry, owner, address=there, paper=f"{there}.pdf")
    to = owner.user.email if owner.user else ""
    return Recipient(receipt.public_id, f"{receipt.code}, {owner.legal_name}", to, values, house)


RECEIPT = LetterKind(
    operations.RECEIPT,
    _("Biên nhận hồ sơ đã nộp"),
    {**ENTRANT, "ma_ho_so": _("Mã hồ sơ"), "ten_tac_pham": _("Tên tác phẩm"), "luc_nhan": _("Thời điểm tiếp nhận")},
    receipts,
    needed=(frozenset({"noi_dung", "lien_ket"}), frozenset({"noi_dung", "ma_ho_so", "tieu_de"})),
    beginning=(
        _("Đã tiếp nhận hồ sơ {ma_ho_so}"),
        _(
            "Kính gửi {xung_ho} {ho_ten},\n\nĐã tiếp nhận hồ sơ dự Giải của tác phẩm “{ten_tac_pham}” lúc"
            " {luc_nhan}. Mã hồ sơ: {ma_ho_so}.\n\nBiên nhận, mã kiểm chứng của từng tệp, tệp còn chờ gửi nếu có và"
            " các bước tiếp theo ở trang:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
        ),
    ),
)


def with_drafts(edition_id: int) -> list[Recipient]:
    """Who has drafts that were never submitted, each once with all of them; nobody who took back the consent."""
    edition = session.get_one(Edition, edition_id)
    found = (
        select(Person.public_id, Person.form_of_address, Person.legal_name, User.email, Entry.title)
        .join(User, User.person_id == Person.id)
        .join(Entry, Entry.owner_id == Person.id)
        .where(
            Entry.edition_id == edition_id,
            Entry.state == "draft",
            Entry.revises_id.is_(None),
            User.active,
            User.confirmed_at.is_not(None),
            ~consent_withdrawn(Person.id),
        )
        .order_by(Person.name_key, Person.id, Entry.id)
    )
    link = address("entries.mine", slug=edition.slug)
    until = deadlines.words(edition)
    return listed([(*row, until) for row in session.execute(found).tuples()], link)


Waiting = tuple[str, str, str, str, str, str]
"""A work that is waited for: its person's key, form of address, name and address, its title, until when."""


def listed(rows: Sequence[Waiting], link: str) -> list[Recipient]:
    """Each person once with all the works, and every day by which one of them is waited for."""
    theirs: dict[str, list[Waiting]] = {}
    for row in rows:
        theirs.setdefault(row[0], []).append(row)
    return [
        Recipient(
            key,
            name,
            to,
            {
                "xung_ho": form,
                "ho_ten": name,
                "lien_ket": link,
                "so_tac_pham": str(len(works)),
                "tac_pham": "\n".join(f"- {title or gettext('(chưa đặt tên)')}" for *_whose, title, _until in works),
                "han": "; ".join(dict.fromkeys(until for *_work, until in works)),
            },
        )
        for key, works in theirs.items()
        for _key, form, name, to, _title, _until in works[:1]
    ]


DRAFTS = Audience(
    "drafts",
    _("Người còn hồ sơ chưa nộp"),
    {**WORKS, "han": _("Thời hạn nhận tác phẩm")},
    with_drafts,
    _("Hồ sơ chưa nộp: {giai}"),
    _(
        "Kính gửi {xung_ho} {ho_ten},\n\nHồ sơ sau đây chưa nộp:\n{tac_pham}\n\nThời hạn nhận tác phẩm: {han}.\n\nXem"
        " và nộp tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
    ),
)
REMINDER = ReminderRule(
    DRAFT_REMINDER,
    _("Nhắc người còn hồ sơ chưa nộp"),
    _("3 ngày và 1 ngày trước ngày hết hạn nhận tác phẩm"),
)
DRAFT_LETTER = LetterKind(
    "draft_reminder",
    _("Nhắc hồ sơ chưa nộp"),
    DRAFTS.placeholders,
    lambda edition_id: _reminded(session.get_one(Edition, edition_id))[:TRIED_ON],
    needed=(frozenset({"noi_dung", "lien_ket"}), frozenset({"noi_dung", "han"})),
    beginning=(DRAFTS.subject, DRAFTS.body),
)


def remind_of_drafts(today: date) -> int:
    """Near the last day for entering who has drafts left has had the letter of that day, once; how many had one.

    A worker that was away on the day tells on the next.
    """
    taking = select(Edition).where(Edition.state == "open", Edition.trial_of_id.is_(None), Edition.deadline_at > now())
    return sum(_remind(edition, today) for edition in session.scalars(taking.order_by(Edition.id)))


def _remind(edition: Edition, today: date) -> int:
    assert edition.deadline_at is not None
    last = dates.local(edition.deadline_at - timedelta(seconds=1)).date()
    left = (last - today).days
    days = next((each for each in sorted(DAYS_BEFORE) if 0 <= left <= each), None)
    if days is None or not reminds(edition.id, DRAFT_REMINDER):
        return 0
    told = 0
    for one in _reminded(edition):
        assert one.house is not None
        key = f"draft_reminder:{edition.public_id}:{last}-{days}:{one.key}"
        to, values, house = one.address, one.values, one.house
        written = write(edition, DRAFT_LETTER.code, to_address=to, values=values, house=house, dedupe_key=key)
        told += written is not None
    if told:
        facts: dict[str, int | str | None] = {"people": told}
        record("drafts.reminded", actor_id=None, award_id=edition.award_id, subject=edition, facts=facts)
    return told


def _reminded(edition: Edition) -> list[Recipient]:
    asked = shared(edition)["lien_he"]

    def letter(one: Recipient) -> Recipient:
        values = one.values
        subject = gettext("Còn %(n)s hồ sơ chưa nộp: %(edition)s", n=values["so_tac_pham"], edition=edition.name)
        lines = [
            gettext("Kính gửi %(name)s,", name=f"{values['xung_ho']} {one.name}"),
            gettext("Hồ sơ sau đây chưa nộp:") + "\n" + values["tac_pham"],
            gettext("Thời hạn nhận tác phẩm: %(until)s.", until=values["han"]),
            gettext("Xem và nộp tại:") + "\n" + values["lien_ket"],
            asked,
            gettext("Nếu không tham dự nữa, bỏ qua thư này."),
            gettext("Trân trọng."),
        ]
        body = "\n\n".join(filter(None, lines)) + "\n"
        return Recipient(one.key, one.name, one.address, values, lambda: (subject, body))

    return [letter(one) for one in with_drafts(edition.id)]
