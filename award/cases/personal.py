"""Objections name who sent them, and in their words anybody. The file of a case stays; its sender's name and address
need not: they go at an erasure, and with the evidence some time after the answer where somebody has said when."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from award.cases.models import Case, CaseAct, Evidence
from award.db import session
from award.files.models import File
from award.files.operations import discard
from award.personal import GONE, Candidate, Fate, Holding, Lapse, PersonalData, Subject, Waiting
from award.text import words as plain_words

TABLE = Case.__tablename__


def _theirs(subject: Subject) -> ColumnElement[bool]:
    """What the person sent from an account, and letters that somebody found to be the person's."""
    return (Case.opened_by_id == subject.person_id) | Case.id.in_(subject.matched(TABLE))


def _own_steps(subject: Subject) -> ColumnElement[bool]:
    """What the person added to an objection of their own; never what was noted about it."""
    opened = select(Case.id).where(Case.opened_by_id == subject.person_id)
    said = (CaseAct.by_id == subject.person_id) & CaseAct.internal.is_(False) & (CaseAct.words != "")
    return said & CaseAct.case_id.in_(opened)


HOLDINGS = (
    Holding(
        Case,
        _("Kiến nghị, phản ánh"),
        whose=_theirs,
        free="sender contact words answer",
        number="opened_by_id recorded_by_id handler_id ended_by_id",
        plain="edition_id number about round_id entry_id received_on due_day state outcome ended_at version"
        " id public_id created_at",
    ),
    Holding(
        CaseAct,
        _("Các bước giải quyết kiến nghị, phản ánh"),
        whose=_own_steps,
        free="words",
        number="by_id",
        plain="id case_id at kind internal",
    ),
    Holding(Evidence, _("Tệp kèm theo kiến nghị, phản ánh"), plain="id case_id file_id"),
)


def named(names: Sequence[str]) -> Sequence[Candidate]:
    """Letters signed with one of these names, alone or with more words."""
    letters = select(Case).where(Case.opened_by_id.is_(None), Case.sender.not_in(("", GONE))).order_by(Case.id)
    return [
        Candidate(TABLE, case.id, case.sender, "; ".join(told for told in (case.contact, case.code) if told))
        for case in session.scalars(letters)
        if any(f" {name} " in f" {plain_words(case.sender)} " for name in names)
    ]


def words(subject: Subject) -> Sequence[str]:
    """How the letters that are the person's are signed, and where they say the person can be reached."""
    letters = select(Case.sender, Case.contact).where(Case.id.in_(subject.matched(TABLE)))
    return [word for row in session.execute(letters).tuples() for word in row]


def fates(subject: Subject) -> Sequence[Fate]:
    """Each objection by its code: the sender's name goes, what was objected to and answered stays."""
    told: list[Fate] = []
    for case in session.scalars(select(Case).where(_theirs(subject)).order_by(Case.id)):
        if case.sender or case.contact:
            told.append(Fate(gettext("Kiến nghị, phản ánh %(code)s: tên, liên hệ của người gửi", code=case.code)))
        what = gettext("Kiến nghị, phản ánh %(code)s: nội dung, tệp kèm theo, trả lời", code=case.code)
        told.append(Fate(what, gettext("hồ sơ giải quyết kiến nghị; không còn tên người gửi")))
    return told


def erase(subject: Subject) -> None:
    """Letters that are the person's bear no name and address; files keep none of the names the person gave them."""
    letters = Case.id.in_(subject.matched(TABLE))
    session.execute(update(Case).where(letters).values(sender=GONE, contact=""))
    sent = CaseAct.kind.in_(("file_added", "file_removed")) & _own_steps(subject)
    session.execute(update(CaseAct).where(sent).values(words=GONE).execution_options(synchronize_session=False))


_REACHABLE = and_(
    Case.ended_at.is_not(None), or_(Case.contact != "", exists().where(Evidence.case_id == Case.id).correlate(Case))
)


def _waiting(limit: datetime) -> Waiting:
    counted = select(func.count().filter(Case.ended_at < limit), func.min(Case.ended_at)).where(_REACHABLE)
    return Waiting(*session.execute(counted).tuples().one())


def _let_go(limit: datetime) -> int:
    gone = session.scalars(select(Case.id).where(_REACHABLE, Case.ended_at < limit)).all()
    of_them = Evidence.case_id.in_(gone)
    files = session.scalars(select(File).join(Evidence, Evidence.file_id == File.id).where(of_them)).all()
    session.execute(delete(Evidence).where(of_them))
    session.execute(update(Case).where(Case.id.in_(gone)).values(contact=""))
    for file in files:
        discard(file=file)
    return len(gone)


personal = PersonalData(
    HOLDINGS,
    purpose=_("Giải quyết kiến nghị, phản ánh về Giải"),
    erase=erase,
    fates=fates,
    named=named,
    words=words,
    lapses=(
        Lapse(
            "cases",
            _("Liên hệ của người gửi, tệp kèm theo kiến nghị, phản ánh"),
            _("từ ngày trả lời hoặc rút"),
            None,
            _waiting,
            _let_go,
        ),
    ),
)
