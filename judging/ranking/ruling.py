"""What people do about works that no figure parts: the chair decides in writing, or a lot is announced and drawn.

Each only where the rules of the edition name the step, and only about works that every earlier step left equal: a
ballot that the rules name and that can still be held comes first.
"""

import hashlib
from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.rulebook import tie_steps
from award.features import installed
from award.log.operations import record
from award.screening.queries import blind_codes
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require
from judging.panels.queries import ties_between
from judging.ranking import permissions
from judging.ranking.models import TieRuling
from judging.ranking.queries import use_of
from judging.ranking.standing import stood
from judging.ranking.ties import lot


def decide(*, by: Capacity, edition: Edition, judged: Round, works: Sequence[int], reason: str) -> TieRuling:
    """The equal works stand in this order, by the chair's decision, for this reason.

    Raises Refused where the rules do not name the step, for works that are not a whole group of equal ones, without a
    reason, and when `by` has to do with one of them.
    """
    _open_to(by, edition, judged, "decision", works)
    if not canonical(reason):
        raise Refused(Verdict("no_reason", _("Cần ghi lý do.")))
    ruling = _made(by, judged, "decision", works, reason=canonical(reason))
    facts: dict[str, int | str | None] = {"round": judged.id, "entries": _listed(works)}
    record(
        "tie.decided",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=ruling,
        facts=facts,
        detail={"reason": reason},
    )
    return ruling


def announce_lot(*, by: Capacity, edition: Edition, judged: Round, works: Sequence[int], source: str) -> TieRuling:
    """A lot over these equal works will be drawn from numbers that do not exist yet; `source` says whence and when.

    Raises Refused as `decide` does, and while a lot over one of them waits.
    """
    _open_to(by, edition, judged, "lot", works)
    if not one_line(source):
        raise Refused(Verdict("no_source", _("Cần ghi lấy số công khai nào, ngày nào.")))
    pending = select(TieRuling).where(
        TieRuling.round_id == judged.id, TieRuling.kind == "lot", TieRuling.drawn_at.is_(None)
    )
    if any(set(each.works) & set(works) for each in session.scalars(pending)):
        raise Refused(Verdict("announced", _("Việc rút thăm các tác phẩm này đã được thông báo.")))
    ruling = _made(by, judged, "lot", sorted(works), source=one_line(source))
    told = hashlib.sha256(ruling.source.encode()).hexdigest()
    facts: dict[str, int | str | None] = {"round": judged.id, "entries": _listed(ruling.works), "source_sha256": told}
    record(
        "lot.announced",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=ruling,
        facts=facts,
        detail={"source": ruling.source},
    )
    return ruling


def draw_lot(*, by: Capacity, edition: Edition, judged: Round, ruling: TieRuling, numbers: str) -> TieRuling:
    """The lot that was announced is drawn by these public numbers; anybody gets the same order from key and codes.

    Raises Refused for one that was drawn already, without numbers, and as `decide` does.
    """
    lock(edition)
    session.refresh(ruling, with_for_update=True)
    if ruling.round_id != judged.id or ruling.kind != "lot" or ruling.drawn_at is not None:
        raise Refused(Verdict("drawn", _("Lần rút thăm này đã có kết quả.")))
    _open_to(by, edition, judged, "lot", ruling.works)
    if not one_line(numbers):
        raise Refused(Verdict("no_numbers", _("Cần ghi dãy số công khai.")))
    codes = blind_codes(ruling.works)
    by_code = {code: entry for entry, code in codes.items()}
    ruling.key = f"{edition.slug}/{judged.public_id}/{one_line(numbers)}/"
    ruling.works = [by_code[code] for code in lot(ruling.key, list(by_code))]
    ruling.drawn_at = now()
    session.flush()
    record(
        "lot.drawn",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=ruling,
        facts={"round": judged.id, "entries": _listed(ruling.works), "key": ruling.key},
    )
    return ruling


def what_comes_first(judged: Round, works: Collection[int]) -> Verdict | None:
    """What another room wants done about these equal works before anybody rules; None when nothing stands before it."""
    asked = (room.against_ruling for room in installed() if room.against_ruling is not None)
    return next((verdict for against in asked if (verdict := against(judged.id, works)) is not None), None)


def _open_to(by: Capacity, edition: Edition, judged: Round, step: str, works: Sequence[int]) -> None:
    lock(edition)
    require(permissions.can_rule(by, judged, used=use_of(judged).followed))
    if step not in tie_steps(judged):
        raise Refused(Verdict("not_named", _("Quy chế không quy định bước này khi bằng điểm.")))
    ranks = {each.entry_id: (each.panel_id, each.rank) for each in stood(judged)}
    shared = {ranks.get(entry) for entry in works}
    whole = {entry for entry, rank in ranks.items() if rank in shared and rank[1] is not None}
    if len(works) < 2 or len(shared) != 1 or set(works) != whole or len(set(works)) != len(works):
        raise Refused(Verdict("not_equal", _("Các tác phẩm này không còn bằng nhau. Đề nghị tải lại trang.")))
    if (verdict := what_comes_first(judged, works)) is not None:
        raise Refused(verdict)
    assert by.person_id is not None
    if ties_between(edition, [by.person_id], works):
        raise Refused(
            Verdict("kept_from", _("Đồng chí có liên quan đến tác phẩm này. Việc này do người khác thực hiện."))
        )


def _made(
    by: Capacity, judged: Round, kind: str, works: Sequence[int], *, reason: str = "", source: str = ""
) -> TieRuling:
    assert by.person_id is not None
    ruling = TieRuling(
        round_id=judged.id,
        kind=kind,
        works=list(works),
        reason=reason,
        source=source,
        made_by_id=by.person_id,
        made_at=now(),
    )
    session.add(ruling)
    session.flush()
    return ruling


def _listed(works: Sequence[int]) -> str:
    return ",".join(map(str, works))
