"""Every certificate in the order in which it is given, with what the desk has written beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from award.ceremony.models import Handover
from award.db import session
from award.editions.models import Edition
from award.results import papers_ceremony
from award.results.models import Certificate


@dataclass(frozen=True)
class Line:
    """A certificate: for whom, what for, and what the desk knows. `version` is 0 while nothing was written."""

    code: str
    recipient: str
    work: str
    prize: str
    here: bool | None = None
    proxy: str = ""
    signed_at: datetime | None = None
    version: int = 0

    @property
    def taken_by(self) -> str:
        """Who signs for it: whoever takes it for who is named, or they themselves."""
        return self.proxy or (self.recipient if self.here else "")


@dataclass(frozen=True)
class Turn:
    """Lượt: the certificates of one level, called together."""

    number: int
    level: str
    lines: tuple[Line, ...]


def turns(edition: Edition) -> list[Turn]:
    """The running order: what stands beside the ladder first, then the ladder from its foot up."""
    written = _written(edition.id)
    return [
        Turn(
            number,
            level.name,
            tuple(
                _line(each.code, each.recipient, each.work, each.prize, written)
                for each in given
                if each.code in written
            ),
        )
        for number, (level, given) in enumerate(papers_ceremony.handed_out(edition), start=1)
    ]


def lines(edition: Edition) -> list[Line]:
    """All of them, turn by turn."""
    return [line for turn in turns(edition) for line in turn.lines]


def certificates(edition_id: int, codes: Sequence[str]) -> dict[str, int]:
    """Code → number of the certificate, of those that stand."""
    found = select(Certificate.code, Certificate.id).where(
        Certificate.edition_id == edition_id, Certificate.code.in_(codes), Certificate.state == "valid"
    )
    return dict(session.execute(found).tuples().all())


def handovers(certificate_ids: Sequence[int]) -> dict[int, Handover]:
    """What is written beside them, locked until the commit."""
    found = select(Handover).where(Handover.certificate_id.in_(certificate_ids)).with_for_update()
    return {each.certificate_id: each for each in session.scalars(found.execution_options(populate_existing=True))}


def _written(edition_id: int) -> Mapping[str, Handover | None]:
    found = (
        select(Certificate.code, Handover)
        .outerjoin(Handover, Handover.certificate_id == Certificate.id)
        .where(Certificate.edition_id == edition_id, Certificate.state == "valid")
    )
    return dict(session.execute(found).tuples().all())


def _line(code: str, recipient: str, work: str, prize: str, written: Mapping[str, Handover | None]) -> Line:
    known = written[code]
    if known is None:
        return Line(code, recipient, work, prize)
    return Line(code, recipient, work, prize, known.here, known.proxy, known.signed_at, known.version)
