"""What a round still lacks, in numbers that two persons confirm and in words that they read."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from judging.scoring.queries import Progress


@dataclass(frozen=True)
class Shortfall:
    """Sheets not sent, by how many people, and works with too few: sheets they have → how many such works."""

    missing: int
    people: int
    needed: int
    thin: tuple[tuple[int, int], ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.thin)

    @property
    def sentence(self) -> str:
        """còn 3 phiếu chưa gửi (2 thành viên); 1 tác phẩm mới có 2/3 phiếu."""
        parts = []
        if self.missing:
            parts.append(_("còn %(n)s phiếu chưa gửi (%(people)s thành viên)", n=self.missing, people=self.people))
        parts += [
            _("%(works)s tác phẩm mới có %(given)s/%(needed)s phiếu", works=works, given=given, needed=self.needed)
            for given, works in self.thin
        ]
        return "; ".join(str(part) for part in parts)

    @property
    def terms(self) -> dict[str, Any]:
        """What the second person confirms, whatever language either of the two reads."""
        return {
            "missing": self.missing,
            "people": self.people,
            "needed": self.needed,
            "thin": [list(pair) for pair in self.thin],
        }


def shortfall(found: Progress, needed: int) -> Shortfall:
    """What is lacking when every work needs so many sheets."""
    thin = Counter(work.finished for work in found.works if work.finished < needed)
    return Shortfall(
        missing=found.assigned - found.finished,
        people=len({seat.person_id for seat in found.seats if seat.finished < seat.assigned}),
        needed=needed,
        thin=tuple(sorted(thin.items(), reverse=True)),
    )
