"""What a round still lacks, in numbers that two persons confirm and in words that they read."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from judging.ranking.minimum import Minimum
from judging.scoring.progress import NOTHING, Progress, StillOpen


@dataclass(frozen=True)
class Shortfall:
    """Sheets not sent, by how many people, and works with too few: (have, need, how many such works)."""

    missing: int
    people: int
    thin: tuple[tuple[int, int, int], ...]
    open: StillOpen = NOTHING
    """What a frozen round waits for; the sheets of readers asked for later are among the missing, too."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.thin or self.open.looks)

    @property
    def sentence(self) -> str:
        """còn 3 phiếu chưa gửi (2 thành viên); 1 tác phẩm mới có 2/3 phiếu; 1 đề nghị xem lại chưa trả lời."""
        parts = []
        if self.missing:
            parts.append(_("còn %(n)s phiếu chưa gửi (%(people)s thành viên)", n=self.missing, people=self.people))
        if self.open.readings:
            parts.append(_("trong đó %(n)s phiếu chấm bổ sung", n=self.open.readings))
        if self.open.looks:
            parts.append(_("còn %(n)s đề nghị xem lại chưa trả lời", n=self.open.looks))
        parts += [
            _("%(works)s tác phẩm mới có %(given)s/%(needed)s phiếu", works=works, given=given, needed=needed)
            for given, needed, works in self.thin
        ]
        return "; ".join(str(part) for part in parts)

    @property
    def terms(self) -> dict[str, Any]:
        """What the second person confirms, whatever language either of the two reads."""
        return {
            "missing": self.missing,
            "people": self.people,
            "thin": [list(each) for each in self.thin],
            **{name: count for name, count in self.open._asdict().items() if count},
        }


def shortfall(found: Progress, minimum: Minimum, open_: StillOpen = NOTHING) -> Shortfall:
    """What is lacking when every work needs as many sheets as that."""
    needs = [(work.finished, minimum.of(work.assigned)) for work in found.works]
    thin = Counter(each for each in needs if each[0] < each[1])
    return Shortfall(
        missing=found.assigned - found.finished,
        people=len({seat.person_id for seat in found.seats if seat.finished < seat.assigned}),
        thin=tuple((*each, works) for each, works in sorted(thin.items(), reverse=True)),
        open=open_,
    )
