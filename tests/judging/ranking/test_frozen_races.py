"""Two things at one instant, again and again: sheets that are sent together, while their round is frozen, changed while
it is closed; a round that two freeze, and two close."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from award.db import session, unit_of_work
from award.editions.models import Round
from award.log.models import Event
from award.results.models import Standing
from judging.ranking import operations
from judging.ranking.models import Zone
from judging.scoring.models import Mark, ScoreSheet, SecondLook
from tests.judging.ranking.halls import Hall, House, hall
from tests.judging.ranking.test_review import LOW, apart, ask
from tests.visitor import Visitor

PROGRESS = "/iii-2023/vong/1/tien-do"
LIST = "/iii-2023/vong/1/cham"


@pytest.fixture
def runs(request: pytest.FixtureRequest) -> range:
    return range(200 if request.config.getoption("--long") else 20)


def together(*acts: Callable[[], int]) -> list[int]:
    """What each answers when all begin at one instant."""
    start, answers = threading.Barrier(len(acts)), [0] * len(acts)

    def run(number: int, act: Callable[[], int]) -> None:
        start.wait()
        answers[number] = act()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def post(visitor: Visitor, address: str, data: dict[str, str] | None = None) -> Callable[[], int]:
    return lambda: visitor.post(address, data).status_code


def order(*kinds: str) -> list[str]:
    """The kinds of the latest events among these, in the order of the log."""
    found = select(Event.kind).where(Event.kind.in_(kinds)).order_by(Event.seq)
    return list(session.scalars(found))


@pytest.fixture
def opened(app: Flask) -> House:
    """One sheet of an open round is marked and not yet sent."""
    with app.app_context(), unit_of_work():
        of = hall(works=1, judges=1, later=False)
        of.mark(of.bench.judges[0], of.bench.works[0], (8, 8, 8), send=False)
    return House(app, of)


def test_a_sheet_sent_while_the_round_is_frozen_counts_or_is_refused(opened: House, runs: range) -> None:
    judge, deputy = opened.visitor(opened.of.bench.judges[0]), opened.deputy
    with opened.at_work() as of:
        address = f"{LIST}/{of.assignment(of.bench.judges[0], of.works[0]).public_id}/gui"
        fields = {f"c{criterion.id}": "2" for criterion in of.round.criteria}
    seen = set()
    for _ in runs:
        with opened.at_work() as of:
            operations.propose_freeze(by=of.by(of.chair), edition=of.edition, judged=of.round)
            version = str(of.sheet(of.bench.judges[0], of.works[0]).version)
        sent, frozen = together(
            post(judge, address, fields | {"version": version, "note": ""}),
            post(deputy, f"{PROGRESS}/khoa/xac-nhan"),
        )
        with opened.at_work() as of:
            assert (frozen, of.round.state) == (303, "frozen")
            sheet = of.sheet(of.bench.judges[0], of.works[0])
            assert (sent, sheet.state) in {(303, "finished"), (403, "draft")}
            latest = order("sheet.sent", "round.frozen")
            assert latest[-1] == "round.frozen"
            assert ("sheet.sent" in latest[-2:]) == (sent == 303)
            seen.add(sent)
            again(of)
    assert seen <= {303, 403}


def again(of: Hall) -> None:
    """The round is open and the sheet a draft, as before."""
    session.execute(delete(Zone))
    session.execute(update(Round).where(Round.id == of.round.id).values(state="open", frozen_at=None, closed_at=None))
    session.execute(update(ScoreSheet).values(state="draft", finished_at=None, nonce=None, commitment=None))


@pytest.fixture
def last_two(app: Flask) -> House:
    """Of an open round only the two last sheets are not sent."""
    with app.app_context(), unit_of_work():
        of = hall(works=1, judges=2, later=False)
        for person in of.bench.judges:
            of.mark(person, of.bench.works[0], (8, 8, 8), send=False)
    return House(app, of)


def test_the_last_two_sheets_both_count_and_two_heads_freeze_and_close_once(last_two: House, runs: range) -> None:
    judges = [last_two.visitor(person) for person in last_two.of.bench.judges]
    heads = [last_two.deputy, last_two.visitor(last_two.of.secretary)]
    with last_two.at_work() as of:
        addresses = [f"{LIST}/{of.assignment(person, of.works[0]).public_id}/gui" for person in of.bench.judges]
        fields = {f"c{criterion.id}": "2" for criterion in of.round.criteria}
    for turn in runs:
        with last_two.at_work() as of:
            versions = [str(of.sheet(person, of.works[0]).version) for person in of.bench.judges]
        forms = [fields | {"version": version, "note": ""} for version in versions]
        assert together(*map(post, judges, addresses, forms)) == [303, 303]
        with last_two.at_work() as of:
            operations.propose_freeze(by=of.by(of.chair), edition=of.edition, judged=of.round)
        assert sorted(together(*(post(each, f"{PROGRESS}/khoa/xac-nhan") for each in heads))) == [303, 403]
        with last_two.at_work() as of:
            assert (of.round.state, len(session.scalars(select(Zone)).all())) == ("frozen", 1)
            operations.propose_close(by=of.by(of.chair), edition=of.edition, judged=of.round)
        assert sorted(together(*(post(each, f"{PROGRESS}/ket-thuc/xac-nhan") for each in heads))) == [303, 403]
        with last_two.at_work() as of:
            acts = order("sheet.sent", "round.frozen", "round.counted")
            assert acts == ["sheet.sent", "sheet.sent", "round.frozen", "round.counted"] * (turn + 1)
            (standing,) = session.scalars(select(Standing))
            assert (of.round.state, len(standing.detail["sheets"])) == ("closed", 2)
            session.execute(delete(Standing))
            again(of)


@pytest.fixture
def asked(app: Flask) -> Iterator[House]:
    """A judge was asked to look again at a sheet of a frozen round."""
    with app.app_context(), unit_of_work():
        of = apart()
        ask(of)
    yield House(app, of)


def back(of: Hall) -> None:
    """The round is frozen and nothing answered, as before."""
    sheet = of.sheet(of.bench.judges[3], of.works[1])
    look = session.scalars(select(SecondLook)).one()
    if look.former is not None:
        sheet.nonce, sheet.commitment = look.former_nonce, look.former_commitment
    look.answer = look.answered_at = look.former = look.former_nonce = look.former_commitment = None
    session.flush()
    session.execute(update(Mark).where(Mark.sheet_id == sheet.id).values(steps=2))
    session.execute(delete(Standing))
    session.execute(update(Round).where(Round.id == of.round.id).values(state="frozen", closed_at=None))


def test_a_sheet_changed_while_the_round_is_closed_counts_or_is_refused(asked: House, runs: range) -> None:
    judge, deputy = asked.visitor(asked.of.bench.judges[3]), asked.deputy
    with asked.at_work() as of:
        address = f"{LIST}/{of.assignment(of.bench.judges[3], of.works[1]).public_id}/dieu-chinh"
        fields = dict(zip((f"c{criterion.id}" for criterion in of.round.criteria), ("2,25", "2", "1,5"), strict=True))
    for _ in runs:
        with asked.at_work() as of:
            operations.propose_close(
                by=of.by(of.chair), edition=of.edition, judged=of.round, shortfall_reason="Chờ một thành viên."
            )
        changed, closed = together(
            post(judge, address, fields | {"changed_because": "Đọc nhầm kỳ."}),
            post(deputy, f"{PROGRESS}/ket-thuc/xac-nhan"),
        )
        with asked.at_work() as of:
            assert (closed, of.round.state) == (303, "closed")
            seat = of.bench.seat(of.bench.judges[3]).id
            kept = next(one for one in of.standing(of.works[1]).detail["sheets"] if one["seat"] == seat)
            counted = tuple(sorted(kept["marks"].values()))
            assert (changed, counted) in {(303, (6, 8, 9)), (403, LOW)}
            latest = order("sheet.revised", "round.counted")
            assert latest[-1] == "round.counted"
            assert ("sheet.revised" in latest[-2:]) == (changed == 303)
            back(of)


def test_two_answers_at_one_instant_are_one(asked: House, runs: range) -> None:
    judge = [asked.visitor(asked.of.bench.judges[3]) for _ in range(2)]
    with asked.at_work() as of:
        address = f"{LIST}/{of.assignment(of.bench.judges[3], of.works[1]).public_id}"
        fields = dict(zip((f"c{criterion.id}" for criterion in of.round.criteria), ("2,25", "2", "1,5"), strict=True))
    for _ in runs:
        with asked.at_work():
            before = len(order("sheet.kept", "sheet.revised"))
        answers = together(
            post(judge[0], f"{address}/dieu-chinh", fields | {"changed_because": "Đọc nhầm kỳ."}),
            post(judge[1], f"{address}/giu-nguyen", {"kept_because": "Đã đọc lại."}),
        )
        with asked.at_work() as of:
            assert sorted(answers) == [303, 403]
            assert len(order("sheet.kept", "sheet.revised")) == before + 1
            look = session.scalars(select(SecondLook)).one()
            assert look.answer == ("revised" if answers[0] == 303 else "kept")
            back(of)


def test_two_heads_who_ask_at_one_instant_ask_once(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = apart()
        sheet = {"sheet": of.sheet(of.bench.judges[3], of.works[1]).public_id}
    house = House(app, of)
    address = "/iii-2023/vong/1/ra-soat/xem-lai"
    assert together(post(house.chair, address, sheet), post(house.deputy, address, sheet)) == [303, 303]
    with house.at_work():
        assert len(order("sheet.look_asked")) == 1
