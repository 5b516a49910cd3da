"""What the secretariat writes to the owner of a dossier, through the outbox."""

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.entries.leave import until_words
from award.entries.models import Correction, Entry
from award.messages.operations import post
from award.people.models import User
from award.screening.models import Screening


def asked(edition: Edition, entry: Entry, correction: Correction, *, address: str) -> None:
    """The owner is asked to mend, with what, until when, and where."""
    lines = [
        _(
            "%(body)s đề nghị bổ sung hồ sơ %(code)s: %(items)s. Hạn bổ sung: %(until)s. "
            "Quá hạn, hồ sơ được xem xét theo hiện trạng.",
            body=edition.secretariat_name,
            code=entry.code,
            items=correction.items,
            until=until_words(correction.due_day, correction.due_at),
        )
    ]
    if address:
        lines.append(_("Bổ sung hồ sơ: %(address)s", address=address))
    _write(
        entry,
        kind="correction",
        subject=_("Đề nghị bổ sung hồ sơ %(code)s", code=entry.code),
        lines=[*lines, *_whom_to_ask(edition)],
        key=f"correction:{correction.public_id}",
    )


def asked_no_more(edition: Edition, entry: Entry, *, decided: bool) -> None:
    """The owner need not mend any more: the secretariat took its request back, or has decided on the dossier."""
    last = session.scalar(
        select(Correction).where(Correction.entry_id == entry.id).order_by(Correction.id.desc()).limit(1)
    )
    assert last is not None
    words = {"body": edition.secretariat_name, "code": entry.code}
    told = _("%(body)s không đề nghị bổ sung hồ sơ %(code)s nữa. Hồ sơ đã nộp vẫn có hiệu lực.", **words)
    if decided:
        told += " " + _("Kết quả kiểm tra điều kiện dự Giải được thông báo sau.")
    subject = _("Thôi đề nghị bổ sung hồ sơ %(code)s", **words)
    lines = [told, *_whom_to_ask(edition)]
    _write(entry, kind="correction_over", subject=subject, lines=lines, key=f"correction-over:{last.public_id}")


def not_eligible(entry: Entry, screening: Screening) -> None:
    """The owner is told that the work is not eligible, why and under which clause."""
    told = _(
        "Tác phẩm không đủ điều kiện dự Giải. Lý do: %(reason)s. Căn cứ: %(clause)s Thể lệ.",
        reason=screening.reason.strip().rstrip("."),
        clause=screening.clause,
    )
    _write(
        entry,
        kind="ineligible",
        subject=_("Kết quả kiểm tra điều kiện dự Giải, hồ sơ %(code)s", code=entry.code),
        lines=[told],
        key=f"ineligible:{entry.id}:{screening.version}",
    )


def _whom_to_ask(edition: Edition) -> list[str]:
    if not edition.help_phone:
        return []
    name = edition.help_name or edition.secretariat_name
    return [_("Liên hệ: %(name)s, %(phone)s", name=name, phone=edition.help_phone)]


def _write(entry: Entry, *, kind: str, subject: str, lines: list[str], key: str) -> None:
    email = session.scalar(select(User.email).where(User.person_id == entry.owner_id))
    if email is not None:
        body = "\n\n".join([*lines, _("Trân trọng.")]) + "\n"
        post(kind=kind, to_address=email, subject=subject, body=body, dedupe_key=key)
