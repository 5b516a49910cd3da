"""Whose certificate it was stays; who took it for them goes with the words of that person."""

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from award.ceremony.models import Handover
from award.entries.models import Authorship, Entry
from award.personal import Holding, PersonalData, Subject
from award.results.models import Certificate, Result
from award.results.personal import public_editions


def _certificates(subject: Subject) -> object:
    """Those of works the person wrote, once the prizes are public: the desk of the ceremony may be opened before."""
    mine = (Authorship.person_id == subject.person_id) | Authorship.id.in_(subject.matched("authorship"))
    works = select(Result.id).join(Entry, Entry.id == Result.entry_id).join(Authorship, Authorship.entry_id == Entry.id)
    named = select(Authorship.id).where(mine)
    return select(Certificate.id).where(
        Certificate.edition_id.in_(public_editions()),
        Certificate.authorship_id.in_(named)
        | (Certificate.authorship_id.is_(None) & Certificate.result_id.in_(works.where(mine))),
    )


HOLDINGS = (
    Holding(
        Handover,
        _("Trao giấy chứng nhận"),
        whose=lambda subject: Handover.certificate_id.in_(_certificates(subject)),  # type: ignore[arg-type]
        free="proxy",
        record="here signed_at",
        stays=_("hồ sơ trao giải"),
        number="recorded_by_id",
        plain="certificate_id version id public_id created_at",
    ),
)

personal = PersonalData(HOLDINGS, purpose=_("Tổ chức lễ trao giải, giao giấy chứng nhận"))
