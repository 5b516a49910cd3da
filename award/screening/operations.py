"""Deciding on one dossier, and taking a work out of judging. `asking` asks for more; `together` decides on many."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select

from award.clock import now
from award.db import session
from award.editions import countersigns
from award.editions.models import Category, Countersign, Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import waiting_countersign
from award.entries import mending
from award.entries.models import Entry
from award.entries.queries import facts_of, leave_of, rule_book
from award.log.operations import record
from award.rules.eligibility import Finding, findings
from award.screening import letters, permissions, queries, refusals
from award.screening.filters import QueueFilter
from award.screening.models import QueueView, RuleVerdict, SavedFilter, Screening, ScreeningAct
from award.screening.rulings import Ruling, Said, against, grounds, rulings
from award.verdicts import Refused, Verdict, require

_CODES = 0x626C64  # advisory lock: blind codes of an edition are given one at a time


def decide(
    *,
    by: Capacity,
    edition: Edition,
    entry: Entry,
    decision: str,
    reason: str = "",
    clause: str = "",
    said: Sequence[Said] | None = None,
    seen: str = "",
) -> Screening:
    """The entry is eligible, or not eligible for `reason` under `clause`; what is left blank the unmet rules say.

    `said` is what a person says of single rules; None leaves what was said before. The automatic findings are kept as
    they stood. The first time it is eligible it gets its blind code, which it keeps whatever is decided later. Nobody
    is told before the list of works not eligible is approved. With `seen` (`seen_of` when the page was made) nobody
    decides on something that has changed since.
    """
    screening = locked(edition, entry)
    _require_unchanged(entry, screening, seen)
    found = findings(facts_of(entry, edition), rule_book(edition))
    act = Act(by, edition, decision)
    act.decide(entry, screening, found, reason, clause, said)
    act.keep()
    return screening


def choose_columns(*, person_id: int, keys: Sequence[str]) -> None:
    """The person sees these columns in every queue from now on."""
    stored = session.get(QueueView, person_id)
    if stored is None:
        stored = QueueView(person_id=person_id, columns=[])
        session.add(stored)
    stored.columns = list(keys)
    session.flush()


def save_filter(*, person_id: int, edition: Edition, name: str, wanted: QueueFilter) -> SavedFilter:
    """The person finds this filter above the edition's queue, in place of an earlier one of the same name."""
    saved = queries.saved_filters(edition.id, person_id)
    earlier = next((each for each in saved if each.name == name), None)
    require(permissions.can_save_filter(wanted, len(saved) - (earlier is not None)))
    kept = earlier or SavedFilter(edition_id=edition.id, person_id=person_id, name=name)
    kept.asked = dict(wanted.asked)
    session.add(kept)
    session.flush()
    return kept


def drop_filter(kept: SavedFilter) -> None:
    """It stands above the queue no longer."""
    session.delete(kept)
    session.flush()


def seen_of(entry: Entry, screening: Screening | None) -> str:
    """What a page carries, so that a decision made on it is refused when something changed meanwhile."""
    return f"{entry.version}.{screening.version if screening else 0}"


def propose_exclusion(*, by: Capacity, edition: Edition, entry: Entry, reason: str, clause: str) -> Countersign:
    """Taking an eligible work out of judging waits for its second person."""
    lock(edition)
    screening = locked(edition, entry)
    require(permissions.can_exclude(by, edition, entry, was=screening.decision))
    if not (reason.strip() and clause.strip()):
        raise Refused(Verdict("reason", _("Cần ghi lý do và điều khoản của Thể lệ.")))
    terms = {"reason": reason.strip(), "clause": clause.strip()}
    return countersigns.propose(by=by, edition=edition, act="exclude_entry", subject=entry.public_id, terms=terms)


def confirm_exclusion(*, by: Capacity, edition: Edition, entry: Entry) -> Screening:
    """The work is out of judging, by two persons. Raises Refused once judging is over: the paper then decides."""
    lock(edition)
    screening = locked(edition, entry)
    waiting = _waiting(edition, entry)
    countersigns.confirm(by=by, edition=edition, proposal=waiting)
    require(permissions.may_leave(edition, entry, was=screening.decision))
    found = findings(facts_of(entry, edition), rule_book(edition))
    act = Act(by, edition, "ineligible")
    return act.settle(entry, screening, found, waiting.terms["reason"], waiting.terms["clause"], None)


def withdraw_exclusion(*, by: Capacity, edition: Edition, entry: Entry) -> None:
    """The work stays in judging; its exclusion no longer waits."""
    lock(edition)
    locked(edition, entry)
    waiting = _waiting(edition, entry)
    require(permissions.can_withdraw(by, waiting))
    countersigns.withdraw(by=by, edition=edition, proposal=waiting)


def approve_ineligible(*, by: Capacity, edition: Edition, seen: str) -> Sequence[Entry]:
    """The list of works not eligible is approved as it was `seen` (`refusals.seen_list` when the page was made), and
    every owner is told, once for each decision. Raises Refused where it is another list by now."""
    require(permissions.can_approve(by))
    lock(edition)
    if seen != refusals.seen_list(edition.id):
        raise Refused(Verdict("changed", _("Danh sách vừa thay đổi. Đề nghị xem lại rồi phê duyệt.")))
    listed = session.execute(refusals.ineligible(edition.id)).tuples().all()
    for entry, screening in listed:
        if screening.told_at is None:
            screening.told_at = now()
            session.flush()
            letters.not_eligible(entry, screening)
    record(
        "screening.list_approved",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=edition,
        facts={"works": len(listed), "codes": " ".join(entry.code or "" for entry, _screening in listed), "list": seen},
    )
    return [entry for entry, _screening in listed]


def locked(edition: Edition, entry: Entry) -> Screening:
    """The entry's row of screening, made if it is the first touch; nobody else decides on it until the commit.

    The edition is shared by all who screen and moves on only after them; both states are read anew.
    """
    session.refresh(edition, ["state", "version"], with_for_update={"read": True})
    session.refresh(entry, ["state", "version"], with_for_update=True)
    return row_of(entry)


_ROW_OF = select(Screening).where(Screening.entry_id == bindparam("entry_id")).execution_options(populate_existing=True)


def row_of(entry: Entry) -> Screening:
    """The entry's row of screening as it stands, made when there is none. The caller holds the entry."""
    screening = session.scalar(_ROW_OF, {"entry_id": entry.id})
    if screening is None:
        screening = Screening(entry_id=entry.id, edition_id=entry.edition_id, decision="pending")
        session.add(screening)
        session.flush()
    return screening


class Act:
    """One act of deciding: settles entries, and keeps what stood before for whoever takes it back."""

    def __init__(self, by: Capacity, edition: Edition, decision: str) -> None:
        self.by, self.edition, self.decision = by, edition, decision
        self.before: dict[str, Any] = {}
        self._rows: dict[str, Screening] = {}

    def decide(
        self,
        entry: Entry,
        screening: Screening,
        found: Sequence[Finding],
        reason: str,
        clause: str,
        said: Sequence[Said] | None,
    ) -> None:
        """The entry is decided on, with what is left blank taken from the unmet rules. Raises Refused why it is not."""
        asked, was = leave_of(entry).asked, screening.decision
        may = permissions.can_decide(self.by, self.edition, entry, was=was, to=self.decision, asked=asked, now=now())
        require(may)
        listed = rulings(found, queries.said_of(screening) if said is None else said)
        reason, clause = _reasoned(listed, was, self.decision, reason.strip(), clause.strip())
        self.settle(entry, screening, found, reason, clause, said)
        if mending.end(entry, "decided") and asked is not None and now() < asked.due_at:
            letters.asked_no_more(self.edition, entry, decided=True)

    def settle(
        self,
        entry: Entry,
        screening: Screening,
        found: Sequence[Finding],
        reason: str,
        clause: str,
        said: Sequence[Said] | None,
    ) -> Screening:
        """The decision stands on the entry, with the findings as they are and what people said of the rules."""
        was = screening.decision
        self.remember(entry, screening)
        screening.findings = _kept(found)
        screening.red, screening.amber = count(found)
        if self.decision == "eligible" and screening.blind_code is None:
            screening.blind_code = _next_code(self.edition, entry)
        screening.decision, screening.reason, screening.clause = self.decision, reason.strip(), clause.strip()
        screening.decided_by_id, screening.decided_at = self.by.person_id, now()
        screening.due_at = screening.answered_at = screening.told_at = None
        if said is not None:
            say(screening, said)
        session.flush()
        unmet = " ".join(each.code for each in queries.said_of(screening) if each.verdict == "red")
        record(
            "entry.screened",
            actor_id=self.by.person_id,
            award_id=self.edition.award_id,
            subject=entry,
            facts={
                "from": was,
                "to": self.decision,
                "code": screening.blind_code,
                "clause": screening.clause,
                "rules": unmet,
            },
            detail={"reason": screening.reason},
        )
        return screening

    def remember(self, entry: Entry, screening: Screening) -> None:
        """What stands now is what taking the act back restores."""
        self.before[str(entry.id)] = _standing(screening)
        self._rows[str(entry.id)] = screening

    def forget(self, entry: Entry) -> None:
        """The entry is no part of the act after all."""
        del self.before[str(entry.id)], self._rows[str(entry.id)]

    def keep(self, *, together: bool = False) -> ScreeningAct:
        """The act can be taken back from now on."""
        assert self.by.person_id is not None
        for number, screening in self._rows.items():
            self.before[number]["version"] = screening.version
        kept = ScreeningAct(
            edition_id=self.edition.id,
            by_id=self.by.person_id,
            decision=self.decision,
            before=self.before,
            together=together,
        )
        session.add(kept)
        session.flush()
        return kept


def _reasoned(listed: Sequence[Ruling], was: str, to: str, reason: str, clause: str) -> tuple[str, str]:
    """Reason and clause, from the unmet rules where nothing was written. Raises Refused when one lacks."""
    if to == "ineligible":
        suggested = grounds(listed)
        reason, clause = reason or suggested[0], clause or suggested[1]
        if not (reason and clause):
            raise Refused(Verdict("reason", _("Cần ghi lý do và điều khoản của Thể lệ.")))
    elif against(listed) and not reason:
        sentence = _("Còn quy định chưa đạt: đánh dấu đạt ở quy định đó, hoặc ghi lý do.")
        raise Refused(Verdict("reason", sentence))
    if was not in {"pending", "correction"} and was != to and not reason:
        raise Refused(Verdict("reason", _("Cần ghi lý do thay đổi kết luận.")))
    return reason, clause


def count(found: Iterable[Finding]) -> tuple[int, int]:
    """How many findings speak against the work, and how many ask for another look."""
    verdicts = [each.verdict for each in found]
    return verdicts.count("red"), verdicts.count("amber")


def _kept(found: Sequence[Finding]) -> dict[str, Any]:
    return {
        "findings": [
            {"code": each.code, "verdict": each.verdict, "clause": each.clause, "sentence": str(each.sentence)}
            for each in found
        ]
    }


def _standing(screening: Screening) -> dict[str, Any]:
    """What an act may put back. A request to mend ended with the act, so an entry that was asked is undecided again."""
    return {
        "decision": "pending" if screening.decision == "correction" else screening.decision,
        "reason": "" if screening.decision == "correction" else screening.reason,
        "clause": screening.clause,
        "by": screening.decided_by_id,
        "at": screening.decided_at.isoformat() if screening.decided_at else None,
        "said": [[each.code, each.verdict, each.clause, each.remark] for each in queries.said_of(screening)],
    }


def say(screening: Screening, said: Iterable[Said]) -> None:
    """People have said this of single rules, and nothing else."""
    screening.verdicts = []
    session.flush()
    screening.verdicts = [
        RuleVerdict(code=each.code, verdict=each.verdict, clause=each.clause, remark=each.remark) for each in said
    ]


def _require_unchanged(entry: Entry, screening: Screening, seen: str) -> None:
    if seen in {"", seen_of(entry, screening)} or (seen == f"{entry.version}.0" and screening.decided_at is None):
        return
    raise Refused(Verdict("changed", _("Hồ sơ vừa thay đổi hoặc vừa có người kết luận. Đề nghị xem lại rồi kết luận.")))


def _waiting(edition: Edition, entry: Entry) -> Countersign:
    waiting = waiting_countersign(edition.id, "exclude_entry", entry.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", _("Không có đề nghị nào đang chờ xác nhận.")))
    return waiting


def _next_code(edition: Edition, entry: Entry) -> str:
    """III-IN-042: the next number of the entry's category, given under a lock so that no two are alike."""
    session.execute(select(func.pg_advisory_xact_lock(_CODES, edition.id % 2**31)))
    category = session.get_one(Category, entry.category_id)
    stem = f"{edition.ordinal_words}-{category.code}-"
    given = session.scalar(
        select(func.count()).where(Screening.edition_id == edition.id, Screening.blind_code.startswith(stem))
    )
    return f"{stem}{(given or 0) + 1:03d}"
