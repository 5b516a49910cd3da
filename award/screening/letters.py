"""What the secretariat writes to the owner of a dossier, through the outbox."""

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.entries.leave import until_words
from award.entries.models import Correction, Entry
from award.letters.operations import write
from award.letters.queries import Written
from award.people.models import Person, User
from award.screening.models import Screening
from award.screening.queries import kept_for_authors

CORRECTION, CORRECTION_OVER, INELIGIBLE = "correction", "correction_over", "ineligible"
Values = dict[str, str]


def asked(edition: Edition, entry: Entry, correction: Correction, *, address: str) -> None:
    """The owner is asked to mend, with what, until when, and where; no letter goes to who filled it in from paper."""
    if kept_for_authors(edition, entry):
        return
    values, house = asked_words(edition, entry, correction, address=address)
    _write(edition, entry, CORRECTION, values, house, key=f"correction:{correction.public_id}")


def asked_words(edition: Edition, entry: Entry, correction: Correction, *, address: str) -> tuple[Values, Written]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    until = until_words(correction.due_day, correction.due_at)
    lines = [
        _(
            "%(body)s đề nghị bổ sung hồ sơ %(code)s: %(items)s. Hạn bổ sung: %(until)s. "
            "Quá hạn, hồ sơ được xem xét theo hiện trạng.",
            body=edition.secretariat_name,
            code=entry.code,
            items=correction.items,
            until=until,
        )
    ]
    if address:
        lines.append(_("Bổ sung hồ sơ: %(address)s", address=address))
    values = {**_of(entry), "can_bo_sung": correction.items, "han": until, "lien_ket": address}
    subject = _("Đề nghị bổ sung hồ sơ %(code)s", code=entry.code)
    return values, (subject, _closed([*lines, *_whom_to_ask(edition)]))


def asked_no_more(edition: Edition, entry: Entry, *, decided: bool) -> None:
    """The owner need not mend any more: the secretariat took its request back, or has decided on the dossier."""
    last = session.scalar(
        select(Correction).where(Correction.entry_id == entry.id).order_by(Correction.id.desc()).limit(1)
    )
    assert last is not None
    if kept_for_authors(edition, entry):
        return
    values, house = over_words(edition, entry, decided=decided)
    _write(edition, entry, CORRECTION_OVER, values, house, key=f"correction-over:{last.public_id}")


def over_words(edition: Edition, entry: Entry, *, decided: bool) -> tuple[Values, Written]:
    """The same of a request that does not stand any more."""
    words = {"body": edition.secretariat_name, "code": entry.code}
    later = _("Kết quả kiểm tra điều kiện dự Giải được thông báo sau.") if decided else ""
    told = _("%(body)s không đề nghị bổ sung hồ sơ %(code)s nữa. Hồ sơ đã nộp vẫn có hiệu lực.", **words)
    subject = _("Thôi đề nghị bổ sung hồ sơ %(code)s", **words)
    lines = [f"{told} {later}".strip(), *_whom_to_ask(edition)]
    return {**_of(entry), "viec_tiep": later}, (subject, _closed(lines))


def not_eligible(entry: Entry, screening: Screening) -> None:
    """The owner is told that the work is not eligible, why and under which clause."""
    values, house = ineligible_words(entry, screening)
    key = f"ineligible:{entry.id}:{screening.version}"
    _write(session.get_one(Edition, entry.edition_id), entry, INELIGIBLE, values, house, key=key)


def ineligible_words(entry: Entry, screening: Screening) -> tuple[Values, Written]:
    """The same of a work that is not eligible."""
    told = _(
        "Tác phẩm không đủ điều kiện dự Giải. Lý do: %(reason)s. Căn cứ: %(clause)s Thể lệ.",
        reason=screening.reason.strip().rstrip("."),
        clause=screening.clause,
    )
    values = {**_of(entry), "ly_do": screening.reason.strip(), "can_cu": screening.clause}
    subject = _("Kết quả kiểm tra điều kiện dự Giải, hồ sơ %(code)s", code=entry.code)
    return values, (subject, _closed([told]))


def _whom_to_ask(edition: Edition) -> list[str]:
    if not edition.help_phone:
        return []
    name = edition.help_name or edition.secretariat_name
    return [_("Liên hệ: %(name)s, %(phone)s", name=name, phone=edition.help_phone)]


def _of(entry: Entry) -> Values:
    owner = session.get_one(Person, entry.owner_id)
    known = {"xung_ho": owner.form_of_address, "ho_ten": owner.legal_name}
    return {**known, "ma_ho_so": entry.code or "", "ten_tac_pham": entry.title}


def _closed(lines: list[str]) -> str:
    return "\n\n".join([*lines, _("Trân trọng.")]) + "\n"


def _write(edition: Edition, entry: Entry, kind: str, values: Values, house: Written, *, key: str) -> None:
    email = session.scalar(select(User.email).where(User.person_id == entry.owner_id))
    if email is not None:
        write(edition, kind, to_address=email, values=values, house=lambda: house, dedupe_key=key)
