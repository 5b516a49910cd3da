"""Who of the council has to do with a work, as its author says it in private and the secretariat decides."""

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.people.models import Person
from award.verdicts import Refused
from judging.panels import claims
from judging.panels.models import Assignment, Conflict, ConflictClaim, Seat
from tests.judging.ranking.halls import Hall, hall
from tests.visitor import Visitor


@pytest.fixture
def of(ctx: Flask) -> Hall:
    with unit_of_work():
        return hall(works=2, judges=3)


def stated(of: Hall, words: str = "Giám khảo là em ruột của nhân vật trong bài.") -> ConflictClaim:
    entry = of.works[0]
    owner = session.get_one(Person, entry.owner_id)
    return claims.state(by=owner, edition=of.edition, entry=entry, words=words)


def uphold(of: Hall, claim: ConflictClaim, *, by: str = "secretary") -> None:
    seat = session.scalars(select(Seat).where(Seat.person_id == of.bench.judges[0].id)).one()
    how = {"seat": seat, "relation": "relative", "reason": "Đã xác minh."}
    claims.uphold(by=of.by(of.lookers[by]), edition=of.edition, claim=claim, **how)


def test_it_proposes_and_the_secretariat_keeps_the_member_away(of: Hall) -> None:
    with unit_of_work():
        claim = stated(of)
    assert session.scalars(select(Conflict)).all() == []
    with unit_of_work():
        uphold(of, claim)
    noted = session.scalars(select(Conflict)).one()
    assert (noted.person_id, noted.entry_id, noted.source, noted.effect) == (
        of.bench.judges[0].id,
        of.works[0].id,
        "found",
        "block",
    )
    assert session.get_one(Assignment, of.assignment(of.bench.judges[0], of.works[0]).id).state == "recused"
    with pytest.raises(Refused, match="answered"), unit_of_work():
        claims.dismiss(by=of.by(of.secretary), edition=of.edition, claim=claim, reason="Đổi ý.")


def test_a_sent_sheet_is_left_to_two_persons(of: Hall) -> None:
    with unit_of_work():
        claim = stated(of)
        of.mark(of.bench.judges[0], of.works[0], (10, 8, 6))
    with pytest.raises(Refused) as caught, unit_of_work():
        uphold(of, claim)
    assert caught.value.verdict.code == "sent"


def test_who_leads_or_judges_decides_nothing_and_a_refusal_has_a_reason(of: Hall, ctx: Flask) -> None:
    with unit_of_work():
        claim = stated(of)
    for name in ("chair", "auditor"):
        with pytest.raises(Refused) as caught, unit_of_work():
            uphold(of, claim, by=name)
        assert caught.value.verdict.code == "role"
    with pytest.raises(Refused) as caught, unit_of_work():
        claims.dismiss(by=of.by(of.secretary), edition=of.edition, claim=claim, reason=" ")
    assert caught.value.verdict.code == "no_reason"
    seat = session.scalars(select(Seat.public_id).where(Seat.person_id == of.bench.judges[0].id)).one()
    address, chosen = f"/{of.edition.slug}/thanh-vien-lien-quan/{claim.public_id}", {"member": seat, "reason": " "}
    refused = Visitor(ctx, of.secretary).post(address, chosen)
    assert refused.status_code == 422
    assert f'<option value="{seat}" selected>' in refused.text, "who was chosen is still chosen"


def test_a_sixth_statement_on_a_work_is_refused(of: Hall) -> None:
    with unit_of_work():
        for n in range(5):
            stated(of, f"Ý kiến {n}")
    with pytest.raises(Refused) as caught, unit_of_work():
        stated(of)
    assert caught.value.verdict.code == "most"
