"""Works and their authors: what a person's dossiers hold of them, what goes at an erasure, and what the record needs.

A work goes with its author where nobody else made it. Where others did, it stays theirs, and only the author's own row
goes. A work whose prize stands in public keeps its title, its authors and where it was published.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.entries.models import (
    Authorship,
    Correction,
    DeclarationText,
    Entry,
    EntryFile,
    Part,
    PersonalDeadline,
    PriorPrize,
    Receipt,
    UploadPass,
)
from award.entries.operations import erase_draft
from award.entries.removal import drop_files
from award.people.models import Newsroom, NewsroomName
from award.personal import GONE, Candidate, Fate, Holding, Lapse, PersonalData, Subject, Waiting
from award.verdicts import Verdict

TABLE = Authorship.__tablename__
RUNNING = ("open", "screening", "judging", "decision")
TITLE_WORDS = 4
"""A title of fewer syllables may be anybody's words: it is not looked for in free text."""


def is_author(subject: Subject) -> ColumnElement[bool]:
    """The author rows that are the person."""
    return or_(Authorship.person_id == subject.person_id, Authorship.id.in_(subject.matched(TABLE)))


def works(subject: Subject) -> Select[int]:
    """The entries the person owns or is an author of, drafts and revisions among them."""
    written = select(Authorship.entry_id).where(is_author(subject))
    return select(Entry.id).where(or_(Entry.owner_id == subject.person_id, Entry.id.in_(written)))


def own_works(subject: Subject) -> Select[int]:
    """Those of them that nobody else made. An author without an account is another author, not an unknown one."""
    with_others = select(Authorship.entry_id).where(is_author(subject).is_not(True))
    return works(subject).where(Entry.id.not_in(with_others))


def _of(column: InstrumentedAttribute[int]) -> Callable[[Subject], ColumnElement[bool]]:
    """The rows below the person's works."""
    return lambda subject: column.in_(works(subject))


HOLDINGS = (
    Holding(
        Entry,
        _("Hồ sơ tác phẩm"),
        whose=lambda subject: Entry.id.in_(works(subject)),
        personal="title title_folded title_key first_name_key first_family_key summary declared newsroom_text",
        free="byline elsewhere withdrawn_reason",
        number="owner_id changed_by_id",
        plain="edition_id category_id genre_id topic_id revises_id state code newsroom_id channel no_prior_prize"
        " confirmed postmark_on came_at submitted_at files_due_at changed_at withdrawn_at version id public_id"
        " created_at",
    ),
    Holding(
        Part,
        _("Các kỳ của tác phẩm"),
        whose=_of(Part.entry_id),
        personal="title published_on issue page place channel aired_at newsroom_id newsroom_text link link_key",
        plain="entry_id ordinal id public_id created_at",
    ),
    Holding(
        DeclarationText, _("Nội dung cam kết, đồng ý của từng lần"), plain="id edition_id code version words since"
    ),
    Holding(
        Authorship,
        _("Tác giả của tác phẩm"),
        whose=is_author,
        personal="legal_name name_folded name_key family_key pen_name role employer_id employer_text phone contact"
        " minor guardian guardian_relation share invited_to invited_at joined_at",
        number="person_id",
        credential="invite_key",
        plain="entry_id ordinal fills id public_id created_at",
    ),
    Holding(
        EntryFile,
        _("Tệp trong hồ sơ"),
        whose=_of(EntryFile.entry_id),
        free="caption",
        plain="entry_id part_id slot_id file_id ordinal pass_id id",
    ),
    Holding(
        UploadPass,
        _("Đường dẫn gửi tệp"),
        whose=_of(UploadPass.entry_id),
        personal="until ended_at",
        plain="entry_id part_id slot_id id public_id created_at",
    ),
    Holding(
        PriorPrize,
        _("Giải thưởng đã có"),
        whose=_of(PriorPrize.entry_id),
        personal="award_name level organiser year",
        plain="entry_id past_work_id id public_id created_at",
    ),
    Holding(
        Receipt,
        _("Biên nhận"),
        whose=_of(Receipt.entry_id),
        free="content",
        plain="entry_id entry_version code received_at content_hash id public_id created_at",
    ),
    Holding(
        Correction,
        _("Đề nghị bổ sung hồ sơ"),
        whose=_of(Correction.entry_id),
        free="items answer",
        number="asked_by_id",
        plain="entry_id parts due_day due_at ended ended_at before_id receipt_id id public_id created_at",
    ),
    Holding(
        PersonalDeadline,
        _("Thời hạn riêng"),
        whose=lambda subject: PersonalDeadline.person_id == subject.person_id,
        free="reason",
        number="person_id decided_by_id",
        plain="edition_id last_day until paper ended_at id public_id created_at",
    ),
)


def words(subject: Subject) -> Sequence[str]:
    """The names and numbers the person's author rows bear, who consented for a child, unless for another's child too,
    and the titles of works that go with them."""
    said = session.scalars(select(Authorship).where(is_author(subject))).all()
    known = [word for author in said for word in (author.legal_name, author.pen_name, author.phone)]
    others = select(Authorship.guardian).where(is_author(subject).is_not(True))
    elsewhere = set(session.scalars(others.where(Authorship.guardian.in_([author.guardian for author in said]))))
    known += [author.guardian for author in said if author.guardian not in elsewhere]
    titles = select(Entry.title).where(Entry.id.in_(own_works(subject)), Entry.id.not_in(subject.kept))
    return [*known, *(title for title in session.scalars(titles) if len(title.split()) >= TITLE_WORDS)]


def named(names: Sequence[str]) -> Sequence[Candidate]:
    """Authors who bear one of these names in somebody else's entry and are no person of the house."""
    found = (
        select(Authorship, Entry, func.max(NewsroomName.name))
        .join(Entry, Entry.id == Authorship.entry_id)
        .outerjoin(Newsroom, Newsroom.id == Authorship.employer_id)
        .outerjoin(NewsroomName, and_(NewsroomName.newsroom_id == Newsroom.id, NewsroomName.valid_to.is_(None)))
        .where(Authorship.name_folded.in_(names), Authorship.person_id.is_(None))
        .group_by(Authorship.id, Entry.id)
        .order_by(Authorship.id)
    )
    return [
        Candidate(
            TABLE,
            author.id,
            author.legal_name,
            "; ".join(
                told
                for told in (
                    author.pen_name,
                    employer or author.employer_text,
                    author.phone,
                    f"{entry.code or gettext('hồ sơ nháp')} “{entry.title}”",
                )
                if told
            ),
        )
        for author, entry, employer in session.execute(found).tuples()
    ]


def against_erasing(subject: Subject) -> Verdict | None:
    """A work that takes part is withdrawn first, or its edition comes to its end: the record of a running one holds."""
    running = (
        select(Entry)
        .join(Edition, Edition.id == Entry.edition_id)
        .where(Entry.id.in_(select(Authorship.entry_id).where(is_author(subject))))
        .where(Entry.state == "submitted", Edition.state.in_(RUNNING))
        .order_by(Entry.id)
    )
    codes = [entry.code or "" for entry in session.scalars(running)]
    if not codes:
        return None
    sentence = gettext(
        "Tác phẩm đang dự Giải: %(codes)s. Cần rút tác phẩm hoặc chờ công bố kết quả.", codes=", ".join(codes)
    )
    return Verdict("running", sentence)


def fates(subject: Subject) -> Sequence[Fate]:
    """One line or two for each work."""
    own = set(session.scalars(own_works(subject)))
    shown = select(Entry).where(Entry.id.in_(works(subject)), Entry.revises_id.is_(None)).order_by(Entry.id)
    told: list[Fate] = []
    for entry in session.scalars(shown):
        name = f"{entry.code} “{entry.title}”" if entry.code else f"“{entry.title}”"
        told.extend(_fates_of(entry, name, own=entry.id in own, kept=entry.id in subject.kept))
    return told


def _fates_of(entry: Entry, name: str, *, own: bool, kept: bool) -> list[Fate]:
    if entry.state == "draft":
        return [
            Fate(
                gettext("Hồ sơ nháp %(work)s và tệp", work=name)
                if own
                else gettext("Tên trong hồ sơ nháp %(work)s", work=name)
            )
        ]
    numbers = Fate(
        gettext("%(work)s: mã hồ sơ, loại hình, cơ quan đăng, phát, kết luận, điểm", work=name),
        gettext("để số liệu và kết quả kiểm chứng của Giải không thay đổi; không còn tên tác phẩm, tác giả"),
    )
    if kept:
        gone = gettext("%(work)s: tệp, bản xem, dấu nhận dạng, tóm tắt, điện thoại, biên nhận", work=name)
        stays = gettext("%(work)s: tên tác phẩm, tác giả, cơ quan, nơi đăng, phát, mức giải", work=name)
        left = Fate(stays, gettext("kết quả Giải đã công bố"))
        return [Fate(gone), left] if own else [Fate(gettext("%(work)s: điện thoại", work=name)), left, _shared(name)]
    if own:
        return [
            Fate(gettext("%(work)s: tên, nội dung khai, tệp, bản xem, dấu nhận dạng, biên nhận", work=name)),
            numbers,
        ]
    return [Fate(gettext("%(work)s: họ tên, bút danh, điện thoại của người này", work=name)), _shared(name)]


def _shared(name: str) -> Fate:
    return Fate(gettext("%(work)s: tệp và nội dung hồ sơ", work=name), gettext("là tác phẩm chung với tác giả khác"))


def erase(subject: Subject) -> None:
    """Drafts are gone; of what was submitted there is left what `fates` told."""
    own = set(session.scalars(own_works(subject)))
    mine = set(session.scalars(select(Authorship.id).where(is_author(subject))))
    theirs = select(Entry).where(Entry.id.in_(works(subject))).order_by(Entry.revises_id.is_(None), Entry.id)
    for entry in session.scalars(theirs.with_for_update()).all():
        if entry.state == "draft" and entry.id in own:
            erase_draft(entry)
            continue
        for author in [each for each in entry.authors if each.id in mine]:
            _erase_author(entry, author, kept=entry.id in subject.kept)
        if entry.id in own:
            _erase_work(entry, kept=entry.id in subject.kept)
    deadlines = PersonalDeadline.person_id == subject.person_id
    session.execute(update(PersonalDeadline).where(deadlines).values(reason=GONE))
    session.flush()


def _erase_author(entry: Entry, author: Authorship, *, kept: bool) -> None:
    author.person_id, author.phone, author.contact = None, "", False
    author.guardian = author.guardian_relation = author.invited_to = ""
    author.invite_key = author.invited_at = author.joined_at = None
    if kept:
        return
    if entry.state == "draft":
        entry.authors.remove(author)
        return
    author.legal_name, author.pen_name = GONE, ""
    author.employer_id, author.employer_text = None, ""


def _erase_work(entry: Entry, *, kept: bool) -> None:
    entry.summary = entry.byline = entry.elsewhere = ""
    entry.declared, entry.changed_at = {}, now()
    if entry.withdrawn_reason:
        entry.withdrawn_reason = GONE
    held = {each.file_id for each in entry.files}
    entry.files = []
    entry.prior_prizes = []
    session.execute(delete(UploadPass).where(UploadPass.entry_id == entry.id))
    session.execute(update(Receipt).where(Receipt.entry_id == entry.id).values(content={}))
    session.execute(update(Correction).where(Correction.entry_id == entry.id).values(items=GONE, answer=""))
    if not kept:
        entry.title, entry.newsroom_text = GONE, ""
        for part in entry.parts:
            part.title = part.issue = part.page = part.place = part.channel = part.link = ""
            part.published_on = part.aired_at = part.newsroom_id = None
            part.newsroom_text = ""
    session.flush()
    drop_files(held)


def let_files_go(entry_ids: Sequence[int]) -> int:
    """The files of these entries are gone with everything made from them; how many there were."""
    held = set(session.scalars(select(EntryFile.file_id).where(EntryFile.entry_id.in_(entry_ids))))
    session.execute(delete(EntryFile).where(EntryFile.entry_id.in_(entry_ids)))
    drop_files(held)
    return len(held)


_OVER = Entry.edition_id.in_(select(Edition.id).where(Edition.state.not_in(("draft", *RUNNING))))
_DRAFT = and_(Entry.state == "draft", _OVER)
_REACHABLE = and_(Authorship.phone != "", _OVER)


def _drafts_waiting(limit: datetime) -> Waiting:
    counted = select(func.count().filter(Entry.changed_at < limit), func.min(Entry.changed_at)).where(_DRAFT)
    return Waiting(*session.execute(counted).tuples().one())


def _let_drafts_go(limit: datetime) -> int:
    gone = session.scalars(select(Entry).where(_DRAFT, Entry.changed_at < limit).order_by(Entry.id)).all()
    for entry in gone:
        erase_draft(entry)
    return len(gone)


def _phones_waiting(limit: datetime) -> Waiting:
    counted = select(func.count().filter(Entry.changed_at < limit), func.min(Entry.changed_at))
    joined = counted.select_from(Authorship).join(Entry, Entry.id == Authorship.entry_id).where(_REACHABLE)
    return Waiting(*session.execute(joined).tuples().one())


def _let_phones_go(limit: datetime) -> int:
    over = (
        select(Authorship.id).join(Entry, Entry.id == Authorship.entry_id).where(_REACHABLE, Entry.changed_at < limit)
    )
    numbers = session.scalars(over).all()
    session.execute(update(Authorship).where(Authorship.id.in_(numbers)).values(phone=""))
    return len(numbers)


_SINCE = _("từ lần sửa cuối, khi lần tổ chức đã công bố kết quả")

personal = PersonalData(
    HOLDINGS,
    purpose=_("Nhận hồ sơ dự Giải, xác định tác giả, liên hệ khi cần bổ sung"),
    erase=erase,
    fates=fates,
    against_erasing=against_erasing,
    named=named,
    words=words,
    lapses=(
        Lapse("drafts", _("Hồ sơ nháp chưa nộp"), _SINCE, 365, _drafts_waiting, _let_drafts_go),
        Lapse("phones", _("Điện thoại của tác giả"), _SINCE, None, _phones_waiting, _let_phones_go),
    ),
)
