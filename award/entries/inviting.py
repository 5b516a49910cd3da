"""Inviting an author to fill in the dossier too. Nobody has to accept for a work to count.

The link of an invitation is computed from the key in the author's row and a secret of the house. It signs nobody in: it
shows an account that is signed in what it may join.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.entries import queries
from award.entries.models import Authorship, Entry
from award.entries.permissions import can_invite, can_join
from award.features import tell_rooms_of_ties
from award.letters.operations import write
from award.letters.queries import Written
from award.log.operations import record
from award.people.models import Person
from award.verdicts import Refused, Verdict, require

OPEN_FOR = timedelta(days=30)
"""How long an invitation that nobody took may still be taken."""
COAUTHOR = "coauthor"
_KEY_BYTES, _PROOF_BYTES = 9, 15
_KEY = 12


def token_of(key: str, secret: str) -> str:
    """What the link ends with. Nobody makes it without the secret of the house."""
    proof = hmac.new(secret.encode(), f"co-author {key}".encode(), hashlib.sha256).digest()
    return key + urlsafe_b64encode(proof[:_PROOF_BYTES]).decode()


def key_of(token: str, secret: str) -> str | None:
    """The key of the invitation whose link this is, or None for anything that was not made here."""
    key = token[:_KEY]
    return key if hmac.compare_digest(token_of(key, secret).encode(), token.encode()) else None


def invite(
    *,
    by_id: int,
    edition: Edition,
    entry: Entry,
    standing: Entry,
    row: Authorship,
    fills: bool,
    email: str = "",
    letter: Callable[[str], tuple[Mapping[str, str], Callable[[], Written]]],
) -> Authorship:
    """The author may join by a link of their own; the one of an earlier invitation opens nothing any more.

    `entry` is what is being filled in, a draft or the revision of `standing`. Whoever is to join a submitted dossier
    stands in it. With `email` the link goes there by letter; `letter` makes from the key what an edition's own words
    may hold, and the letter as the house writes it.
    """
    require(can_invite(by_id, entry, edition, now(), queries.leave_of(entry)))
    if row.joined_at is not None:
        raise Refused(Verdict("joined", _("Tác giả này đã cùng khai hồ sơ.")))
    if not row.legal_name:
        raise Refused(Verdict("nameless", _("Ghi họ và tên tác giả trước khi mời.")))
    rows = [row]
    if standing.id != entry.id:
        rows += [each for each in standing.authors if each.name_folded == row.name_folded]
        if len(rows) < 2:
            sentence = _("Tác giả này chưa có trong hồ sơ đã nộp. Nộp bản sửa trước, sau đó mời.")
            raise Refused(Verdict("not_submitted", sentence))
    key = secrets.token_urlsafe(_KEY_BYTES)
    for each in rows:
        each.invite_key, each.invited_at, each.fills, each.invited_to = key, now(), fills, email
    session.flush()
    facts: dict[str, int | str | None] = {"entry": standing.id, "author": row.id, "fills": int(fills)}
    record("entry.author_invited", actor_id=by_id, award_id=edition.award_id, subject=standing, facts=facts)
    if email:
        values, house = letter(key)
        write(edition, COAUTHOR, to_address=email, values=values, house=house, dedupe_key=f"coauthor:{key}")
    return row


def words(
    edition: Edition, entry: Entry, row: Authorship, inviter: Person, *, day: str, address: str
) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words for the invitation may hold, and the letter as the house writes it."""
    values = {
        "nguoi_moi": inviter.legal_name,
        "ho_ten": row.legal_name,
        "ten_tac_pham": entry.title or _("chưa có tên"),
        "han": day,
        "lien_ket": address,
    }

    return values, partial(house_of_invitation, edition, values)


def house_of_invitation(edition: Edition, values: Mapping[str, str]) -> Written:
    """The letter as the house writes it, from what its event gives."""
    said = {"name": values["nguoi_moi"], "title": values["ten_tac_pham"], "edition": edition.name}
    lines = [
        _("%(name)s mời cùng khai hồ sơ dự Giải của tác phẩm “%(title)s”, %(edition)s.", **said),
        _(
            "Mở đường dẫn dưới đây, đăng nhập rồi nhận lời mời. Đường dẫn dùng được một lần, đến hết ngày %(day)s.",
            day=values["han"],
        ),
        values["lien_ket"],
        _("Không nhận lời mời thì tác phẩm vẫn được dự Giải."),
        _("Trân trọng."),
    ]
    return _("Mời cùng khai hồ sơ dự Giải"), "\n\n".join(lines) + "\n"


def join(*, person: Person, edition: Edition, key: str) -> Entry:
    """The invited author has a hand in the dossier from now on; what the row lacks comes from their profile.

    Joining again changes nothing.
    """
    rows = session.scalars(select(Authorship).where(Authorship.invite_key == key).with_for_update()).all()
    entries = {row.entry_id: session.get_one(Entry, row.entry_id) for row in rows}
    standing = next((each for each in entries.values() if each.revises_id is None), None)
    if standing is None:
        raise Refused(Verdict("ended", _("Lời mời này không còn hiệu lực.")))
    mine = next(row for row in rows if row.entry_id == standing.id)
    if mine.joined_at is not None and mine.person_id == person.id:
        return standing
    require(can_join(person.id, standing, mine, now(), OPEN_FOR))
    for row in rows:
        _take(row, person)
    session.flush()
    facts: dict[str, int | str | None] = {"entry": standing.id, "author": mine.id}
    record("entry.author_joined", actor_id=person.id, award_id=edition.award_id, subject=standing, facts=facts)
    tell_rooms_of_ties()
    return standing


def end(*, by_id: int, edition: Edition, standing: Entry, revision: Entry | None, row: Authorship) -> None:
    """The author has no hand in the dossier any more and the link opens nothing; as an author they stay.

    The owner ends it, or the author who joined. Ending it again changes nothing.
    """
    if by_id not in {standing.owner_id, row.person_id if row.joined_at else None}:
        raise Refused(Verdict("not_owner", _("Hồ sơ này do người khác khai.")))
    if row.invite_key is None:
        return
    key = row.invite_key
    for entry in (standing, revision):
        for each in entry.authors if entry is not None else ():
            if each.invite_key == key:
                each.invite_key = each.invited_at = each.joined_at = None
                each.invited_to, each.fills = "", False
    session.flush()
    facts: dict[str, int | str | None] = {"entry": standing.id, "author": row.id}
    record("entry.author_left", actor_id=by_id, award_id=edition.award_id, subject=standing, facts=facts)


def may_end(by_id: int, owner_id: int, row: Authorship) -> bool:
    """Whether the person may take the invitation back, or leave the dossier."""
    return row.invite_key is not None and (by_id == owner_id or (row.joined and row.person_id == by_id))


def _take(row: Authorship, person: Person) -> None:
    row.person_id, row.joined_at = person.id, now()
    row.pen_name = row.pen_name or person.pen_name
    row.phone = row.phone or person.phone
    if row.employer_id is None and not row.employer_text:
        row.employer_id = person.newsroom_id
        row.employer_text = "" if person.newsroom_id else person.newsroom_words
