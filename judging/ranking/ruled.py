"""What a page and the minutes tell of equal works: groups that are left, what was decided, lots with their key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.models import Round
from award.editions.rulebook import tie_steps
from judging.ranking.board import Line, PanelBoard
from judging.ranking.models import TieRuling
from judging.ranking.standing import ruled


@dataclass(frozen=True)
class Ruled:
    """A ruling as it is read: codes in its order; for a lot whence its numbers come, and the key it was drawn by."""

    public_id: str
    kind: str
    codes: tuple[str, ...]
    reason: str
    source: str
    key: str
    at: datetime
    drawn_at: datetime | None

    @property
    def waits(self) -> bool:
        """A lot that was announced and not drawn."""
        return self.kind == "lot" and self.drawn_at is None

    @property
    def sentence(self) -> str:
        """For the minutes."""
        codes = ", ".join(self.codes)
        if self.kind == "decision":
            words = _(
                "Chủ tịch Hội đồng quyết định thứ tự %(codes)s. Lý do: %(reason)s", codes=codes, reason=self.reason
            )
            return str(words).rstrip(" .")
        if self.waits:
            return str(_("Đã thông báo rút thăm %(codes)s theo %(source)s", codes=codes, source=self.source))
        told = {"codes": codes, "source": self.source, "key": self.key}
        return str(_("Rút thăm công khai theo %(source)s, chuỗi khóa %(key)s: thứ tự %(codes)s", **told))


def rulings_told(judged: Round, boards: Sequence[PanelBoard]) -> list[Ruled]:
    """Oldest first; those on a work that is kept from the reader are left out. Nothing is asked where none can be."""
    if not {"decision", "lot"} & set(tie_steps(judged)):
        return []
    codes = {line.entry_id: line.code for board in boards for line in board.lines if not line.kept}
    return [
        Ruled(
            each.public_id,
            each.kind,
            tuple(codes[work] for work in each.works),
            each.reason,
            each.source,
            each.key,
            each.made_at,
            each.drawn_at,
        )
        for each in ruled(judged.id)
        if set(each.works) <= codes.keys()
    ]


def left_equal(board: PanelBoard, *, at_the_cut: bool) -> list[list[Line]]:
    """Works that no step parted; `at_the_cut`: only those that the cut goes through."""
    lines: Mapping[int, Line] = {line.entry_id: line for line in board.lines}
    tied: Collection[int] = board.decided.cut.tied if board.decided else ()
    groups = [group for group in board.equal if not at_the_cut or set(group) & set(tied)]
    return [[lines[entry] for entry in group] for group in groups]


def ruling_at(round_id: int, public_id: str) -> TieRuling | None:
    """A ruling of the round by the id in its address."""
    return session.scalar(select(TieRuling).where(TieRuling.round_id == round_id, TieRuling.public_id == public_id))
