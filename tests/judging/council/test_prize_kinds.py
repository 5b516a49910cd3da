"""Prizes beside the ladder: thematic ones for works, bằng khen for bodies and for persons a work depicts."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import PrizeLevel
from award.log.models import Event
from award.results.models import Honour, Result
from award.verdicts import Refused
from judging.council import operations, queries
from judging.council.models import HonourProposal, Proposal
from judging.panels.models import Conflict
from tests import factories
from tests.judging.council.test_operations import hand_down, level, propose, refused, withdraw
from tests.judging.ranking.halls import Hall, hall
from tests.judging.rows import clause

LEVELS = (
    (1, "A", "Giải A", 1, "main"),
    (2, "CD", "Giải Chuyên đề", 2, "thematic"),
    (3, "TT", "Bằng khen tập thể", 2, "collective"),
    (4, "NV", "Nhân vật tiêu biểu", 1, "person"),
)


@pytest.fixture
def room(ctx: Flask) -> Hall:
    """The last round of three works is closed; prizes of all four kinds."""
    with unit_of_work():
        of = hall(works=3, judges=1, later=False, shortlist=None)
        for rank, code, name, quota, kind in LEVELS:
            factories.prize_level(of.bench.edition, rank=rank, code=code, name=name, quota=quota, kind=kind)
        of.mark_all(((10, 8, 6),), ((8, 6, 6),), ((6, 6, 6),))
        of.freeze()
        of.close()
    return of


def allow_both(of: Hall, *, yes: bool = True) -> None:
    with unit_of_work():
        clause(of.edition, "thematic_and_main", yes=yes)


def honour(
    of: Hall, code: str, recipient: str, reason: str = "Có nhiều tác phẩm hay", **more: object
) -> HonourProposal:
    by = of.by(of.chair)
    return operations.propose_honour(
        by=by, edition=of.edition, level=level(code), recipient=recipient, reason=reason, **more
    )  # type: ignore[arg-type]


def standing() -> set[tuple[int, str]]:
    rows = select(Proposal.entry_id, PrizeLevel.code).join(PrizeLevel, PrizeLevel.id == Proposal.prize_level_id)
    return set(session.execute(rows).tuples())


@pytest.mark.parametrize("said", [None, False])
def test_a_work_holds_one_prize_unless_the_rules_say_otherwise(room: Hall, said: bool | None) -> None:
    if said is not None:
        allow_both(room, yes=said)
    entry = room.works[0].id
    with unit_of_work():
        propose(room, 0, "A")
    with unit_of_work():
        propose(room, 0, "CD")
    assert standing() == {(entry, "CD")}, "the later word counts, and the ladder's place is free again"
    assert session.scalars(select(Event.kind).where(Event.kind.like("prize.%")).order_by(Event.id)).all() == [
        "prize.proposed",
        "prize.proposal_withdrawn",
        "prize.proposed",
    ]
    with unit_of_work():
        propose(room, 1, "A")


def test_where_the_rules_allow_it_a_work_holds_both_and_each_replaces_its_own_kind(room: Hall) -> None:
    allow_both(room)
    entry = room.works[0]
    with unit_of_work():
        propose(room, 0, "A")
        operations.propose(
            by=room.by(room.chair), edition=room.edition, entry=entry, level=level("CD"), theme=" Cán bộ  trẻ "
        )
    assert standing() == {(entry.id, "A"), (entry.id, "CD")}
    assert queries.proposals_of(entry.id)["thematic"].theme == "Cán bộ trẻ"
    with unit_of_work():
        operations.withdraw(by=room.by(room.chair), edition=room.edition, entry=entry, kind="main")
    assert standing() == {(entry.id, "CD")}
    with unit_of_work():
        withdraw(room, 0)
    assert standing() == set()


def test_a_theme_is_one_of_those_the_rules_name(room: Hall) -> None:
    with unit_of_work():
        level("CD").themes = ["Cán bộ trẻ", "Cơ sở đảng"]

    def themed(theme: str) -> None:
        edition, by = room.edition, room.by(room.chair)
        operations.propose(by=by, edition=edition, entry=room.works[0], level=level("CD"), theme=theme)

    assert refused(lambda: themed("")) == "theme"
    assert refused(lambda: themed("Chuyện khác")) == "theme"
    with unit_of_work():
        themed("Cơ sở đảng")
    with unit_of_work():
        propose(room, 1, "A")
    assert {each.theme for each in session.scalars(select(Proposal))} == {"Cơ sở đảng", ""}


def test_a_work_gets_no_honour_and_a_body_no_prize(room: Hall) -> None:
    assert refused(lambda: propose(room, 0, "TT")) == "kind"
    assert refused(lambda: honour(room, "A", "Báo Biển Xanh")) == "kind"


def test_a_body_is_proposed_with_its_reason_within_the_quota(room: Hall) -> None:
    assert refused(lambda: honour(room, "TT", "  ")) == "incomplete"
    assert refused(lambda: honour(room, "TT", "Báo Biển Xanh", reason="")) == "incomplete"
    with unit_of_work():
        organ = factories.newsroom("Báo Biển Xanh")
        made = honour(room, "TT", "Báo  Biển Xanh")
        assert (made.recipient, made.newsroom_id) == ("Báo Biển Xanh", organ.id)
    assert refused(lambda: honour(room, "TT", "báo biển xanh")) == "twice"
    with unit_of_work():
        assert honour(room, "TT", "Chi hội Nhà báo Cam Lâm").newsroom_id is None
    assert refused(lambda: honour(room, "TT", "Đài Núi Bạc")) == "quota"
    told = [json.loads(each) for each in session.scalars(select(Event.payload).where(Event.kind == "honour.proposed"))]
    assert "Biển Xanh" not in json.dumps(told, ensure_ascii=False), "names stay out of the payload"
    left = {each.level.code: each.left for each in queries.structure_of(room.edition.id)}
    assert left == {"A": 1, "CD": 2, "TT": 0, "NV": 1}


def test_nobody_proposes_the_own_body_under_a_policy_that_minds_it(room: Hall) -> None:
    with unit_of_work():
        organ = factories.newsroom("Báo Biển Xanh")
        after = factories.newsroom("Báo và Đài Biển Xanh")
        organ.successor_id = after.id
        room.chair.newsroom_id = organ.id
    with unit_of_work():
        honour(room, "TT", "Báo và Đài Biển Xanh")
    with unit_of_work():
        session.delete(session.scalars(select(HonourProposal)).one())
        clause(room.edition, "conflict_policy", choice="own_newsroom")
    assert refused(lambda: honour(room, "TT", "Báo và Đài Biển Xanh")) == "kept_from"
    with unit_of_work():
        operations.propose_honour(
            by=room.by(room.deputy),
            edition=room.edition,
            level=level("TT"),
            recipient="Báo và Đài Biển Xanh",
            reason="Có nhiều tác phẩm",
        )


def test_a_person_is_honoured_with_the_work_that_depicts_them(room: Hall) -> None:
    with unit_of_work():
        session.add(
            Conflict(
                edition_id=room.edition.id,
                person_id=room.chair.id,
                entry_id=room.works[1].id,
                relation="relative",
                source="declared",
            )
        )
    assert refused(lambda: honour(room, "NV", "Già làng Suối Đá", entry=room.works[1])) == "kept_from"
    with unit_of_work():
        assert honour(room, "NV", "Già làng Suối Đá", entry=room.works[0]).entry_id == room.works[0].id


def test_taken_back_it_frees_its_place_and_the_log_keeps_whose_it_was(room: Hall) -> None:
    with unit_of_work():
        made = honour(room, "TT", "Báo Biển Xanh")
    with unit_of_work():
        operations.withdraw_honour(by=room.by(room.deputy), edition=room.edition, proposal=made)
    assert queries.honours(room.edition.id) == []
    assert session.scalars(select(Event).where(Event.kind == "honour.proposal_withdrawn")).one()


def test_everything_is_handed_down_at_once_and_then_over(room: Hall) -> None:
    allow_both(room)
    with unit_of_work():
        propose(room, 0, "A")
        operations.propose(
            by=room.by(room.chair), edition=room.edition, entry=room.works[0], level=level("CD"), theme="Cán bộ trẻ"
        )
        kept = honour(room, "TT", "Báo Biển Xanh")
        honour(room, "NV", "Già làng Suối Đá", entry=room.works[0])
    with unit_of_work():
        hand_down(room)
    results = {each.kind: (each.entry_id, each.theme) for each in session.scalars(select(Result))}
    assert results == {"main": (room.works[0].id, ""), "thematic": (room.works[0].id, "Cán bộ trẻ")}
    honours = {each.recipient: (each.reason, each.entry_id) for each in session.scalars(select(Honour))}
    assert honours == {
        "Báo Biển Xanh": ("Có nhiều tác phẩm hay", None),
        "Già làng Suối Đá": ("Có nhiều tác phẩm hay", room.works[0].id),
    }
    assert refused(lambda: honour(room, "TT", "Đài Núi Bạc")) == "handed_down"
    with pytest.raises(Refused) as late, unit_of_work():
        operations.withdraw_honour(by=room.by(room.chair), edition=room.edition, proposal=kept)
    assert late.value.verdict.code == "handed_down"


@pytest.mark.parametrize("who", ["secretary", "organiser", "auditor"])
def test_only_the_heads_propose_honours(room: Hall, who: str) -> None:
    def act() -> None:
        by = room.by(room.lookers[who])
        operations.propose_honour(by=by, edition=room.edition, level=level("TT"), recipient="Báo", reason="Hay")

    assert refused(act) == "role"
