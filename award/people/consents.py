"""What people agree to when they join, in versioned words: given to the words of today, asked anew when they change."""

from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from award.clock import now
from award.db import session
from award.log.operations import record
from award.people.models import Consent, ConsentText, Person

REGISTRATION = "registration"
PAYMENT = "payment"
"""Of who tells to which account the money of a prize goes."""


def consent_words(purpose: str) -> str:
    """What a person agrees to, for each purpose, as it stands now, in the language of the page."""
    if purpose == PAYMENT:
        return str(
            gettext(
                "Tôi đồng ý để Ban Tổ chức Giải sử dụng tên chủ tài khoản, số tài khoản, ngân hàng đã khai để chi tiền"
                " thưởng, và xóa ngay sau khi ghi đã chi."
            )
        )
    assert purpose == REGISTRATION
    return str(
        gettext(
            "Tôi đồng ý để Ban Tổ chức Giải sử dụng họ tên, bút danh, cơ quan công tác nhằm xét giải và công bố"
            " kết quả."
        )
    )


def asked_anew(person: Person, purpose: str = REGISTRATION) -> bool:
    """What the person last agreed to, and has not taken back, was said in other words than it is now."""
    last = (
        select(ConsentText.words, Consent.withdrawn_at)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(Consent.person_id == person.id, ConsentText.purpose == purpose)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    found = session.execute(last).one_or_none()
    return found is not None and found.withdrawn_at is None and found.words != _kept(purpose)


def give_consent(*, person: Person, purpose: str) -> Consent:
    """The person agreed to the present words of a purpose; words never recorded before become its next version."""
    words = _kept(purpose)
    text = _version_with(purpose, words)
    if text is None:
        newest = session.scalar(
            select(ConsentText.version)
            .where(ConsentText.purpose == purpose)
            .order_by(ConsentText.version.desc())
            .limit(1)
        )
        row = {"purpose": purpose, "version": (newest or 0) + 1, "words": words, "since": now()}
        session.execute(insert(ConsentText).values(row).on_conflict_do_nothing())
        text = _version_with(purpose, words)
    assert text is not None, "two versions of one text at the same instant"
    consent = Consent(person_id=person.id, text_id=text.id, given_at=now())
    session.add(consent)
    session.flush()
    return consent


def agree_anew(person: Person) -> None:
    """The person agrees to the words of today. Where they did already, nothing changes."""
    if not asked_anew(person):
        return
    consent = give_consent(person=person, purpose=REGISTRATION)
    facts: dict[str, int | str | None] = {"text": consent.text_id}
    record("consent.given", actor_id=person.id, award_id=None, subject=person, facts=facts)


def _kept(purpose: str) -> str:
    """The words as they are kept: in Vietnamese, so that another language of the page makes no other version."""
    with force_locale("vi"):
        return consent_words(purpose)


def _version_with(purpose: str, words: str) -> ConsentText | None:
    return session.scalar(select(ConsentText).where(ConsentText.purpose == purpose, ConsentText.words == words))
