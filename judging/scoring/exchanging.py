"""Judges of a work whose sheets lie apart write to each other, from when who moderates opens it until it is ended."""

import secrets

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.log.operations import record
from award.text import canonical
from award.verdicts import Refused, Verdict
from judging.scoring.contents import commitment
from judging.scoring.exchanges import numbers
from judging.scoring.models import Exchange, ExchangeRemark

LONGEST = 2000


def begin(*, by: Capacity, edition: Edition, round: Round, panel_id: int, entry_id: int, named: bool) -> Exchange:
    """The judges of the work may write to each other.

    The caller holds the frozen round, and has found sheets on the work that lie apart and were not answered for.
    """
    assert by.person_id is not None
    opened = Exchange(
        round_id=round.id,
        panel_id=panel_id,
        entry_id=entry_id,
        named=named,
        opened_by_id=by.person_id,
        opened_at=now(),
    )
    session.add(opened)
    session.flush()
    _record("exchange.opened", by, edition, opened)
    return opened


def speak(*, by: Capacity, edition: Edition, exchange: Exchange, words: str, moderates: bool) -> ExchangeRemark:
    """The words stand in the exchange, under the number of the judge; under none for who only moderates.

    Raises Refused for nothing or too much, for who takes no part, and after the end.
    """
    _held(exchange)
    assert by.person_id is not None
    number = numbers(exchange.panel_id, exchange.entry_id).get(by.person_id, 0)
    if not number and not moderates:
        raise Refused(Verdict("not_yours", _("Chỉ thành viên đã chấm tác phẩm này và người điều hành trao đổi.")))
    words = canonical(words)
    if not words:
        raise Refused(Verdict("words", _("Chưa ghi ý kiến.")))
    if len(words) > LONGEST:
        raise Refused(Verdict("long", _("Ý kiến dài nhất %(n)s ký tự.", n=LONGEST)))
    nonce = secrets.token_bytes(32)
    content: dict[str, object] = {"exchange": exchange.public_id, "number": number, "words": words}
    remark = ExchangeRemark(
        exchange_id=exchange.id,
        person_id=by.person_id,
        number=number,
        words=words,
        written_at=now(),
        nonce=nonce,
        commitment=commitment(nonce, content),
    )
    session.add(remark)
    session.flush()
    _record("exchange.remark_written", by, edition, exchange, commitment=remark.commitment)
    return remark


def end(*, by: Capacity, edition: Edition, exchange: Exchange) -> None:
    """Nothing more is written, and the sheets that were asked about may be answered. Refused where it ended before."""
    _held(exchange)
    exchange.ended_by_id, exchange.ended_at = by.person_id, now()
    session.flush()
    _record("exchange.ended", by, edition, exchange)


def _held(exchange: Exchange) -> None:
    session.refresh(exchange, with_for_update=True)
    if exchange.ended_at is not None:
        raise Refused(Verdict("ended", _("Trao đổi này đã kết thúc.")))


def _record(kind: str, by: Capacity, edition: Edition, exchange: Exchange, **more: str) -> None:
    facts: dict[str, int | str | None] = {
        "round": exchange.round_id,
        "panel": exchange.panel_id,
        "entry": exchange.entry_id,
        **more,
    }
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=exchange, facts=facts)
