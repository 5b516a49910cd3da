"""Letters of a newsroom's desk: who is invited, whose work is not attested, what waits to be attested."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.editions.deadlines import confirmation, said
from award.editions.extensions import Extension
from award.editions.models import Edition
from award.editions.queries import extensions
from award.entries.models import Entry
from award.letters.operations import write
from award.letters.queries import Written, worded
from award.newsrooms import queries, surveyed
from award.newsrooms.forms import ROLE_WORDS
from award.newsrooms.queries import name_in
from award.people.letters import address, rendered
from award.people.models import FORMS_OF_ADDRESS, Membership, Newsroom, Person

REMINDER, MEMBERSHIP, NOT_ATTESTED = "attestation_reminder", "membership", "not_attested"
EXTENSION = "extension_newsroom"
Made = tuple[dict[str, str], Callable[[], Written]]
"""What an edition's own words for a letter may hold, and the letter as the house writes it."""


def invitation(
    edition: Edition, newsroom: Newsroom, *, name: str, role: str, expires_at: datetime
) -> Callable[[str], Written]:
    """Subject and body for somebody without an account, as a function of the invitation's token."""

    def letter(token: str) -> Written:
        link = address("people.accept_invitation", token=token)
        until = dates.moment(expires_at)
        called = FORMS_OF_ADDRESS[0]
        return worded(edition, MEMBERSHIP, *member_words(edition, newsroom, name, called, role, link, until))

    return letter


def tell_member(edition: Edition, newsroom: Newsroom, person: Person, membership: Membership) -> None:
    """The letter to somebody who has an account goes out after the commit, once for each day it is said anew."""
    assert person.user is not None
    values, house = member_words(
        edition, newsroom, person.legal_name, person.form_of_address, membership.role, address("desk.home")
    )
    key = f"membership:{membership.id}:{membership.valid_from}"
    write(edition, MEMBERSHIP, to_address=person.user.email, values=values, house=house, dedupe_key=key)


def member_words(
    edition: Edition, newsroom: Newsroom, name: str, called: str, role: str, link: str, until: str = ""
) -> Made:
    """Of the letter that makes somebody speak for a newsroom; `until`: how long the link of an invitation holds."""
    values = {
        "xung_ho": called,
        "ho_ten": name,
        "co_quan_bao_chi": name_in(newsroom, edition),
        "vai_tro": str(ROLE_WORDS[role]),
        "lien_ket": link,
        "han": until,
    }

    def house() -> Written:
        subject = _("%(newsroom)s: mời tham gia %(edition)s", newsroom=values["co_quan_bao_chi"], edition=edition.name)
        told = {"newsroom": values["co_quan_bao_chi"], "name": name, "called": called, "role": values["vai_tro"]}
        body = rendered("newsrooms/mail/member.txt", edition=edition, link=link, until=until, **told)
        return subject, body

    return values, house


def tell_owner(edition: Edition, newsroom: Newsroom, entry: Entry, owner: Person, reason: str) -> None:
    """Whose work it is learns that the newsroom does not attest it, and why."""
    if owner.user is None:
        return
    values, house = refused_words(edition, newsroom, entry, owner, reason)
    key = f"not-attested:{entry.public_id}:{now().isoformat()}"
    write(edition, NOT_ATTESTED, to_address=owner.user.email, values=values, house=house, dedupe_key=key)


def refused_words(edition: Edition, newsroom: Newsroom, entry: Entry, owner: Person, reason: str) -> Made:
    """Of the letter about a work that its newsroom does not attest."""
    values = {
        "xung_ho": owner.form_of_address,
        "ho_ten": owner.legal_name,
        "co_quan_bao_chi": name_in(newsroom, edition),
        "ma_ho_so": entry.code or "",
        "ten_tac_pham": entry.title,
        "ly_do": reason,
        "lien_ket": address("entries.tasks", slug=edition.slug, entry_id=entry.public_id),
    }

    def house() -> Written:
        told = {"newsroom": values["co_quan_bao_chi"], "reason": reason, "link": values["lien_ket"]}
        body = rendered("newsrooms/mail/refused.txt", edition=edition, owner=owner, entry=entry, **told)
        return _("Hồ sơ %(code)s: cơ quan báo chí không xác nhận", code=entry.code), body

    return values, house


def remind(edition: Edition, newsroom: Newsroom, to: str, count: int) -> None:
    """One address of the newsroom is reminded of the works it has said nothing of; once a day at most."""
    values, house = reminder(edition, newsroom, count)
    key = f"attest:{edition.id}:{newsroom.id}:{to}:{dates.local(now()).date()}"
    write(edition, REMINDER, to_address=to, values=values, house=house, dedupe_key=key)


def reminder(edition: Edition, newsroom: Newsroom, count: int) -> Made:
    """Of the reminder."""
    until = confirmation(edition)
    values = {
        "co_quan_bao_chi": name_in(newsroom, edition),
        "so_tac_pham": str(count),
        "lien_ket": address("newsrooms.works", slug=edition.slug, newsroom_id=newsroom.public_id),
        "han": said(until) if until else "",
    }

    def house() -> Written:
        words = {"newsroom": values["co_quan_bao_chi"], "count": count, "link": values["lien_ket"]}
        body = rendered("newsrooms/mail/reminder.txt", edition=edition, until=values["han"], **words)
        return _("Còn %(n)s tác phẩm chờ cơ quan xác nhận", n=count), body

    return values, house


def taken_for_longer(edition: Edition, act: str) -> None:
    """Who speaks for a newsroom that has works in the edition learns of the extension `act`."""
    values, house = longer_words(edition, extensions(edition.id)[0])
    for emails in queries.addresses(surveyed.with_works(edition.id)).values():
        for email in emails:
            key = f"extension:{act}:newsroom:{email}"
            write(edition, EXTENSION, to_address=email, values=values, house=house, dedupe_key=key)


def longer_words(edition: Edition, extension: Extension) -> Made:
    """Of the letter to newsrooms that works are taken for longer."""
    own = extension.confirmation
    values = {
        "gia_han": extension.sentence,
        "ly_do": extension.why,
        "han": said(own) if own else "",
        "lien_ket": address("newsrooms.home", slug=edition.slug),
    }

    return values, partial(house_of_extension, edition, values)


def house_of_extension(edition: Edition, values: Mapping[str, str]) -> Written:  # noqa: ARG001 - asked as every house is
    """The letter as the house writes it, from what its event gives."""
    lines = [
        values["gia_han"],
        values["ly_do"],
        _("Thời hạn xác nhận tác phẩm: %(until)s.", until=values["han"]) if values["han"] else "",
        _("Xem tác phẩm của cơ quan: %(address)s", address=values["lien_ket"]),
        _("Trân trọng."),
    ]
    return _("Gia hạn nhận tác phẩm dự Giải"), "\n\n".join(filter(None, lines)) + "\n"
