"""Extending the time for entries: proposed with its decision by one person, in force when another confirms."""

from flask_babel import lazy_gettext as _

from award.clock import now
from award.db import session
from award.editions import countersigns, deadlines
from award.editions.extensions import ACT, Extension
from award.editions.models import Countersign, Edition
from award.editions.operations.inviting import hold_invitations
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_extend
from award.editions.queries import waiting_countersign
from award.log.operations import record
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require


def propose_extension(*, by: Capacity, edition: Edition, extension: Extension) -> Countersign:
    """The extension waits for its second person; until then the deadline is what it was.

    Raises Refused `until` when it would not be later than the deadline and than now, `confirmation` when newsrooms
    would have to confirm before works have come in, and `waiting` when another extension waits.
    """
    lock(edition)
    require(can_extend(by, edition))
    _require_later(edition, extension)
    if waiting_countersign(edition.id, ACT, edition.public_id) is not None:
        raise Refused(Verdict("waiting", str(_("Đã có một đề nghị gia hạn đang chờ xác nhận."))))
    kept = Extension(
        before=extension.before,
        until=extension.until,
        paper=one_line(extension.paper),
        decided_on=extension.decided_on,
        reason=canonical(extension.reason),
        confirmation=extension.confirmation,
    )
    return countersigns.propose(by=by, edition=edition, act=ACT, subject=edition.public_id, terms=kept.terms)


def confirm_extension(*, by: Capacity, edition: Edition, proposal: Countersign) -> Extension:
    """The new deadline holds for everybody from this commit on; what it was stays in the history."""
    lock(edition)
    require(can_extend(by, edition, second=True))
    extension = Extension.of(proposal.terms)
    _require_later(edition, extension)
    countersigns.confirm(by=by, edition=edition, proposal=proposal)
    before = edition.deadline_at
    until, confirmation = extension.until, extension.confirmation
    edition.deadline_day, edition.deadline_at = until.last_day, until.instant
    edition.deadline_words = until.wording
    if confirmation is not None:
        edition.confirmation_day, edition.confirmation_at = confirmation.last_day, confirmation.instant
        edition.confirmation_words = confirmation.wording
    session.flush()
    hold_invitations(edition)
    record(
        "edition.extended",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=edition,
        facts={"from": before.isoformat() if before else None, "to": until.instant.isoformat(), "act": proposal.id},
        detail={"paper": extension.paper, "reason": extension.reason},
    )
    return extension


def _require_later(edition: Edition, extension: Extension) -> None:
    end, until = edition.deadline_at, extension.until.instant
    if end is None or until <= end or until <= now():
        raise Refused(Verdict("until", str(_("Thời hạn mới phải sau thời hạn hiện nay và sau lúc này."))))
    confirmation = extension.confirmation.instant if extension.confirmation else edition.confirmation_at
    if confirmation is not None and confirmation < until:
        raise Refused(
            Verdict(
                "confirmation",
                str(
                    _(
                        "Thời hạn xác nhận của cơ quan báo chí (%(until)s) phải dời theo.",
                        until=deadlines.said(extension.confirmation or _standing(edition)),
                    )
                ),
            )
        )


def _standing(edition: Edition) -> deadlines.Deadline:
    standing = deadlines.confirmation(edition)
    assert standing is not None
    return standing
