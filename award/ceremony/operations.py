"""The deed of the desk: writing beside names who is there, who takes what for whom, and that it was signed for."""

from collections.abc import Sequence
from dataclasses import dataclass

from award.ceremony import permissions, queries
from award.ceremony.models import Handover
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.log.operations import record
from award.results.queries import decision
from award.verdicts import Refused, require


@dataclass(frozen=True)
class Noted:
    """What the desk says of one certificate; `version` is that of the line as it was shown."""

    code: str
    here: bool | None
    proxy: str
    signed: bool
    version: int


def note(*, by: Capacity, edition: Edition, noted: Sequence[Noted]) -> int:
    """Every line that says something else than before stands as it was noted; how many did.

    Refused whole when somebody else has written beside one of them since, or when nobody could have signed.
    """
    lock(edition)
    require(permissions.can_record(by, decision(edition.id)))
    assert by.person_id is not None
    known = {line.code: line for line in queries.lines(edition)}
    if any(each.code not in known for each in noted):
        raise Refused(permissions.gone())
    changed = [each for each in noted if _other(known[each.code], each)]
    overtaken = [known[each.code].recipient for each in changed if known[each.code].version != each.version]
    if overtaken:
        raise Refused(permissions.elsewhere(overtaken))
    numbers = queries.certificates(edition.id, [each.code for each in changed])
    written = queries.handovers(list(numbers.values()))
    for each in changed:
        line = known[each.code]
        if each.signed:
            require(permissions.can_sign(line.recipient, here=each.here, proxy=each.proxy))
        _write(written.get(numbers[each.code]), numbers[each.code], each, by.person_id)
    session.flush()
    if changed:
        signed = sum(each.signed and known[each.code].signed_at is None for each in changed)
        detail = {"lines": [{"code": each.code, "here": each.here, "signed": each.signed} for each in changed]}
        facts: dict[str, int | str | None] = {"lines": len(changed), "signed": signed}
        award_id = edition.award_id
        record("ceremony.noted", actor_id=by.person_id, award_id=award_id, subject=edition, facts=facts, detail=detail)
    return len(changed)


def _other(line: queries.Line, said: Noted) -> bool:
    return (line.here, line.proxy, line.signed_at is not None) != (said.here, said.proxy, said.signed)


def _write(row: Handover | None, certificate_id: int, said: Noted, person_id: int) -> None:
    """The instant of a signature is that of its being noted first; taking it off leaves none."""
    if row is None:
        row = Handover(certificate_id=certificate_id, version=0, recorded_by_id=person_id)
        session.add(row)
    row.here, row.proxy, row.recorded_by_id, row.version = said.here, said.proxy, person_id, row.version + 1
    row.signed_at = (row.signed_at or now()) if said.signed else None
