"""What the page of a sheet on paper shows: its scan and the own keying for who is bound, its state for the others."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _

from award.dates import day
from award.db import session
from award.editions.models import Round
from award.editions.permissions import Capacity
from award.files.codes import codes_in
from award.files.models import File
from award.files.reading import readings
from award.people.models import Person
from judging.scoring import brought, keying, pages
from judging.scoring.brought import ToJudge
from judging.scoring.contents import level_words, scale_of
from judging.scoring.forms import KeyForm, Typed, keyed
from judging.scoring.models import Keying, PaperSheet
from judging.scoring.permissions import can_key, can_send_paper, can_take_up, is_asked
from judging.scoring.queries import look_at, own_sheet


def keying_shown(
    by: Capacity, round_: Round, one: ToJudge, form: KeyForm | None, given: Typed | None
) -> dict[str, Any]:
    """The paper as `by` may see it. `form` and `given` are what was typed and came back, None on a first look."""
    latest = brought.papers_of([one.assignment.id]).get(one.assignment.id)
    waits = latest if latest is not None and latest.taken_at is None else None
    kept = own_sheet(one.seat.id, one.assignment.id)
    look = look_at(kept)
    asked = is_asked(round_, kept, look)
    own = _own(waits, by)
    bound = own is not None and bool(can_key(by))
    scan = session.get(File, waits.scan_id) if waits is not None and bound else None
    ready = scan is not None and scan.state == "ready"
    given = given or keyed(own, round_)
    return {
        "paper": waits,
        "people": _names(waits),
        "state_words": pages.paper_words(latest, kept.state if kept else "", asked=asked),
        "asked": asked,
        "bound": bound,
        "own": own,
        "scan": scan,
        "ready": ready,
        "seen": list(readings({scan.id: scan.name}).values()) if scan is not None and ready else [],
        "apart": apart(waits, round_, keying.differences(waits)) if waits is not None and bound else [],
        "form": form or KeyForm(None, signed_on=own.signed_on if own else None, reason=own.reason if own else None),
        "criteria": pages.criteria_shown(round_, given),
        "faults": given.errors,
        "given": given,
        "may_send": can_send_paper(by, waits),
        "may_take_up": bool(waits is not None and can_take_up(by, waits)),
        "takes": keying.takes(one.assignment, round_, one.seat, kept, look),
    }


def codes_of(waits: PaperSheet | None, by: Capacity) -> list[str]:
    """What the codes on the scan say, for who is bound by it; nothing once they have said whose sheet it is."""
    if waits is None or waits.scan_id is None or waits.read_from_scan or _own(waits, by) is None:
        return []
    return codes_in(waits.scan_id, most_pages=keying.MOST_PAGES)


def _own(waits: PaperSheet | None, by: Capacity) -> Keying | None:
    return next((each for each in (waits.keyings if waits else ()) if each.person_id == by.person_id), None)


def _names(waits: PaperSheet | None) -> list[str]:
    """Who is bound by the paper, the first to key it first."""
    return [session.get_one(Person, each.person_id).legal_name for each in (waits.keyings if waits else ())]


def apart(paper: PaperSheet, round_: Round, differ: Collection[int | str]) -> list[str]:
    """What two persons have keyed differently, in words, for these two alone."""
    if not differ:
        return []
    one, other = paper.keyings
    said = [
        _(
            "Hai lần nhập khác nhau ở tiêu chí %(name)s (%(one)s và %(other)s). Đề nghị đối chiếu phiếu giấy.",
            name=criterion.name,
            one=scale_of(round_, criterion).words(one.steps[criterion.id]),
            other=scale_of(round_, criterion).words(other.steps[criterion.id]),
        )
        for criterion in round_.criteria
        if criterion.id in differ
    ]
    if "level" in differ:
        said.append(
            _(
                "Hai lần nhập khác nhau ở mức giải đề nghị (%(one)s và %(other)s). Đề nghị đối chiếu phiếu giấy.",
                one=level_words(round_, one.level),
                other=level_words(round_, other.level),
            )
        )
    if "signed_on" in differ and one.signed_on is not None and other.signed_on is not None:
        said.append(
            _(
                "Hai lần nhập khác nhau ở ngày ký (%(one)s và %(other)s). Đề nghị đối chiếu phiếu giấy.",
                one=day(one.signed_on),
                other=day(other.signed_on),
            )
        )
    if "reason" in differ:
        said.append(
            _(
                "Hai lần nhập khác nhau ở lý do (“%(one)s” và “%(other)s”). Đề nghị đối chiếu phiếu giấy.",
                one=one.reason or "–",
                other=other.reason or "–",
            )
        )
    return said


def keyed_words(paper: PaperSheet, differ: Collection[int | str]) -> tuple[str, str]:
    """What the keyer is told after keying, and how it is marked."""
    if paper.taken_at is not None:
        return _("Hai lần nhập giống nhau. Đã ghi nhận phiếu chấm của thành viên."), "ok"
    if differ:
        return _("Hai lần nhập khác nhau. Đề nghị cả hai người đối chiếu phiếu giấy."), "warn"
    return _("Đã lưu lần nhập. Chờ người nhập thứ hai."), "ok"
