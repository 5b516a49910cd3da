"""What the room offers of letters: words for requests and refusals, and who still has something to mend."""

from collections.abc import Sequence
from functools import partial

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from award.correspondence import Audience, LetterKind, Recipient
from award.db import session
from award.editions.models import Edition
from award.entries.correspondence import ENTRANT, WORKS, listed
from award.entries.leave import until_words
from award.entries.models import Correction, Entry
from award.letters.queries import Written
from award.people.letters import address
from award.people.models import Person, User
from award.people.queries import consent_withdrawn
from award.screening.letters import (
    CORRECTION,
    CORRECTION_OVER,
    INELIGIBLE,
    asked_words,
    ineligible_words,
    over_words,
)
from award.screening.models import Screening

TRIED_ON = 20
_UNTIL = _("Hạn bổ sung")
_OF_WORK = {
    "xung_ho": ENTRANT["xung_ho"],
    "ho_ten": ENTRANT["ho_ten"],
    "ma_ho_so": _("Mã hồ sơ"),
    "ten_tac_pham": _("Tên tác phẩm"),
}


def _asked(edition_id: int) -> Select[*tuple[Correction, Entry, str, Person]]:
    """The newest requests with whose dossiers they are about; people come along in one statement."""
    return (
        select(Correction, Entry, User.email, Person)
        .join(Entry, Entry.id == Correction.entry_id)
        .join(Person, Person.id == Entry.owner_id)
        .join(User, User.person_id == Person.id)
        .where(Entry.edition_id == edition_id, Entry.state == "submitted")
        .order_by(Correction.id.desc())
        .limit(TRIED_ON)
    )


def corrections(edition_id: int) -> Sequence[Recipient]:
    """The newest requests, as the owners had them by letter."""
    edition, made = session.get_one(Edition, edition_id), []
    for correction, entry, email, _owner in session.execute(_asked(edition_id)).tuples():
        there = address("entries.tasks", slug=edition.slug, entry_id=entry.public_id)
        values, house = asked_words(edition, entry, correction, address=there)
        made.append(_recipient(correction.public_id, entry, email, values, house))
    return made


def requests_over(edition_id: int) -> Sequence[Recipient]:
    """The same people, as they would read that nothing is asked for any more."""
    edition, made = session.get_one(Edition, edition_id), []
    for correction, entry, email, _owner in session.execute(_asked(edition_id)).tuples():
        values, house = over_words(edition, entry, decided=True)
        made.append(_recipient(correction.public_id, entry, email, values, house))
    return made


def _recipient(key: str, entry: Entry, email: str, values: dict[str, str], house: Written) -> Recipient:
    return Recipient(key, f"{entry.code}, {values['ho_ten']}", email, values, partial(tuple[str, str], house))


def refusals(edition_id: int) -> Sequence[Recipient]:
    """Works found not eligible, as their owners are told."""
    found = (
        select(Screening, Entry, User.email, Person)
        .join(Entry, Entry.id == Screening.entry_id)
        .join(Person, Person.id == Entry.owner_id)
        .join(User, User.person_id == Person.id)
        .where(Entry.edition_id == edition_id, Entry.state == "submitted", Screening.decision == "ineligible")
        .order_by(Screening.id.desc())
        .limit(TRIED_ON)
    )
    made = []
    for screening, entry, email, _owner in session.execute(found).tuples():
        values, house = ineligible_words(entry, screening)
        made.append(_recipient(entry.public_id, entry, email, values, house))
    return made


KINDS = (
    LetterKind(
        CORRECTION,
        _("Đề nghị bổ sung hồ sơ"),
        {
            **_OF_WORK,
            "can_bo_sung": _("Nội dung cần bổ sung"),
            "han": _UNTIL,
            "lien_ket": ENTRANT["lien_ket"],
        },
        corrections,
        needed=(frozenset({"noi_dung", "can_bo_sung"}), frozenset({"noi_dung", "han"})),
        beginning=(
            _("Đề nghị bổ sung hồ sơ {ma_ho_so}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\n{co_quan} đề nghị bổ sung hồ sơ {ma_ho_so}, tác phẩm"
                " “{ten_tac_pham}”:\n{can_bo_sung}\n\nHạn bổ sung: {han}. Quá hạn, hồ sơ được xem xét theo hiện"
                " trạng.\n\nBổ sung hồ sơ: {lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        CORRECTION_OVER,
        _("Thôi đề nghị bổ sung"),
        {**_OF_WORK, "viec_tiep": _("Câu về kết quả kiểm tra, khi đã kết luận")},
        requests_over,
        needed=(frozenset({"noi_dung", "tieu_de", "ma_ho_so"}),),
        beginning=(
            _("Thôi đề nghị bổ sung hồ sơ {ma_ho_so}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\n{co_quan} không đề nghị bổ sung hồ sơ {ma_ho_so}, tác phẩm"
                " “{ten_tac_pham}”, nữa. Hồ sơ đã nộp vẫn có hiệu lực.\n\n{viec_tiep}\n\n{lien_he}\n\nTrân"
                " trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        INELIGIBLE,
        _("Tác phẩm không đủ điều kiện"),
        {**_OF_WORK, "ly_do": _("Lý do"), "can_cu": _("Căn cứ trong Thể lệ")},
        refusals,
        needed=(frozenset({"noi_dung", "ly_do"}), frozenset({"noi_dung", "can_cu"})),
        beginning=(
            _("Kết quả kiểm tra điều kiện dự Giải, hồ sơ {ma_ho_so}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\nTác phẩm “{ten_tac_pham}” (mã hồ sơ {ma_ho_so}) không đủ điều kiện"
                " dự Giải.\nLý do: {ly_do}\nCăn cứ: {can_cu} Thể lệ.\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
)


def to_mend(edition_id: int) -> list[Recipient]:
    """Owners of works that still wait for what the secretariat asked for, each once."""
    edition = session.get_one(Edition, edition_id)
    link = address("entries.mine", slug=edition.slug)
    asked = session.execute(_waiting(edition_id)).tuples()
    return listed(
        [
            (key, form, name, to, title, until_words(request.due_day, request.due_at))
            for key, form, name, to, title, request in asked
        ],
        link,
    )


def _waiting(edition_id: int) -> Select[str, str, str, str, str, Correction]:
    return (
        select(Person.public_id, Person.form_of_address, Person.legal_name, User.email, Entry.title, Correction)
        .join(User, User.person_id == Person.id)
        .join(Entry, Entry.owner_id == Person.id)
        .join(Correction, (Correction.entry_id == Entry.id) & Correction.ended_at.is_(None))
        .where(
            Entry.edition_id == edition_id,
            Entry.state == "submitted",
            User.active,
            User.confirmed_at.is_not(None),
            ~consent_withdrawn(Person.id),
        )
        .order_by(Person.name_key, Person.id, Entry.id)
    )


TO_MEND = Audience(
    "to_mend",
    _("Người có hồ sơ được đề nghị bổ sung"),
    {**WORKS, "han": _UNTIL},
    to_mend,
    _("Hồ sơ chờ bổ sung: {giai}"),
    _(
        "Kính gửi {xung_ho} {ho_ten},\n\nCác tác phẩm sau đây còn chờ bổ sung hồ sơ:\n{tac_pham}\n\nHạn bổ sung: {han}."
        "\n\nXem nội dung cần bổ sung tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
    ),
)
