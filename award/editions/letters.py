"""The letter that tells somebody of an appointment, with the way in."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select

from award import dates
from award.correspondence import LetterKind, Recipient
from award.db import session
from award.editions.models import Appointment, Edition
from award.editions.permissions import ROLE_WORDS
from award.features import Words, letter_in_words
from award.messages.operations import post
from award.people.letters import address, rendered
from award.people.models import Person, User

APPOINTMENT = "appointment"
TRIED_ON = 20


def invitation(
    edition: Edition, *, name: str, called: str, role: str, decision: str, expires_at: datetime
) -> Callable[[str], Words]:
    """Subject and body for somebody without an account, as a function of the invitation's token."""

    def letter(token: str) -> Words:
        link, until = address("people.accept_invitation", token=token), dates.moment(expires_at)
        return _worded(edition, *words(edition, name, called, role, decision, link=link, until=until))

    return letter


def tell(edition: Edition, person: Person, appointment: Appointment) -> None:
    """The letter to somebody who has an account goes out after the commit, once for each appointment."""
    assert person.user is not None
    who, link = (person.legal_name, person.form_of_address), address("desk.home")
    subject, body = _worded(edition, *words(edition, *who, appointment.role, appointment.decision, link=link))
    post(
        kind=APPOINTMENT,
        to_address=person.user.email,
        subject=subject,
        body=body,
        dedupe_key=f"appointment:{appointment.public_id}",
    )


def words(
    edition: Edition, name: str, called: str, role: str, decision: str, *, link: str, until: str = ""
) -> tuple[dict[str, str], Callable[[], Words]]:
    """What an edition's own words may hold, and the letter as the house writes it.

    `until`: how long the link of an invitation holds; empty for who has an account.
    """
    values = {
        "xung_ho": called,
        "ho_ten": name,
        "vai_tro": str(ROLE_WORDS[role]),
        "van_ban": decision,
        "lien_ket": link,
        "han": until,
    }

    def house() -> Words:
        told = {
            "name": name,
            "called": called,
            "role": values["vai_tro"],
            "decision": decision,
            "link": link,
            "until": until,
        }
        body = rendered("editions/mail/appointment.txt", edition=edition, **told)
        return _("Mời tham gia %(edition)s", edition=edition.name), body

    return values, house


def _worded(edition: Edition, values: dict[str, str], house: Callable[[], Words]) -> Words:
    return letter_in_words(edition.id, APPOINTMENT, values, house)


def _appointed(edition_id: int) -> Sequence[Recipient]:
    edition = session.get_one(Edition, edition_id)
    found = (
        select(Appointment, Person, User.email)
        .join(Person, Person.id == Appointment.person_id)
        .outerjoin(User, User.person_id == Person.id)
        .where(Appointment.edition_id == edition_id, Appointment.ended_at.is_(None))
        .order_by(Appointment.id.desc())
        .limit(TRIED_ON)
    )
    made, link = [], address("desk.home")
    for each, person, email in session.execute(found).tuples():
        who = (person.legal_name, person.form_of_address)
        values, house = words(edition, *who, each.role, each.decision, link=link)
        made.append(Recipient(each.public_id, f"{person.legal_name}, {values['vai_tro']}", email or "", values, house))
    return made


KIND = LetterKind(
    APPOINTMENT,
    lazy_gettext("Mời tham gia, giao vai trò"),
    {
        "xung_ho": lazy_gettext("Cách xưng hô: ông/bà, đồng chí"),
        "ho_ten": lazy_gettext("Họ tên người nhận"),
        "vai_tro": lazy_gettext("Vai trò"),
        "van_ban": lazy_gettext("Văn bản giao nhiệm vụ, nếu có"),
        "lien_ket": lazy_gettext("Đường dẫn của lời mời, hoặc đến trang việc cần làm"),
        "han": lazy_gettext("Lời mời dùng được đến lúc; để trống khi đã có tài khoản"),
    },
    _appointed,
    needed=(frozenset({"noi_dung", "lien_ket"}), frozenset({"noi_dung", "vai_tro"})),
    beginning=(
        lazy_gettext("Mời tham gia {giai}"),
        lazy_gettext(
            "Kính gửi {xung_ho} {ho_ten},\n\nKính mời tham gia {giai} với vai trò: {vai_tro}.\n\nVăn bản giao nhiệm"
            " vụ: {van_ban}\n\nMở đường dẫn dưới đây để bắt đầu:\n{lien_ket}\n\nĐường dẫn dùng được một lần, đến:"
            " {han}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
        ),
    ),
)
