"""Deciding who may be judged."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from award import dates
from award.clock import now
from award.db import session
from award.editions import countersigns
from award.editions.models import Category, Countersign, Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import waiting_countersign
from award.entries.models import Entry
from award.entries.queries import facts_of, rule_book
from award.log.operations import record
from award.messages.operations import post
from award.people.models import User
from award.rules.eligibility import findings
from award.screening import permissions, queries
from award.screening.models import Screening
from award.verdicts import Refused, Verdict, require

_CODES = 0x626C64  # advisory lock: blind codes of an edition are given one at a time


def decide(
    *, by: Capacity, edition: Edition, entry: Entry, decision: str, reason: str = "", clause: str = ""
) -> Screening:
    """The entry is eligible, or not eligible for `reason` under `clause`.

    The automatic findings are kept as they stood. The first time it is eligible it gets its blind code, which it keeps
    whatever is decided later. Nobody is told before the list of works not eligible is approved.
    """
    screening = _locked(edition, entry)
    require(permissions.can_turn(by, edition, entry, was=screening.decision, to=decision))
    if decision == "ineligible" and not (reason.strip() and clause.strip()):
        raise Refused(Verdict("reason", _("Cần ghi lý do và điều khoản của Thể lệ.")))
    if screening.decision not in {"pending", "correction"} and screening.decision != decision and not reason.strip():
        raise Refused(Verdict("reason", _("Cần ghi lý do thay đổi kết luận.")))
    return _settle(by, edition, entry, screening, decision, reason, clause)


def propose_exclusion(*, by: Capacity, edition: Edition, entry: Entry, reason: str, clause: str) -> Countersign:
    """Taking an eligible work out of judging waits for its second person."""
    lock(edition)
    screening = _locked(edition, entry)
    require(permissions.can_exclude(by, edition, entry, was=screening.decision))
    if not (reason.strip() and clause.strip()):
        raise Refused(Verdict("reason", _("Cần ghi lý do và điều khoản của Thể lệ.")))
    terms = {"reason": reason.strip(), "clause": clause.strip()}
    return countersigns.propose(by=by, edition=edition, act="exclude_entry", subject=entry.public_id, terms=terms)


def confirm_exclusion(*, by: Capacity, edition: Edition, entry: Entry) -> Screening:
    """The work is out of judging, by two persons. Raises Refused once judging is over: the paper then decides."""
    lock(edition)
    screening = _locked(edition, entry)
    waiting = _waiting(edition, entry)
    countersigns.confirm(by=by, edition=edition, proposal=waiting)
    require(permissions.may_leave(edition, entry, was=screening.decision))
    return _settle(by, edition, entry, screening, "ineligible", waiting.terms["reason"], waiting.terms["clause"])


def withdraw_exclusion(*, by: Capacity, edition: Edition, entry: Entry) -> None:
    """The work stays in judging; its exclusion no longer waits."""
    lock(edition)
    _locked(edition, entry)
    waiting = _waiting(edition, entry)
    require(permissions.can_withdraw(by, waiting))
    countersigns.withdraw(by=by, edition=edition, proposal=waiting)


def request_correction(*, by: Capacity, edition: Edition, entry: Entry, items: str, due: datetime) -> Screening:
    """The owner is asked to complete the dossier until `due`; the entry stays undecided."""
    screening = _locked(edition, entry)
    require(permissions.can_turn(by, edition, entry, was=screening.decision, to="correction"))
    _settle(by, edition, entry, screening, "correction", items, "")
    _write_to_owner(
        entry,
        kind="correction",
        subject=_("Đề nghị bổ sung hồ sơ %(code)s", code=entry.code),
        body=_(
            "%(body)s đề nghị bổ sung hồ sơ %(code)s: %(items)s. Hạn bổ sung: %(due)s. "
            "Quá hạn, hồ sơ được xem xét theo hiện trạng.",
            body=edition.secretariat_name,
            code=entry.code,
            items=items.strip().rstrip("."),
            due=dates.deadline_moment(due),
        ),
        key=f"correction:{entry.id}:{screening.version}",
    )
    return screening


def approve_ineligible(*, by: Capacity, edition: Edition) -> Sequence[Entry]:
    """The list of works not eligible is approved as it stands, and every owner is told, once for each decision."""
    require(permissions.can_approve(by))
    listed = session.execute(queries.ineligible(edition.id)).tuples().all()
    for entry, screening in listed:
        _write_to_owner(
            entry,
            kind="ineligible",
            subject=_("Kết quả kiểm tra điều kiện dự Giải, hồ sơ %(code)s", code=entry.code),
            body=_(
                "Tác phẩm không đủ điều kiện dự Giải. Lý do: %(reason)s. Căn cứ: %(clause)s Thể lệ.",
                reason=screening.reason.strip().rstrip("."),
                clause=screening.clause,
            ),
            key=f"ineligible:{entry.id}:{screening.version}",
        )
    record(
        "screening.list_approved",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=edition,
        facts={"works": len(listed)},
    )
    return [entry for entry, _screening in listed]


def _locked(edition: Edition, entry: Entry) -> Screening:
    """The entry's row of screening, made if it is the first touch; nobody else decides on it until the commit.

    The edition is shared by all who screen and moves on only after them; both states are read anew.
    """
    session.refresh(edition, ["state", "version"], with_for_update={"read": True})
    session.refresh(entry, ["state", "version"], with_for_update=True)
    screening = session.scalar(
        select(Screening).where(Screening.entry_id == entry.id).execution_options(populate_existing=True)
    )
    if screening is None:
        screening = Screening(entry_id=entry.id, edition_id=edition.id, decision="pending")
        session.add(screening)
        session.flush()
    return screening


def _waiting(edition: Edition, entry: Entry) -> Countersign:
    waiting = waiting_countersign(edition.id, "exclude_entry", entry.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", _("Không có đề nghị nào đang chờ xác nhận.")))
    return waiting


def _settle(
    by: Capacity, edition: Edition, entry: Entry, screening: Screening, decision: str, reason: str, clause: str
) -> Screening:
    was = screening.decision
    found = findings(facts_of(entry, edition), rule_book(edition))
    screening.findings = {
        "findings": [
            {"code": each.code, "verdict": each.verdict, "clause": each.clause, "sentence": str(each.sentence)}
            for each in found
        ]
    }
    if decision == "eligible" and screening.blind_code is None:
        screening.blind_code = _next_code(edition, entry)
    screening.decision, screening.reason, screening.clause = decision, reason.strip(), clause.strip()
    screening.decided_by_id, screening.decided_at = by.person_id, now()
    session.flush()
    record(
        "entry.screened",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=entry,
        facts={"from": was, "to": decision, "code": screening.blind_code, "clause": screening.clause},
        detail={"reason": screening.reason},
    )
    return screening


def _next_code(edition: Edition, entry: Entry) -> str:
    """III-IN-042: the next number of the entry's category, given under a lock so that no two are alike."""
    session.execute(select(func.pg_advisory_xact_lock(_CODES, edition.id % 2**31)))
    category = session.get_one(Category, entry.category_id)
    stem = f"{edition.ordinal_words}-{category.code}-"
    given = session.scalar(
        select(func.count()).where(Screening.edition_id == edition.id, Screening.blind_code.startswith(stem))
    )
    return f"{stem}{(given or 0) + 1:03d}"


def _write_to_owner(entry: Entry, *, kind: str, subject: str, body: str, key: str) -> None:
    address = session.scalar(select(User.email).where(User.person_id == entry.owner_id))
    if address is not None:
        post(kind=kind, to_address=address, subject=subject, body=body, dedupe_key=key)
