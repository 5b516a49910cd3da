"""What stands in a sheet: marks, and the level it proposes where the round asks for one; and what commits to it."""

import hashlib
import secrets
from collections.abc import Mapping

from flask_babel import gettext as _

from award.editions.models import Criterion, Round
from award.editions.prizes import FOR_WORKS
from award.log.operations import canonical_json
from award.verdicts import Refused, Verdict
from judging.panels.models import Assignment, Seat
from judging.scoring.marks import Scale
from judging.scoring.models import Mark, ScoreSheet

NO_LEVEL = "-"
"""What a sheet says that proposes no level: an answer, unlike None. Codes of levels are letters and digits."""

_COMMITMENT = b"press-award/commit/v1\0"


class Incomplete(Exception):
    """Criteria without a mark, or a level that was not said, keep the sheet from being sent."""

    def __init__(self, missing: list[Criterion], *, level: bool = False) -> None:
        super().__init__(len(missing))
        self.missing = missing
        self.level = level


def marks_of(sheet: ScoreSheet) -> dict[int, int]:
    """Steps by criterion."""
    return {mark.criterion_id: mark.steps for mark in sheet.marks}


def scale_of(round_: Round, criterion: Criterion) -> Scale:
    """What the criterion may be given in that round."""
    return Scale.of(scale_max=round_.scale_max, steps_per_point=round_.steps_per_point, weight=criterion.weight)


def levels_of(round_: Round) -> dict[str, str]:
    """What a sheet of the round may propose, code → words, the highest level first; nothing where it asks for none."""
    if not round_.asks_level:
        return {}
    named = {level.code: level.name for level in round_.edition.prize_levels if level.kind in FOR_WORKS}
    return named | {NO_LEVEL: _("Không đề nghị")}


def level_words(round_: Round, level: str | None) -> str:
    """The proposed level as it is read; a dash before anything was said."""
    return "–" if level is None else levels_of(round_).get(level, level)


def within(round_: Round, marks: Mapping[int, int], level: str | None) -> None:
    """Raises Refused for marks that the scale of the round does not know, and for a level that it does not offer."""
    scales = {criterion.id: scale_of(round_, criterion) for criterion in round_.criteria}
    for criterion, steps in marks.items():
        if criterion not in scales or not 0 <= steps <= scales[criterion].most:
            raise Refused(Verdict("out_of_range", _("Điểm ngoài thang điểm của tiêu chí.")))
    if level is not None and level not in levels_of(round_):
        raise Refused(Verdict("level", _("Mức giải không thuộc cơ cấu giải của lần này.")))


def whole(round_: Round, marks: Mapping[int, int], level: str | None) -> None:
    """Raises Incomplete while a criterion has no mark, or no level was said where the round asks for one."""
    missing = [criterion for criterion in round_.criteria if criterion.id not in marks]
    unsaid = round_.asks_level and level is None
    if missing or unsaid:
        raise Incomplete(missing, level=unsaid)


def put_marks(sheet: ScoreSheet, marks: Mapping[int, int]) -> None:
    """The sheet holds exactly these marks."""
    kept = {mark.criterion_id: mark for mark in sheet.marks}
    for criterion, steps in marks.items():
        if criterion in kept:
            kept[criterion].steps = steps
        else:
            sheet.marks.append(Mark(criterion_id=criterion, steps=steps))
    for criterion, mark in kept.items():
        if criterion not in marks:
            sheet.marks.remove(mark)


def sealed_content(
    round_: Round, seat: Seat, assignment: Assignment, marks: Mapping[int, int], level: str | None
) -> dict[str, object]:
    """What a commitment commits to: which seat gave which work how many steps on each criterion, in order.

    A level is part of it where one was asked for. Without, the form is the one it had before levels were proposed.
    """
    content: dict[str, object] = {
        "round": round_.public_id,
        "seat": seat.public_id,
        "assignment": assignment.public_id,
        "marks": [[criterion.ordinal, marks[criterion.id]] for criterion in round_.criteria],
    }
    return content if level is None else content | {"level": level}


def commitment(nonce: bytes, content: dict[str, object]) -> str:
    """SHA-256 over a fixed prefix, the nonce and the canonical content, hex. Without the nonce it tells nothing."""
    return hashlib.sha256(_COMMITMENT + nonce + canonical_json(content)).hexdigest()


def seal(sheet: ScoreSheet, content: dict[str, object]) -> None:
    """The sheet's commitment is to this content, under a nonce of its own."""
    sheet.nonce = secrets.token_bytes(32)
    sheet.commitment = commitment(sheet.nonce, content)
