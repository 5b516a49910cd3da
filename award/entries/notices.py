"""The letter to everybody who has a work in an edition whose rules have changed."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from award import dates
from award.db import session
from award.editions.amended import cited, lines_of
from award.editions.models import Amendment, Edition
from award.entries.models import Entry
from award.messages.operations import post
from award.people.letters import address
from award.people.models import User


def owners(edition_id: int) -> Sequence[User]:
    """The accounts that have a work in the edition, sent or begun; who took everything back is none of them."""
    entered = select(Entry.owner_id).where(Entry.edition_id == edition_id, Entry.state != "withdrawn")
    return session.scalars(select(User).where(User.person_id.in_(entered)).order_by(User.id)).unique().all()


def tell_of_amendment(edition_id: int, amendment_id: int) -> int:
    """Each owner of a work gets one letter with the words before and after; how many do."""
    edition, amendment = session.get_one(Edition, edition_id), session.get_one(Amendment, amendment_id)
    told = owners(edition_id)
    subject, body = _subject(edition, amendment), _body(edition, amendment)
    for owner in told:
        key = f"amendment:{amendment.public_id}:{owner.id}"
        post(kind="amendment", to_address=owner.email, subject=subject, body=body, dedupe_key=key)
    return len(told)


def _subject(edition: Edition, amendment: Amendment) -> str:
    return str(_("%(edition)s: sửa đổi lần %(n)s", edition=edition.name, n=amendment.ordinal))


def _body(edition: Edition, amendment: Amendment) -> str:
    told = [
        _(
            "%(edition)s có sửa đổi lần %(n)s theo văn bản số %(paper)s, hiệu lực từ %(at)s.",
            edition=edition.name,
            n=amendment.ordinal,
            paper=cited(amendment),
            at=dates.moment(amendment.at),
        ),
        _("Lý do: %(reason)s", reason=amendment.reason),
    ]
    for line in lines_of(amendment):
        before, after = line.before or _("(để trống)"), line.after or _("(để trống)")
        told.append(_("%(what)s\nTrước: %(before)s\nSau: %(after)s", what=line.label, before=before, after=after))
    told.append(_("Toàn văn: %(address)s", address=address("editions.rules", slug=edition.slug)))
    if edition.help_phone:
        name = edition.help_name or edition.secretariat_name
        told.append(_("Liên hệ: %(name)s, %(phone)s", name=name, phone=edition.help_phone))
    return "\n\n".join(str(words) for words in told)
