"""The letter to everybody who has a work in an edition whose rules have changed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask_babel import gettext as _
from sqlalchemy import select

from award import dates
from award.db import session
from award.editions.amended import cited, lines_of
from award.editions.models import Amendment, Edition
from award.entries.models import Entry
from award.letters.operations import write
from award.letters.queries import Written, shared
from award.people.letters import address
from award.people.models import Person, User

AMENDMENT = "amendment"


def owners(edition_id: int) -> Sequence[User]:
    """The accounts that have a work in the edition, sent or begun; who took everything back is none of them."""
    entered = select(Entry.owner_id).where(Entry.edition_id == edition_id, Entry.state != "withdrawn")
    return session.scalars(select(User).where(User.person_id.in_(entered)).order_by(User.id)).unique().all()


def tell_of_amendment(edition_id: int, amendment_id: int) -> int:
    """Each owner of a work gets one letter with the words before and after; how many do."""
    edition, amendment = session.get_one(Edition, edition_id), session.get_one(Amendment, amendment_id)
    told = owners(edition_id)
    for owner in told:
        values, house = words_of_amendment(edition, amendment, owner.person)
        key = f"amendment:{amendment.public_id}:{owner.id}"
        write(edition, AMENDMENT, to_address=owner.email, values=values, house=house, dedupe_key=key)
    return len(told)


def words_of_amendment(
    edition: Edition, amendment: Amendment, owner: Person
) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    changed = [
        _(
            "%(what)s\nTrước: %(before)s\nSau: %(after)s",
            what=line.label,
            before=line.before or _("(để trống)"),
            after=line.after or _("(để trống)"),
        )
        for line in lines_of(amendment)
    ]
    values = {
        "xung_ho": owner.form_of_address,
        "ho_ten": owner.legal_name,
        "lan": str(amendment.ordinal),
        "van_ban": cited(amendment),
        "hieu_luc": dates.moment(amendment.at),
        "ly_do": amendment.reason,
        "sua_doi": "\n\n".join(str(each) for each in changed),
        "lien_ket": address("editions.rules", slug=edition.slug),
    }

    return values, partial(house_of_amendment, edition, values)


def house_of_amendment(edition: Edition, values: Mapping[str, str]) -> Written:
    """The letter as the house writes it, from what its event gives."""
    told = _(
        "%(edition)s có sửa đổi lần %(n)s theo văn bản số %(paper)s, hiệu lực từ %(at)s.",
        edition=edition.name,
        n=values["lan"],
        paper=values["van_ban"],
        at=values["hieu_luc"],
    )
    lines = [told, _("Lý do: %(reason)s", reason=values["ly_do"]), values["sua_doi"]]
    lines += [_("Toàn văn: %(address)s", address=values["lien_ket"]), shared(edition)["lien_he"]]
    subject = _("%(edition)s: sửa đổi lần %(n)s", edition=edition.name, n=values["lan"])
    return subject, "\n\n".join(filter(None, lines))
