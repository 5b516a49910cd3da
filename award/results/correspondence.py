"""What the room offers of letters: words for the results, winners to be written to, lines to paste into a chat.

Nobody outside the staff is offered anything of a result before its instant: there is no winner to write to until then.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from award import dates
from award.calendars.queries import planned
from award.clock import now
from award.correspondence import Audience, LetterKind, Recipient, ShortText
from award.db import session
from award.editions.models import Edition
from award.entries.models import Authorship, Entry
from award.people.letters import address
from award.people.models import Person, User
from award.people.queries import consent_withdrawn
from award.results import queries
from award.results.front import standing
from award.results.letters import CORRECTED, LATER, OTHER, WINNER, later_words, other_words, winner_words
from award.results.lines import within
from award.results.models import NameCorrection, Ruling
from award.results.works import PrizeWork

TRIED_ON = 20
_REASON = _("Lý do")
_WORK = {"ten_tac_pham": _("Tên tác phẩm"), "lien_ket": _("Đường dẫn đến trang kết quả")}
_RULED = {
    **_WORK,
    "muc_giai": _("Mức giải"),
    "quyet_dinh": _("Số, ngày của quyết định"),
}


def _given(edition_id: int) -> dict[str, list[PrizeWork]]:
    works: dict[str, list[PrizeWork]] = {}
    for work in queries.prize_works(edition_id, "decided"):
        works.setdefault(work.key, []).append(work)
    return works


def winners_tried(edition_id: int) -> Sequence[Recipient]:
    """Works of the decision, as their letter will read."""
    decision = queries.decision(edition_id)
    if decision is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    made = []
    for key, works in list(_given(edition_id).items())[:TRIED_ON]:
        values, house = winner_words(edition, works, decision)
        made.append(Recipient(key, f"{works[0].title}, {values['muc_giai']}", "", values, house))
    return made


def others_tried(edition_id: int) -> Sequence[Recipient]:
    """Works that took part without a prize, as their letter will read."""
    if queries.decision(edition_id) is None:
        return ()
    edition, given = session.get_one(Edition, edition_id), _given(edition_id)
    took_part = select(Entry.public_id, Entry.title).where(Entry.edition_id == edition_id, Entry.state == "submitted")
    made = []
    for key, title in session.execute(took_part.order_by(Entry.id).limit(TRIED_ON + len(given))).tuples():
        if key not in given:
            values, house = other_words(edition, title)
            made.append(Recipient(key, title, "", values, house))
    return made[:TRIED_ON]


def _ruled(kind: str, edition_id: int) -> Sequence[Recipient]:
    """Works with a confirmed paper of this kind, the newest first."""
    of_works = select(Ruling).where(Ruling.edition_id == edition_id, Ruling.entry_id.is_not(None))
    confirmed = of_works.where(Ruling.kind == kind, Ruling.state == "confirmed")
    return _told_later(edition_id, session.scalars(confirmed.order_by(Ruling.id.desc()).limit(TRIED_ON)))


def _corrected(edition_id: int) -> Sequence[Recipient]:
    """Works with a word that was put right, the newest first."""
    of_edition = select(NameCorrection).where(NameCorrection.edition_id == edition_id)
    confirmed = of_edition.where(NameCorrection.state == "confirmed").order_by(NameCorrection.id.desc())
    return _told_later(edition_id, session.scalars(confirmed.limit(TRIED_ON)))


def _told_later(edition_id: int, rows: Iterable[Ruling | NameCorrection]) -> Sequence[Recipient]:
    edition, made = session.get_one(Edition, edition_id), []
    for row in rows:
        assert row.entry_id is not None
        values, house = later_words(edition, row.entry_id, row)
        made.append(Recipient(row.public_id, values["ten_tac_pham"], "", values, house))
    return made


KINDS = (
    LetterKind(
        WINNER,
        _("Kết quả, cho tác giả đoạt giải"),
        {
            **_WORK,
            "tac_gia": _("Tên tác giả, nhóm tác giả"),
            "muc_giai": _("Mức giải"),
            "quyet_dinh": _("Số, ngày của quyết định trao giải"),
        },
        winners_tried,
        needed=(frozenset({"noi_dung", "muc_giai"}),),
        beginning=(
            _("Kết quả {giai}"),
            _(
                "Trân trọng chúc mừng {tac_gia}: tác phẩm “{ten_tac_pham}” đoạt {muc_giai}, theo"
                " {quyet_dinh}.\n\nKết quả được công bố tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        OTHER,
        _("Kết quả, cho người không đoạt giải"),
        _WORK,
        others_tried,
        beginning=(
            _("{giai} đã công bố kết quả"),
            _(
                "Tác phẩm “{ten_tac_pham}” không có trong danh sách đoạt giải. Ban Tổ chức Giải trân trọng cảm ơn"
                " tác giả đã tham dự.\n\nKết quả được công bố tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        LATER["revoked"],
        _("Thu hồi giải"),
        {**_RULED, "ly_do": _REASON},
        partial(_ruled, "revoked"),
        needed=(frozenset({"noi_dung", "quyet_dinh"}), frozenset({"noi_dung", "ly_do"})),
        beginning=(
            _("Thu hồi {muc_giai}, {giai}"),
            _(
                "Đã thu hồi {muc_giai} của tác phẩm “{ten_tac_pham}” theo {quyet_dinh}. Giấy chứng nhận đã cấp không"
                " còn giá trị.\n\nLý do: {ly_do}\n\nKết quả được công bố tại:\n{lien_ket}\n\n{lien_he}\n\nTrân"
                " trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        LATER["awarded"],
        _("Trao giải bổ sung"),
        _RULED,
        partial(_ruled, "awarded"),
        needed=(frozenset({"noi_dung", "muc_giai"}),),
        beginning=(
            _("Kết quả {giai}"),
            _(
                "Trân trọng chúc mừng: tác phẩm “{ten_tac_pham}” đoạt {muc_giai}, theo {quyet_dinh}.\n\nKết quả được"
                " công bố tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        LATER["lowered"],
        _("Hạ mức giải"),
        {**_RULED, "muc_giai_cu": _("Mức giải trước đó"), "ly_do": _REASON},
        partial(_ruled, "lowered"),
        needed=(frozenset({"noi_dung", "muc_giai"}), frozenset({"noi_dung", "ly_do"})),
        beginning=(
            _("Hạ mức giải, {giai}"),
            _(
                "Tác phẩm “{ten_tac_pham}” chuyển từ {muc_giai_cu} xuống {muc_giai} theo {quyet_dinh}. Giấy chứng"
                " nhận được cấp lại theo mức giải mới.\n\nLý do: {ly_do}\n\nKết quả được công bố"
                " tại:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        CORRECTED,
        _("Đính chính kết quả"),
        {**_WORK, "truoc": _("Nội dung cũ"), "sau": _("Nội dung mới")},
        _corrected,
        needed=(frozenset({"noi_dung", "sau"}),),
        beginning=(
            _("Đính chính kết quả {giai}"),
            _(
                "Kết quả của tác phẩm “{ten_tac_pham}” đã đính chính: “{truoc}” thành “{sau}”. Giấy chứng nhận được"
                " cấp lại theo nội dung mới.\n\nKết quả được công bố tại:\n{lien_ket}\n\n{lien_he}\n\nTrân"
                " trọng.\n{co_quan}"
            ),
        ),
    ),
)


def winners(edition_id: int) -> list[Recipient]:
    """Owners and authors of works with a prize, each once with all of them; nobody before the results are public."""
    if queries.public_since(edition_id, now()) is None:
        return []
    edition = session.get_one(Edition, edition_id)
    given = _given(edition_id)
    theirs: dict[tuple[str, str, str, str], list[str]] = {}
    for *whose, work in session.execute(_people(list(given))).tuples():
        lines = [f"- “{each.title}”: {within(each.level.name)}" for each in given[work]]
        theirs.setdefault((whose[0], whose[1], whose[2], whose[3]), []).extend(lines)
    alike = {**_ceremony(edition_id), "lien_ket": address("results.public", slug=edition.slug)}
    return [
        Recipient(key, name, email, {"xung_ho": form, "ho_ten": name, "tac_pham": "\n".join(lines), **alike})
        for (key, form, name, email), lines in theirs.items()
    ]


def _ceremony(edition_id: int) -> dict[str, str]:
    """When and where the prizes are handed over, as the edition plans; nothing where it does not yet."""
    day = planned(edition_id).get("ceremony")
    return {"thoi_gian": dates.deadline_moment(day.at) if day else "", "dia_diem": day.place if day else ""}


def _people(entry_keys: Sequence[str]) -> Select[str, str, str, str, str]:
    written = select(Authorship.id).where(Authorship.entry_id == Entry.id, Authorship.person_id == Person.id)
    return (
        select(Person.public_id, Person.form_of_address, Person.legal_name, User.email, Entry.public_id)
        .join(User, User.person_id == Person.id)
        .join(Entry, (Entry.owner_id == Person.id) | written.correlate(Entry, Person).exists())
        .where(
            Entry.public_id.in_(entry_keys),
            Entry.state == "submitted",
            User.active,
            User.confirmed_at.is_not(None),
            ~consent_withdrawn(Person.id),
        )
        .order_by(Person.name_key, Person.id, Entry.id)
    )


WINNERS = Audience(
    "winners",
    _("Tác giả đoạt giải (mời dự lễ trao giải)"),
    {
        "xung_ho": _("Cách xưng hô: ông/bà, đồng chí"),
        "ho_ten": _("Họ tên người nhận"),
        "tac_pham": _("Danh sách tác phẩm đoạt giải, kèm mức giải"),
        "thoi_gian": _("Thời gian trao giải, ghi ở Lịch của Giải"),
        "dia_diem": _("Địa điểm trao giải, ghi ở Lịch của Giải"),
        "lien_ket": _WORK["lien_ket"],
    },
    winners,
    _("Mời dự lễ trao giải: {giai}"),
    _(
        "Trân trọng kính mời {xung_ho} {ho_ten} dự lễ trao giải {giai}.\n\nTác phẩm đoạt giải:\n{tac_pham}\n\nThời"
        " gian: {thoi_gian}.\nĐịa điểm: {dia_diem}.\n\nKết quả đã công bố tại:\n{lien_ket}\n\n{lien_he}\n\n"
        "Trân trọng.\n{co_quan}"
    ),
)


def short_texts(edition_id: int) -> Sequence[ShortText]:
    """That the results are public, and each level with its works; nothing before they are."""
    since = queries.public_since(edition_id, now())
    if since is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    works, _honours = standing([each.for_public() for each in queries.prize_works(edition_id, "decided")], [])
    told = gettext("%(edition)s đã công bố kết quả lúc %(at)s.", edition=edition.name, at=dates.moment(since.at))
    link = address("results.public", slug=edition.slug)
    texts = [ShortText(gettext("Công bố kết quả"), f"{told}\n{link}")]
    for work in works:
        line = gettext(
            "Chúc mừng %(authors)s: tác phẩm “%(title)s” đoạt %(level)s, %(edition)s.",
            authors=work.author_words,
            title=work.title,
            level=within(work.level.name),
            edition=edition.name,
        )
        there = address("results.work", slug=edition.slug, entry_id=work.key)
        texts.append(ShortText(f"{work.level.name}: {work.title}", f"{line}\n{there}"))
    return texts
