"""Two things at one instant, again and again: a ballot from two devices, a vote that two end while ballots come in."""

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from award.db import session, unit_of_work
from award.log.models import Event
from judging.council.models import Proposal
from judging.sittings import handed_out
from judging.sittings.models import Ballot, SealedBallot, StackScan, Vote, VoteKey, Voter
from judging.sittings.operations import keys
from tests.judging.ranking.test_frozen_races import post, runs, together
from tests.judging.sittings.rooms import Council, council
from tests.judging.sittings.tellers import SCAN, Tellers
from tests.visitor import Visitor

__all__ = ["runs"]
ROOM = "/iii-2023/phien-hop"


@pytest.fixture
def sits(app: Flask) -> Council:
    with app.app_context(), unit_of_work():
        of = council()
        of.begin()
    return of


def anew() -> None:
    """Every vote is open again, and nobody has voted."""
    session.execute(delete(SealedBallot))
    session.execute(delete(Ballot))
    session.execute(delete(Proposal))
    session.execute(update(Voter).values(voted=False))
    nothing = dict.fromkeys(("yes", "no", "blank", "passed", "closed_by_id", "closed_at"))
    session.execute(update(Vote).values(state="open", invalid=0, **nothing))
    session.execute(delete(VoteKey))
    for vote in session.scalars(select(Vote).where(Vote.method == "secret")):
        keys.make(vote)


def count(thing: type) -> int:
    return session.scalar(select(func.count()).select_from(thing)) or 0


def ended() -> int:
    return session.scalar(select(func.count()).where(Event.kind == "vote.closed")) or 0


def test_a_ballot_from_three_devices_at_once_is_one(app: Flask, sits: Council, runs: range) -> None:
    with app.app_context(), unit_of_work():
        address = f"{ROOM}/phieu/{sits.open_vote().public_id}"
    devices = [[Visitor(app, person) for _ in range(3)] for person in sits.members]
    for turn in runs:
        with app.app_context(), unit_of_work():
            anew()
        mine = zip(devices[turn % 7], ("yes", "no", "yes"), strict=True)
        assert together(*(post(device, address, {"choice": word}) for device, word in mine)) == [303, 303, 303]
        with app.app_context():
            assert (count(SealedBallot), session.query(Voter).filter_by(voted=True).count()) == (1, 1)


def test_a_vote_that_two_end_while_ballots_come_in_ends_once(app: Flask, sits: Council, runs: range) -> None:
    """What was answered 303 is in the count and everything else is not; the other who ends it is told that it is."""
    with app.app_context(), unit_of_work():
        vote = sits.open_vote()
    address = f"{ROOM}/phieu/{vote.public_id}"
    heads = [Visitor(app, person) for person in (sits.hall.chair, sits.hall.deputy)]
    voters = [Visitor(app, person) for person in sits.members[:3]]
    for turn in runs:
        with app.app_context(), unit_of_work():
            anew()
        acts = [post(each, f"{address}/ket-thuc") for each in heads]
        acts += [post(each, address, {"choice": "yes"}) for each in voters]
        answers = together(*acts)
        assert sorted(answers[:2]) == [303, 422]
        assert set(answers[2:]) <= {303, 422}
        with app.app_context():
            stands = session.get_one(Vote, vote.id)
            came = answers[2:].count(303)
            assert (stands.state, stands.yes, stands.no, stands.blank) == ("closed", came, 0, 0)
            assert session.query(Voter).filter_by(voted=True).count() == came
            assert (count(Ballot), count(SealedBallot), ended()) == (came, 0, turn + 1)


def test_a_count_on_paper_ends_once_and_as_it_was_read(app: Flask, runs: range) -> None:
    """A teller changes a page while two end the vote: it ended as both had read it, or they do not agree any more."""
    with app.app_context(), unit_of_work():
        of = Tellers()
        (stack,) = of.hand_out(0)
        scan = of.scanned(stack, 1)
        of.takes_up(stack)
        for who in (0, 1):
            of.reads(who, stack, 1, stack.codes[0], "yes")
        page = f"{ROOM}/phieu-giay/{stack.public_id}"
    heads = [Visitor(app, person) for person in (of.hall.chair, of.hall.deputy)]
    teller, code = Visitor(app, of.hall.bench.judges[1]), stack.codes[0]
    before = 0
    for _turn in runs:
        with app.app_context(), unit_of_work():
            anew()
            kept = session.get_one(StackScan, scan.id)
            kept.taken_at, kept.scan_sha256, kept.nonce = None, "", bytes(32)
            for one in kept.readings:
                one.papers = {"1": [code, ["yes"]]}
        acts = [post(each, f"{page}/ket-thuc") for each in heads]
        first, second, changed = together(*acts, post(teller, f"{page}/trang/1", {"code": code, "line0": "no"}))
        assert (sorted((first, second)), changed) in [([303, 422], 422), ([422, 422], 303)]
        with app.app_context():
            stands, found = session.scalars(select(Vote)).one(), handed_out.scan_of(stack.id)
            assert found is not None
            if changed == 422:
                assert (stands.state, stands.yes, found.scan_sha256, ended()) == ("closed", 1, SCAN, before + 1)
                assert [one.papers for one in found.readings] == [{}, {}]
            else:
                assert (stands.state, found.scan_sha256, ended()) == ("open", "", before)
            before = ended()
