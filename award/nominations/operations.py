"""Choosing what goes to the national award, in which order, and asking for its dossier."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from award import jobs
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import national_edition
from award.entries.models import Entry
from award.log.operations import record
from award.nominations import national as rules
from award.nominations import permissions, queries
from award.nominations.models import Dossier, Nomination
from award.nominations.resolution import Resolution
from award.verdicts import Refused, Verdict, require
from uploads.storage import new_key

ROOM = "dossiers"


def choose(*, by: Capacity, edition: Edition, entry: Entry, reason: str = "") -> Nomination:
    """The work is on the list, at its end, with what the national rules say of it today.

    Raises Refused when the list is full, the work is no candidate, or the rules bar it and no reason is given.
    """
    lock(edition)
    national = national_edition(edition.id)
    require(permissions.can_choose(by, national))
    assert national is not None
    assert by.person_id is not None
    judged = queries.last_ranked_round(edition.id)
    work = queries.work_of(edition.id, judged, entry.id)
    if work is None:
        raise Refused(Verdict("no_candidate", _("Tác phẩm chưa được xếp hạng và chưa được đề nghị giải.")))
    listed = queries.chosen(edition.id, judged, national)
    if any(each.work.entry.id == entry.id for each in listed):
        raise Refused(Verdict("chosen", _("Tác phẩm đã có trong danh sách gửi dự.")))
    said = queries.rules_of(national)
    full = rules.over_quota(said, len(listed) + 1)
    if full is not None:
        raise Refused(Verdict(full.code, full.sentence))
    found = rules.findings(work.facts, said, [each.work.facts for each in listed])
    barring = {each.code for each in found if each.bars}
    if barring - rules.CONSENTS and not reason:
        raise Refused(Verdict("reason", _("Quy định của giải Trung ương không nhận tác phẩm này: cần ghi lý do.")))
    if barring and not reason:
        needed = _("Tác giả chưa đồng ý gửi dự: đề nghị tác giả đồng ý, hoặc ghi văn bản đồng ý vào lý do.")
        raise Refused(Verdict("consent", needed))
    chosen = Nomination(
        edition_id=edition.id,
        entry_id=entry.id,
        ordinal=len(listed) + 1,
        reason=reason,
        findings={each.code: each.sentence for each in found},
        chosen_by_id=by.person_id,
    )
    session.add(chosen)
    session.flush()
    _log("nomination.chosen", by, edition, chosen, entry=entry.id)
    return chosen


def drop(*, by: Capacity, edition: Edition, nomination: Nomination) -> None:
    """The work is no longer on the list; those after it move up."""
    lock(edition)
    require(permissions.can_drop(by, national_edition(edition.id), nomination.state))
    _log("nomination.dropped", by, edition, nomination, entry=nomination.entry_id)
    session.delete(nomination)
    session.flush()
    _number([each for each in queries.nominations(edition.id) if each.id != nomination.id])


def move(*, by: Capacity, edition: Edition, nomination: Nomination, up: bool) -> None:
    """The work has changed places with its neighbour; the first stays first, the last stays last."""
    lock(edition)
    require(permissions.can_choose(by, national_edition(edition.id)))
    listed = list(queries.nominations(edition.id))
    place = listed.index(nomination)
    other = place - 1 if up else place + 1
    if 0 <= other < len(listed):
        listed[place], listed[other] = listed[other], listed[place]
    _number(listed)
    _log("nomination.moved", by, edition, nomination, to=nomination.ordinal)


def ask_dossier(
    *,
    by: Capacity,
    edition: Edition,
    letter_number: str = "",
    letter_day: date | None = None,
    resolution: Resolution | None = None,
) -> Dossier:
    """A dossier of the list as it stands when it is built; a job builds it after the commit.

    `resolution`: the paper by which the works were chosen, as far as anybody wrote one.
    """
    require(permissions.can_build(by, national_edition(edition.id), queries.count_chosen(edition.id)))
    require(permissions.all_complete(queries.count_completing(edition.id)))
    assert by.person_id is not None
    asked = Dossier(
        edition_id=edition.id,
        letter_number=letter_number,
        letter_day=letter_day,
        key=new_key(ROOM),
        asked_by_id=by.person_id,
    )
    if resolution is not None:
        asked.resolution_number, asked.resolution_day = resolution.number, resolution.day
        asked.resolution_body = resolution.body
    session.add(asked)
    session.flush()
    record("dossier.asked", actor_id=by.person_id, award_id=edition.award_id, subject=asked)
    defer_build(dossier=asked)
    return asked


def ask_whole(*, by: Capacity, edition: Edition) -> Dossier:
    """The same of every work the edition received, with its set-up."""
    require(permissions.can_pack(by, edition, queries.count_received(edition.id)))
    assert by.person_id is not None
    asked = Dossier(edition_id=edition.id, whole=True, key=new_key(ROOM), asked_by_id=by.person_id)
    session.add(asked)
    session.flush()
    record("edition.packed", actor_id=by.person_id, award_id=edition.award_id, subject=asked)
    defer_build(dossier=asked)
    return asked


def defer_build(*, dossier: Dossier) -> None:
    """A worker builds it after the commit. While one is asked to, a second is not."""
    jobs.defer("nominations.build", at_most_one=f"nominations.build:{dossier.id}", dossier_id=dossier.id)


def mark_ready(*, dossier_id: int, size: int, sha256: str, files: int, fingerprint: str) -> None:
    """The dossier stands whole in the store, signed by the key of this fingerprint.

    One that was ended while it was being built stays ended, and what was put into the store goes again.
    """
    found = select(Dossier).where(Dossier.id == dossier_id).with_for_update()
    dossier = session.scalars(found.execution_options(populate_existing=True)).one()
    if dossier.state != "building":
        if dossier.state != "ready":
            jobs.defer("files.erase", keys=[dossier.key], unfinished=[])
        return
    dossier.state, dossier.size, dossier.sha256, dossier.files = "ready", size, sha256, files
    dossier.fingerprint, dossier.built_at, dossier.fault = fingerprint, now(), ""
    session.flush()
    award_id = session.get_one(Edition, dossier.edition_id).award_id
    facts: dict[str, int | str | None] = {"size": size, "sha256": sha256, "files": files, "key": fingerprint}
    record("dossier.built", actor_id=None, award_id=award_id, subject=dossier, facts=facts)


def mark_failed(*, dossier_id: int, sentence: str) -> None:
    """The dossier is not made, and the page says why."""
    dossier = session.get_one(Dossier, dossier_id)
    dossier.state, dossier.fault = "failed", sentence
    session.flush()
    award_id = session.get_one(Edition, dossier.edition_id).award_id
    record("dossier.failed", actor_id=None, award_id=award_id, subject=dossier)


def _number(listed: list[Nomination]) -> None:
    for ordinal, each in enumerate(listed, start=1):
        each.ordinal = ordinal
    session.flush()


def _log(kind: str, by: Capacity, edition: Edition, subject: Nomination, **facts: int) -> None:
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=subject, facts={**facts})
