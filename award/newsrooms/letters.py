"""Letters of a newsroom's desk: who is invited, whose work is not attested, what waits to be attested."""

from collections.abc import Callable
from datetime import datetime

from flask import render_template
from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.editions.deadlines import confirmation, said
from award.editions.models import Edition
from award.editions.queries import extensions
from award.entries.models import Entry
from award.letters.queries import Written, worded
from award.messages.operations import post
from award.newsrooms import queries, surveyed
from award.newsrooms.forms import ROLE_WORDS
from award.newsrooms.queries import name_in
from award.people.letters import address, rendered
from award.people.models import Membership, Newsroom, Person

REMINDER = "attestation_reminder"


def invitation(
    edition: Edition, newsroom: Newsroom, *, name: str, role: str, expires_at: datetime
) -> Callable[[str], tuple[str, str]]:
    """Subject and body for somebody without an account, as a function of the invitation's token."""

    def letter(token: str) -> tuple[str, str]:
        link = address("people.accept_invitation", token=token)
        return _subject(edition, newsroom), _body(edition, newsroom, name, role, link=link, expires_at=expires_at)

    return letter


def tell_member(edition: Edition, newsroom: Newsroom, person: Person, membership: Membership) -> None:
    """The letter to somebody who has an account goes out after the commit, once for each day it is said anew."""
    assert person.user is not None
    post(
        kind="membership",
        to_address=person.user.email,
        subject=_subject(edition, newsroom),
        body=_body(edition, newsroom, person.legal_name, membership.role, link=address("desk.home")),
        dedupe_key=f"membership:{membership.id}:{membership.valid_from}",
    )


def tell_owner(edition: Edition, newsroom: Newsroom, entry: Entry, owner: Person, reason: str) -> None:
    """Whose work it is learns that the newsroom does not attest it, and why."""
    if owner.user is None:
        return
    link = address("entries.tasks", slug=edition.slug, entry_id=entry.public_id)
    words = {"newsroom": name_in(newsroom, edition), "reason": reason, "link": link, "owner": owner, "entry": entry}
    post(
        kind="not_attested",
        to_address=owner.user.email,
        subject=_("Hồ sơ %(code)s: cơ quan báo chí không xác nhận", code=entry.code),
        body=render_template("newsrooms/mail/refused.txt", edition=edition, **words),
        dedupe_key=f"not-attested:{entry.public_id}:{now().isoformat()}",
    )


def remind(edition: Edition, newsroom: Newsroom, to: str, count: int) -> None:
    """One address of the newsroom is reminded of the works it has said nothing of; once a day at most."""
    values, house = reminder(edition, newsroom, count)
    subject, body = worded(edition, REMINDER, values, house)
    key = f"attest:{edition.id}:{newsroom.id}:{to}:{dates.local(now()).date()}"
    post(kind=REMINDER, to_address=to, subject=subject, body=body, dedupe_key=key)


def reminder(edition: Edition, newsroom: Newsroom, count: int) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words for it may hold, and the letter as the house writes it."""
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
    extension = extensions(edition.id)[0]
    lines = [extension.sentence, extension.why]
    if extension.confirmation is not None:
        lines.append(_("Thời hạn xác nhận tác phẩm: %(until)s.", until=said(extension.confirmation)))
    lines += [_("Xem tác phẩm của cơ quan: %(address)s", address=address("newsrooms.home", slug=edition.slug))]
    body = "\n\n".join([*lines, _("Trân trọng.")]) + "\n"
    for emails in queries.addresses(surveyed.with_works(edition.id)).values():
        for email in emails:
            post(
                kind="extension",
                to_address=email,
                subject=_("Gia hạn nhận tác phẩm dự Giải"),
                body=body,
                dedupe_key=f"extension:{act}:newsroom:{email}",
            )


def _subject(edition: Edition, newsroom: Newsroom) -> str:
    return str(_("%(newsroom)s: mời tham gia %(edition)s", newsroom=name_in(newsroom, edition), edition=edition.name))


def _body(edition: Edition, newsroom: Newsroom, name: str, role: str, **words: object) -> str:
    return render_template(
        "newsrooms/mail/member.txt",
        edition=edition,
        newsroom=name_in(newsroom, edition),
        name=name,
        role=ROLE_WORDS[role],
        **words,
    )
