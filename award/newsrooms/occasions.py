"""Letters of a newsroom's desk that an edition may word besides the reminder, tried on the newest ones."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.correspondence import LetterKind, Recipient
from award.db import session
from award.editions.models import Edition
from award.editions.queries import extensions
from award.entries.models import Entry
from award.newsrooms import letters, queries, surveyed
from award.newsrooms.forms import ROLE_WORDS
from award.newsrooms.models import Attestation
from award.people.letters import address
from award.people.models import Membership, Newsroom, Person, User

TRIED_ON = 20
_WHO = {
    "xung_ho": _("Cách xưng hô: ông/bà, đồng chí"),
    "ho_ten": _("Họ tên người nhận"),
    "co_quan_bao_chi": _("Tên cơ quan báo chí"),
}


def _members(edition_id: int) -> Sequence[Recipient]:
    edition, link = session.get_one(Edition, edition_id), address("desk.home")
    found = (
        select(Membership, Person, User.email, Newsroom)
        .join(Person, Person.id == Membership.person_id)
        .join(User, User.person_id == Person.id)
        .join(Newsroom, Newsroom.id == Membership.newsroom_id)
        .where(Membership.newsroom_id.in_(surveyed.with_works(edition_id)), Membership.role.in_(ROLE_WORDS))
        .options(joinedload(Newsroom.names))
        .order_by(Membership.id.desc())
        .limit(TRIED_ON)
    )
    made = []
    for each, person, email, newsroom in session.execute(found).unique().tuples():
        who = (person.legal_name, person.form_of_address)
        values, house = letters.member_words(edition, newsroom, *who, each.role, link)
        name = f"{person.legal_name}, {values['co_quan_bao_chi']}"
        made.append(Recipient(f"{person.public_id}-{each.id}", name, email, values, house))
    return made


def _refused(edition_id: int) -> Sequence[Recipient]:
    edition = session.get_one(Edition, edition_id)
    found = (
        select(Attestation, Entry, Person, User.email, Newsroom)
        .join(Entry, Entry.id == Attestation.entry_id)
        .join(Person, Person.id == Entry.owner_id)
        .join(User, User.person_id == Person.id)
        .join(Newsroom, Newsroom.id == Attestation.newsroom_id)
        .where(Entry.edition_id == edition_id, Attestation.answer == "refused")
        .options(joinedload(Newsroom.names))
        .order_by(Attestation.id.desc())
        .limit(TRIED_ON)
    )
    made = []
    for said, entry, owner, email, newsroom in session.execute(found).unique().tuples():
        values, house = letters.refused_words(edition, newsroom, entry, owner, said.reason)
        made.append(Recipient(said.public_id, f"{entry.code}, {owner.legal_name}", email, values, house))
    return made


def _extended(edition_id: int) -> Sequence[Recipient]:
    edition, done = session.get_one(Edition, edition_id), extensions(edition_id)
    if not done:
        return ()
    values, house = letters.longer_words(edition, done[0])
    given = queries.addresses(surveyed.with_works(edition_id))
    emails = dict.fromkeys(email for emails in given.values() for email in emails)
    return [Recipient(f"{n}", email, email, values, house) for n, email in enumerate([*emails][:TRIED_ON])]


KINDS = (
    LetterKind(
        letters.MEMBERSHIP,
        _("Mời làm đầu mối cơ quan báo chí"),
        {
            **_WHO,
            "vai_tro": _("Vai trò"),
            "lien_ket": _("Đường dẫn của lời mời, hoặc đến trang việc cần làm"),
            "han": _("Lời mời dùng được đến lúc; để trống khi đã có tài khoản"),
        },
        _members,
        needed=(frozenset({"noi_dung", "lien_ket"}), frozenset({"noi_dung", "vai_tro"})),
        beginning=(
            _("{co_quan_bao_chi}: mời tham gia {giai}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\n{co_quan_bao_chi} giao làm {vai_tro} của cơ quan tại {giai}.\n\nMở"
                " đường dẫn dưới đây để bắt đầu:\n{lien_ket}\n\nĐường dẫn dùng được một lần, đến:"
                " {han}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        letters.NOT_ATTESTED,
        _("Cơ quan báo chí không xác nhận"),
        {
            **_WHO,
            "ma_ho_so": _("Mã hồ sơ"),
            "ten_tac_pham": _("Tên tác phẩm"),
            "ly_do": _("Lý do"),
            "lien_ket": _("Đường dẫn đến hồ sơ"),
        },
        _refused,
        needed=(frozenset({"noi_dung", "ly_do"}),),
        beginning=(
            _("Cơ quan báo chí không xác nhận, hồ sơ {ma_ho_so}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\n{co_quan_bao_chi} không xác nhận tác phẩm “{ten_tac_pham}” (mã hồ"
                " sơ {ma_ho_so}).\nLý do: {ly_do}\n\nHồ sơ vẫn được giữ. Đề nghị trao đổi với cơ quan; nếu thông tin"
                " chưa đúng, sửa hồ sơ tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        letters.EXTENSION,
        _("Gia hạn nhận tác phẩm, cho cơ quan báo chí"),
        {
            "gia_han": _("Câu gia hạn: thời hạn cũ, thời hạn mới"),
            "ly_do": _("Căn cứ, lý do gia hạn"),
            "han": _("Thời hạn xác nhận mới; để trống khi không đổi"),
            "lien_ket": _("Đường dẫn đến danh sách của cơ quan"),
        },
        _extended,
        needed=(frozenset({"noi_dung", "gia_han"}),),
        beginning=(
            _("Gia hạn nhận tác phẩm dự Giải"),
            _(
                "{gia_han}\n\n{ly_do}\n\nThời hạn xác nhận tác phẩm: {han}.\n\nXem tác phẩm của cơ"
                " quan:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
        unsent=lambda edition_id, values: letters.house_of_extension(session.get_one(Edition, edition_id), values),
    ),
)
