"""Letters to entrants that an edition may word: rules changed, more time for everybody or for one, a co-author invited.

They are tried on the newest ones as they went out. The link of an invitation is its key: who tries the words gets none.
"""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from award import dates
from award.correspondence import LetterKind, Recipient
from award.db import session
from award.editions import deadlines
from award.editions.models import Amendment, Edition
from award.editions.queries import extensions
from award.entries import granting, inviting, longer, notices, recovered
from award.entries.correspondence import ENTRANT, TRIED_ON
from award.entries.models import Authorship, Entry, PersonalDeadline, Receipt
from award.features import Words
from award.people.letters import address
from award.people.models import Person, User

_WHO = {"xung_ho": ENTRANT["xung_ho"], "ho_ten": ENTRANT["ho_ten"]}
_REASON = _("Lý do")


def _amended(edition_id: int) -> Sequence[Recipient]:
    edition = session.get_one(Edition, edition_id)
    of_edition = select(Amendment).where(Amendment.edition_id == edition_id)
    last = session.scalar(of_edition.order_by(Amendment.ordinal.desc()).limit(1))
    if last is None:
        return ()
    made = []
    for owner in notices.owners(edition_id)[:TRIED_ON]:
        values, house = notices.words_of_amendment(edition, last, owner.person)
        made.append(Recipient(owner.person.public_id, owner.person.legal_name, owner.email, values, house))
    return made


def _extended(edition_id: int) -> Sequence[Recipient]:
    edition, done = session.get_one(Edition, edition_id), extensions(edition_id)
    made = []
    for person, email in session.execute(longer.entrants(edition_id).limit(TRIED_ON)).tuples() if done else ():
        values, house = longer.words_of_extension(edition, done[0], person)
        made.append(Recipient(person.public_id, person.legal_name, email, values, house))
    return made


def _granted(edition_id: int) -> Sequence[Recipient]:
    edition = session.get_one(Edition, edition_id)
    found = (
        select(PersonalDeadline, Person, User.email)
        .join(Person, Person.id == PersonalDeadline.person_id)
        .join(User, User.person_id == Person.id)
        .where(PersonalDeadline.edition_id == edition_id)
        .order_by(PersonalDeadline.id.desc())
        .limit(TRIED_ON)
    )
    link, made = address("entries.mine", slug=edition.slug), []
    for each, person, email in session.execute(found).tuples():
        until = deadlines.kept(each.last_day, each.until)
        values, house = granting.words_of_grant(edition, person, each, until, link)
        made.append(Recipient(each.public_id, person.legal_name, email, values, house))
    return made


def _invited(edition_id: int) -> Sequence[Recipient]:
    edition = session.get_one(Edition, edition_id)
    found = (
        select(Authorship, Entry, Person)
        .join(Entry, Entry.id == Authorship.entry_id)
        .join(Person, Person.id == Entry.owner_id)
        .where(Entry.edition_id == edition_id, Entry.revises_id.is_(None), Authorship.invited_to != "")
        .order_by(Authorship.invited_at.desc(), Authorship.id)
        .limit(TRIED_ON)
    )
    link, made = gettext("(đường dẫn riêng của người được mời)"), []
    for row, entry, owner in session.execute(found).tuples():
        assert row.invited_at is not None
        day = dates.day(dates.local(row.invited_at + inviting.OPEN_FOR))
        values, house = inviting.words(edition, entry, row, owner, day=day, address=link)
        made.append(Recipient(row.public_id, row.legal_name, row.invited_to, values, house))
    return made


def _received_again(edition_id: int) -> Sequence[Recipient]:
    """As the newest receipts would be told of, had their works been received by them again."""
    edition = session.get_one(Edition, edition_id)
    found = (
        select(Entry, Receipt, Person, User.email)
        .join(Receipt, Receipt.entry_id == Entry.id)
        .join(Person, Person.id == Entry.owner_id)
        .join(User, User.person_id == Person.id)
        .where(Entry.edition_id == edition_id, Entry.state == "submitted")
        .order_by(Receipt.id.desc())
        .limit(TRIED_ON)
    )
    made = []
    for entry, receipt, owner, email in session.execute(found).tuples():
        values, house = recovered.words_of_recovery(edition, owner, entry, receipt, ())
        made.append(Recipient(receipt.public_id, f"{receipt.code}, {owner.legal_name}", email, values, house))
    return made


def _unsent(house: Callable[[Edition, Mapping[str, str]], Words]) -> Callable[[int, Mapping[str, str]], Words]:
    return lambda edition_id, values: house(session.get_one(Edition, edition_id), values)


KINDS = (
    LetterKind(
        longer.EXTENSION,
        _("Gia hạn nhận tác phẩm, cho người dự Giải"),
        {
            **ENTRANT,
            "gia_han": _("Câu gia hạn: thời hạn cũ, thời hạn mới"),
            "ly_do": _("Căn cứ, lý do gia hạn"),
            "ho_so_da_nop": _("Câu về hồ sơ đã nộp"),
        },
        _extended,
        needed=(frozenset({"noi_dung", "gia_han"}),),
        beginning=(
            _("Gia hạn nhận tác phẩm dự Giải"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\n{gia_han}\n\n{ly_do}\n\n{ho_so_da_nop}\n\nXem hồ sơ:"
                " {lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
        unsent=_unsent(longer.house_of_extension),
    ),
    LetterKind(
        notices.AMENDMENT,
        _("Thể lệ sửa đổi"),
        {
            **_WHO,
            "lan": _("Lần sửa đổi"),
            "van_ban": _("Số, ngày văn bản sửa đổi"),
            "hieu_luc": _("Hiệu lực từ"),
            "ly_do": _REASON,
            "sua_doi": _("Từng nội dung: trước, sau"),
            "lien_ket": _("Đường dẫn đến Thể lệ"),
        },
        _amended,
        needed=(frozenset({"noi_dung", "sua_doi", "lien_ket"}),),
        beginning=(
            _("{giai}: sửa đổi lần {lan}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\n{giai} có sửa đổi lần {lan} theo văn bản số {van_ban}, hiệu lực từ"
                " {hieu_luc}.\n\nLý do: {ly_do}\n\n{sua_doi}\n\nToàn văn Thể lệ:\n{lien_ket}\n\n{lien_he}\n\nTrân"
                " trọng.\n{co_quan}"
            ),
        ),
        unsent=_unsent(notices.house_of_amendment),
    ),
    LetterKind(
        granting.PERSONAL_DEADLINE,
        _("Thời hạn riêng"),
        {**ENTRANT, "han": _("Thời hạn riêng"), "ly_do": _REASON, "van_ban": _("Văn bản căn cứ, nếu có")},
        _granted,
        needed=(frozenset({"noi_dung", "han"}),),
        beginning=(
            _("Thời hạn riêng nộp hồ sơ dự Giải"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\nThời hạn nhận tác phẩm của {xung_ho} dự {giai}: {han}.\n\nLý do:"
                " {ly_do}\nVăn bản căn cứ: {van_ban}\n\nNộp tác phẩm: {lien_ket}\n\n{lien_he}\n\nTrân"
                " trọng.\n{co_quan}"
            ),
        ),
        unsent=_unsent(granting.house_of_grant),
    ),
    LetterKind(
        inviting.COAUTHOR,
        _("Mời cùng khai hồ sơ"),
        {
            "ho_ten": ENTRANT["ho_ten"],
            "nguoi_moi": _("Họ tên người mời"),
            "ten_tac_pham": _("Tên tác phẩm"),
            "han": _("Ngày cuối dùng được đường dẫn"),
            "lien_ket": _("Đường dẫn của lời mời"),
        },
        _invited,
        needed=(frozenset({"noi_dung", "lien_ket"}),),
        beginning=(
            _("Mời cùng khai hồ sơ dự Giải"),
            _(
                "Kính gửi {ho_ten},\n\n{nguoi_moi} mời cùng khai hồ sơ dự Giải của tác phẩm “{ten_tac_pham}”,"
                " {giai}.\n\nMở đường dẫn dưới đây, đăng nhập rồi nhận lời mời. Đường dẫn dùng được một lần, đến hết"
                " ngày {han}.\n{lien_ket}\n\nKhông nhận lời mời thì tác phẩm vẫn được dự Giải.\n\n{lien_he}\n\nTrân"
                " trọng.\n{co_quan}"
            ),
        ),
        unsent=_unsent(inviting.house_of_invitation),
    ),
    LetterKind(
        recovered.RECEIVED_AGAIN,
        _("Hồ sơ tiếp nhận lại theo biên nhận"),
        {
            **ENTRANT,
            "ma_ho_so": _("Mã hồ sơ"),
            "ten_tac_pham": _("Tên tác phẩm"),
            "luc_nhan": _("Thời điểm tiếp nhận"),
            "tep": _("Tệp còn hay chưa tìm lại được"),
        },
        _received_again,
        needed=(frozenset({"noi_dung", "ma_ho_so", "tieu_de"}), frozenset({"noi_dung", "tep"})),
        beginning=(
            _("Đã tiếp nhận lại hồ sơ {ma_ho_so}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\nSau sự cố dữ liệu, hồ sơ dự Giải của tác phẩm “{ten_tac_pham}” đã"
                " được tiếp nhận lại theo biên nhận. Mã hồ sơ {ma_ho_so} và thời điểm tiếp nhận {luc_nhan} giữ"
                " nguyên.\n\n{tep}\n\nĐề nghị xem lại hồ sơ; số điện thoại và cha, mẹ hoặc người giám hộ của tác giả"
                " dưới 18 tuổi không có trong biên nhận, nếu thiếu thì bổ sung.\n\nXem hồ sơ:"
                " {lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
        unsent=_unsent(recovered.house_of_recovery),
    ),
)
