"""What the page of corrections shows: versions made so far, what waits for its second person, sheets to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award import dates
from award.documents.tables import Column, Sheet
from award.editions.models import Countersign, Edition, Round
from award.editions.papers import invented
from award.editions.permissions import Capacity, can_countersign
from award.editions.queries import waiting_countersign
from award.log.models import Checkpoint, Event
from award.results.queries import decision
from judging.proof import operations, permissions, versions
from judging.proof.acts import ACTS
from judging.proof.versions import Corrected, SheetLine
from judging.ranking.permissions import can_withdraw


def checkpoint_list(edition: Edition, taken: Sequence[tuple[Checkpoint, Event, Edition | None]]) -> Sheet:
    """The checkpoints for people's own programs: which act, when, how many events, their root."""
    columns = [
        Column(_("Việc"), width=32),
        Column(_("Lần"), width=20),
        Column(_("Ngày"), "date", 14),
        Column(_("Thời điểm"), width=14),
        Column(_("Số sự kiện"), "int", 12),
        Column(_("Mã của sổ"), width=68),
    ]
    rows = [
        (
            str(ACTS[act.kind]),
            _("%(n)s - năm %(year)s", n=of.ordinal_words, year=of.year) if of else "",
            act.at,
            dates.time_with_seconds(act.at),
            mark.size,
            mark.root.hex(),
        )
        for mark, act, of in taken
    ]
    return Sheet(_("Các mốc kiểm chứng"), columns, rows, f"{edition.award.name}. {invented(edition)}".strip())


@dataclass(frozen=True)
class CorrectionsShown:
    """`lines`: sheets by key and by commitment, those kept from the reader left out. `choices`: of the code asked for,
    what no correction names yet."""

    made: list[Corrected]
    lines: Mapping[str, SheetLine]
    waiting: Countersign | None
    may_correct: bool
    may_confirm: bool
    may_withdraw: bool
    decided: bool
    code: str
    choices: list[SheetLine]


def corrections_shown(edition: Edition, judged: Round, by: Capacity, *, code: str) -> CorrectionsShown:
    """As `by` may see the corrections of this closed round. `code`: the blind code of a work to choose sheets of."""
    waiting = waiting_countersign(edition.id, operations.ACT, judged.public_id)
    made = versions.corrections_of(judged.id)
    named = [key for one in made for key in one.made.sheets] + (waiting.terms["sheets"] if waiting else [])
    lines = versions.sheet_lines(judged, reader=by.person_id, code=code, keys=named)
    decided = decision(edition.id) is not None
    return CorrectionsShown(
        made=made,
        lines={**{line.key: line for line in lines}, **{line.commitment: line for line in lines}},
        waiting=waiting,
        may_correct=waiting is None and bool(permissions.can_correct(by, judged, decided=decided)),
        may_confirm=waiting is not None and bool(can_countersign(by, waiting)),
        may_withdraw=waiting is not None and bool(can_withdraw(by, waiting)),
        decided=decided,
        code=code,
        choices=[line for line in lines if code and line.code == code and line.commitment not in named],
    )
