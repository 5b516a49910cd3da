"""What newsrooms said of works and the lists they brought: words may name somebody, a signed list is a signed paper."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Text, cast, delete, func, or_, select

from award.db import session
from award.entries.models import Authorship
from award.entries.personal import is_author, own_works, works
from award.lapsing import older
from award.newsrooms.models import Attestation, EntryImport, ExpectedFile, NewsroomChoice, SignedList
from award.newsrooms.signers import Person as Signer
from award.personal import GONE, Fate, Holding, PersonalData, Subject
from award.text import folded

HOLDINGS = (
    Holding(
        Attestation,
        _("Xác nhận của cơ quan báo chí"),
        whose=lambda subject: Attestation.entry_id.in_(works(subject)),
        free="reason",
        number="said_by_id",
        plain="entry_id newsroom_id answer facts_hash said_at list_id ended ended_at id public_id created_at",
    ),
    Holding(
        EntryImport,
        _("Danh sách tác phẩm do cơ quan gửi"),
        free="draft file_name",
        number="read_by_id",
        plain="edition_id newsroom_id file_sha256 state done_at works id public_id created_at",
    ),
    Holding(
        ExpectedFile,
        _("Tên tệp chờ gửi"),
        whose=lambda subject: ExpectedFile.entry_id.in_(works(subject)),
        personal="name name_folded",
        plain="id entry_id part_id",
    ),
    Holding(
        SignedList,
        _("Danh sách tác phẩm đã ký"),
        free="works people",
        record="signatory signed_on",
        stays=_("người ký thay mặt cơ quan báo chí"),
        number="made_by_id returned_by_id",
        plain="edition_id newsroom_id words scan_id scan_sha256 read_from_scan returned_at id public_id created_at",
    ),
    Holding(
        NewsroomChoice,
        _("Lựa chọn của cơ quan báo chí"),
        number="chosen_by_id",
        plain="entry_id newsroom_id place chosen_at",
    ),
)


def _names(subject: Subject) -> list[ColumnElement[bool]]:
    either = cast(SignedList.works, Text) + cast(SignedList.people, Text)
    return [func.strpos(either, word) > 0 for word in subject.words]


def fates(subject: Subject) -> Sequence[Fate]:
    """The scan of a list is a signed paper of the newsroom with the works of many on it."""
    named = _names(subject)
    if not named or session.scalar(select(SignedList.id).where(or_(*named)).limit(1)) is None:
        return ()
    what = gettext("Bản quét danh sách do cơ quan báo chí ký, đóng dấu")
    return (Fate(what, gettext("văn bản của cơ quan, có tác phẩm của nhiều người")),)


def erase(subject: Subject) -> None:
    """Lists still being read that name the person are gone, and so are the file names awaited for their works; among
    who signs a list the person has neither name nor telephone any more, nor has who consents for a child."""
    _leave_lists(subject)
    session.execute(delete(ExpectedFile).where(ExpectedFile.entry_id.in_(own_works(subject))))
    drafts = [func.strpos(cast(EntryImport.draft, Text), word) > 0 for word in subject.words]
    if drafts:
        session.execute(delete(EntryImport).where(EntryImport.state == "draft", or_(*drafts)))


def _leave_lists(subject: Subject) -> None:
    found = select(Authorship.entry_id, Authorship.name_folded).where(is_author(subject))
    theirs = {(entry_id, name) for entry_id, name in session.execute(found).tuples()}
    holds = [SignedList.people.contains([{"entries": [entry_id]}]) for entry_id, _name in theirs]
    for listed in session.scalars(select(SignedList).where(or_(False, *holds)).with_for_update()):
        listed.people = [
            _nobody(each) if any((entry_id, folded(each["name"])) in theirs for entry_id in each["entries"]) else each
            for each in listed.people
        ]


def _nobody(signer: Signer) -> Signer:
    """The place on the paper and whether it was signed stay."""
    return {**signer, "name": GONE, "phone": "", **({"guardian": GONE} if "guardian" in signer else {})}


personal = PersonalData(
    HOLDINGS,
    purpose=_("Cơ quan báo chí xác nhận tác phẩm của mình"),
    erase=erase,
    fates=fates,
    lapses=(
        older(
            "list_drafts",
            _("Danh sách tác phẩm của cơ quan đọc dở"),
            _("từ ngày đọc"),
            30,
            EntryImport,
            EntryImport.created_at,
            EntryImport.state == "draft",
        ),
    ),
)
