"""Deeds on lists that are signed on paper: printed with a code, scanned, and all their works attested at once."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Unpack

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.entries import keeping
from award.entries.declarations import asked_in, made
from award.entries.queries import plain_dossiers_of
from award.files.codes import whose
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import begin_or_resume, discard
from award.log.operations import record
from award.newsrooms import brought, operations, queries, signers
from award.newsrooms.attested import facts_hash
from award.newsrooms.models import SignedList
from award.newsrooms.permissions import Standing, can_print, can_return, can_send_scan, counts_as_signed
from award.newsrooms.queries import Organ, Work
from award.people.models import Person
from award.rules.eligibility import DECLARATIONS
from award.text import one_line
from award.verdicts import Refused, Verdict, require

KINDS = ("pdf", "jpeg", "png")
MOST_BYTES = 50_000_000
MOST_PAGES = 30
"""So many pages of a scan are looked at for their code."""


def print_list(
    *, standing: Standing, edition: Edition, organ: Organ, appeared: Callable[[Work], tuple[str, str]]
) -> SignedList:
    """A list of every submitted work that waits to be attested, as it stands now, and of drafts whose authors can
    declare on paper alone. Raises Refused when there is none.

    What the newsroom refused is not put before its head to be signed; it is attested on the screen, if at all.

    `appeared` says of a work who made it and when it appeared, in words.
    """
    require(can_print(standing, edition))
    waiting = queries.works(edition.id, organ.family, limit=None)
    open_ = [each for each in waiting if each.state == "waiting" or signers.undeclared(each.read)]
    if not open_:
        raise Refused(Verdict("nothing", _("Không còn tác phẩm nào chờ xác nhận.")))
    assert standing.by.person_id is not None
    asks = asked_in(edition)
    open_.sort(key=lambda each: (each.read.code is None, each.read.code or "", each.read.id))
    listed = SignedList(
        edition_id=edition.id,
        newsroom_id=organ.newsroom.id,
        made_by_id=standing.by.person_id,
        works=[_line(each, *appeared(each)) for each in open_],
        people=signers.of([(n, one.read) for n, one in enumerate(open_, start=1) if signers.undeclared(one.read)]),
        words=signers.printed(asks, made(edition.id, DECLARATIONS, asks, now())),
    )
    session.add(listed)
    session.flush()
    _log("works.list_printed", standing, edition, listed, works=len(listed.works))
    return listed


def _line(work: Work, authors: str, when: str) -> dict[str, object]:
    return {
        "entry": work.read.id,
        "code": work.read.code,
        "title": work.read.title,
        "category": work.read.category,
        "authors": authors,
        "appeared": when,
        "facts": facts_hash(work.read),
    }


def begin_scan(
    *,
    standing: Standing,
    edition: Edition,
    listed: SignedList,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """The scan of the signed list may be sent; one that stood there gives way to it."""
    require(can_send_scan(standing, edition, listed))
    file = begin_or_resume(
        uploader=uploader,
        kinds=KINDS,
        max_bytes=MOST_BYTES,
        place=[listed.scan_id] if listed.scan_id else [],
        **sent,
    )
    if file.id != listed.scan_id:
        drop_scan(standing=standing, edition=edition, listed=listed)
        listed.scan_id = file.id
        session.flush()
    return file


def drop_scan(*, standing: Standing, edition: Edition, listed: SignedList) -> None:
    """The list has no scan; the bytes of the one it had are gone."""
    require(can_send_scan(standing, edition, listed))
    file = session.get(File, listed.scan_id) if listed.scan_id else None
    listed.scan_id = None
    session.flush()
    if file is not None:
        discard(file=file)


def take_back(
    *,
    standing: Standing,
    edition: Edition,
    organ: Organ,
    listed: SignedList,
    codes: Sequence[str],
    address: str,
    seen: bool,
    signatory: str,
    signed_on: date,
    signed: Collection[int] = (),
) -> operations.Outcome:
    """The signed list is back: every work on it whose facts are as printed is attested, in one act.

    Raises Refused where it was signed after the newsrooms' own deadline; one signed in time may come back later.

    `signed` are the places of those among its people who signed what is declared. A draft of whose authors all have
    declares it from now on, by the scan with its hash.

    `codes` were read on the scan. This list's `address` among them is enough; another list's refuses; where none could
    be read, a person must have `seen` that the scan is of this list.
    """
    require(can_return(standing, edition, listed))
    require(counts_as_signed(edition, signed_on))
    scan = session.get(File, listed.scan_id) if listed.scan_id else None
    if scan is None or scan.state != "ready":
        raise Refused(Verdict("scan", _("Cần bản quét đã kiểm tra xong của danh sách đã ký.")))
    said = whose(codes, address)
    if said == "another":
        raise Refused(Verdict("other_list", _("Bản quét là của danh sách khác: mã QR không khớp danh sách này.")))
    if said == "unread" and not seen:
        raise Refused(
            Verdict("no_code", _("Chưa đọc được mã QR trên bản quét. Đối chiếu bằng mắt rồi chọn ô bên dưới."))
        )
    keys = brought.keys_of([int(line["entry"]) for line in listed.works])
    shown = {keys[int(line["entry"])]: str(line["facts"]) for line in listed.works if int(line["entry"]) in keys}
    outcome = operations.say_all(standing=standing, edition=edition, organ=organ, shown=shown, list_id=listed.id)
    listed.signatory, listed.signed_on, listed.read_from_scan = one_line(signatory), signed_on, said == "this"
    listed.returned_at, listed.returned_by_id = now(), standing.by.person_id
    listed.scan_sha256 = scan.sha256 or ""
    listed.people = signers.with_signatures(listed.people, signed)
    session.flush()
    _declare(standing, edition, listed)
    read = int(listed.read_from_scan)
    _log("works.list_returned", standing, edition, listed, works=len(outcome.done), read=read, scan=scan.id)
    return outcome


def _declare(standing: Standing, edition: Edition, listed: SignedList) -> None:
    """Drafts whose authors have all signed, and whose facts are as printed, declare what was printed."""
    assert listed.returned_at is not None
    at = listed.returned_at.isoformat(timespec="seconds")
    lines = {int(line["entry"]): str(line["facts"]) for line in listed.works}
    read = plain_dossiers_of([number for number in lines if signers.all_signed(listed.people, number)])
    for number, dossier in read.items():
        if signers.undeclared(dossier) and facts_hash(dossier) == lines[number]:
            codes, scan = signers.lacking(dossier), listed.scan_sha256
            said = signers.evidence(listed.words, codes, at=at, list_key=listed.public_id, scan=scan)
            keeping.declare(by=standing.by, edition=edition, entry_id=number, said=said)


def _log(kind: str, standing: Standing, edition: Edition, listed: SignedList, **facts: int) -> None:
    told: dict[str, int | str | None] = {"newsroom": listed.newsroom_id, **facts}
    record(kind, actor_id=standing.by.person_id, award_id=edition.award_id, subject=listed, facts=told)
