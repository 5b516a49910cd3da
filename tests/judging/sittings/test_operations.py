"""Meeting and voting: who may, when not, and what follows."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask, current_app
from sqlalchemy import delete, select

from award.db import session, unit_of_work
from award.documents.paper import Paragraph
from award.editions.models import Clause
from award.features import against_amending
from award.log.models import Event
from award.screening import comparing
from award.verdicts import Refused
from judging.council import operations as proposing
from judging.council.models import Proposal
from judging.council.papers import session_of
from judging.panels.models import Assignment, Conflict
from judging.proof import queries as proof
from judging.ranking import ruling
from judging.sittings import feature, papers, queries, showing
from judging.sittings.models import Ballot, SealedBallot, Vote, Voter
from judging.sittings.operations import meeting, remarks, voting
from judging.sittings.operations.filling import places_of, votes_closed
from tests.judging.rows import clause
from tests.judging.sittings.rooms import Council, council
from tests.visitor import Visitor

Act = Callable[[], object]


@pytest.fixture
def room(ctx: Flask) -> Council:
    with unit_of_work():
        return council()


@pytest.fixture
def sits(room: Council) -> Council:
    """The sitting is open with everybody there."""
    with unit_of_work():
        room.begin()
    return room


def refused(act: Act) -> str:
    with pytest.raises(Refused) as told, unit_of_work():
        act()
    return told.value.verdict.code


def proposed(of: Council) -> dict[int, str]:
    levels = {code: of.level(code).id for code in "AB"}
    codes = {number: code for code, number in levels.items()}
    return {each.entry_id: codes[each.prize_level_id] for each in session.scalars(select(Proposal))}


def by_hand(of: Council, number: int, code: str, reason: str = "") -> None:
    where = {"by": of.hall.by(of.hall.chair), "edition": of.hall.edition}
    proposing.propose(entry=of.hall.works[number], level=of.level(code), reason=reason, **where)


def minutes_of(of: Council) -> list[str]:
    held = session_of(of.hall.edition, of.hall.round, of.hall.chair.id)
    return [str(block.text) for block in papers.minutes(held).body if isinstance(block, Paragraph)]


def tie_shown(of: Council) -> showing.LevelTie:
    hall = of.hall
    pulse = queries.pulse(hall.edition.id, hall.chair.id)
    assert pulse is not None
    row = showing.room(hall.edition, hall.round, hall.by(hall.chair), pulse).on_table
    assert row is not None
    (tie,) = row.level_ties
    return tie


def test_what_votes_rest_on_stands_while_the_council_sits(sits: Council) -> None:
    """Through the door that asks every room, as an amendment of the rules does."""
    edition = sits.hall.edition
    assert against_amending(edition.id, {"majority"}).code == "sitting"
    assert against_amending(edition.id, {"tie_rule"}), "what votes do not rest on"
    with unit_of_work():
        sits.close()
    assert against_amending(edition.id, {"majority"})


def voted(of: Council, *choices: str, number: int = 0, code: str = "A", reason: str = "") -> Vote:
    with unit_of_work():
        vote = of.open_vote(number, code, reason=reason)
        of.cast(vote, *choices)  # type: ignore[arg-type]
    with unit_of_work():
        of.close_vote(vote)
    return vote


def test_a_vote_gives_no_place_of_a_level_that_is_for_another_loai_hinh(sits: Council) -> None:
    """Nor do the rules come to that as long as the vote stands."""
    voted(sits, *["yes"] * 7)
    edition, level = sits.hall.edition, sits.level("A")
    votes = votes_closed(edition.id)
    assert places_of(edition, votes)[level.id].inside == (sits.hall.works[0].id,)
    assert feature.against_prizes(edition.id) is None
    with unit_of_work():
        sits.level("A").categories = ["KHAC"]
    assert places_of(edition, votes)[level.id].inside == ()
    refused_by = feature.against_prizes(edition.id)
    assert refused_by is not None and f"Giải A: “{sits.hall.works[0].title}”" in refused_by.sentence


class TestMeeting:
    def test_it_has_everybody_on_its_roll_and_one_at_a_time(self, room: Council) -> None:
        with unit_of_work():
            sitting = room.prepare()
        assert {each.id for each in queries.roll(sitting.id)} == {person.id for person in room.members}
        assert not any(each.present for each in queries.roll(sitting.id))
        assert refused(room.prepare) == "running"

    def test_it_opens_with_somebody_there_and_by_who_leads(self, room: Council) -> None:
        of = room.hall
        with unit_of_work():
            sitting = room.prepare()
        where = {"edition": of.edition, "sitting": sitting}
        assert refused(lambda: meeting.open_sitting(by=of.by(of.chair), **where)) == "nobody"
        with unit_of_work():
            room.call_roll()
        assert refused(lambda: meeting.open_sitting(by=of.by(of.secretary), **where)) == "role"
        with unit_of_work():
            meeting.open_sitting(by=of.by(of.deputy), **where)
        assert room.sitting.state == "open"

    def test_an_opinion_in_writing_ends_when_its_member_is_there_before_the_vote(self, room: Council) -> None:
        of, absent = room.hall, room.members[4]
        with unit_of_work():
            room.begin(*(each for each in room.members if each is not absent))
        where = {"by": of.by(of.secretary), "edition": of.edition, "sitting": room.sitting}
        with unit_of_work():
            remarks.write_down(item=room.item(0), words="Đề nghị giải A.", member=absent.id, **where)
            remarks.write_down(item=room.item(0), words="Cách kể giản dị.", **where)
            room.call_roll()
        ((left, name, _level),) = queries.remarks([room.sitting.id])[room.item(0).id]
        assert (left.words, name) == ("Cách kể giản dị.", None)

    def test_two_works_of_one_story_are_voted_on_for_a_reason(self, room: Council) -> None:
        of = room.hall
        with unit_of_work():
            said = {"verdict": "story", "reason": "Một sự việc, hai loại hình.", "seen": "0"}
            one, other = of.works[0], of.works[1]
            comparing.conclude(by=of.by(of.secretary), edition=of.edition, entry=one, other=other, **said)
            room.begin()
            proposing.propose(by=of.by(of.chair), edition=of.edition, entry=other, level=room.level("B"))
        assert refused(room.open_vote) == "story"
        with unit_of_work():
            assert room.open_vote(reason="Mỗi tác phẩm có phát hiện riêng").reason == "Mỗi tác phẩm có phát hiện riêng"

    def test_its_agenda_is_moved_added_to_and_shortened(self, room: Council) -> None:
        of = room.hall
        with unit_of_work():
            sitting = room.prepare(works=2)
        where = {"by": of.by(of.secretary), "edition": of.edition, "sitting": sitting}
        with unit_of_work():
            meeting.move(item=room.item(1), up=True, **where)
            meeting.move(item=room.item(0), up=True, **where)
            meeting.add(entry=of.works[2], **where)
        assert [each.entry_id for each in queries.agenda(sitting.id)] == [of.works[n].id for n in (1, 0, 2)]
        assert refused(lambda: meeting.add(entry=of.works[2], **where)) == "twice"
        with unit_of_work():
            meeting.take_off(item=room.item(0), **where)
        assert [each.entry_id for each in queries.agenda(sitting.id)] == [of.works[n].id for n in (0, 2)]
        assert refused(lambda: meeting.move(item=room.item(0), up=True, **where | {"by": of.by(of.auditor)})) == "role"

    def test_a_work_on_the_table_or_voted_on_stays_on_the_agenda(self, sits: Council) -> None:
        of = sits.hall
        where = {"by": of.by(of.chair), "edition": of.edition, "sitting": sits.sitting}
        assert refused(lambda: meeting.take_off(item=sits.item(0), **where)) == "in_use"
        voted(sits, "yes")
        with unit_of_work():
            sits.turn_to(1)
        assert refused(lambda: meeting.take_off(item=sits.item(0), **where)) == "in_use"

    def test_two_count_and_never_the_chair(self, room: Council) -> None:
        of = room.hall
        with unit_of_work():
            room.prepare()
            room.call_roll(of.chair, *of.bench.judges[:3])
        assert refused(lambda: room.name_tellers(of.bench.judges[0])) == "too_few"
        assert refused(lambda: room.name_tellers(of.bench.judges[0], of.chair)) == "not_eligible"
        assert refused(lambda: room.name_tellers(of.bench.judges[0], of.bench.judges[4])) == "not_eligible"
        with unit_of_work():
            room.name_tellers(of.bench.judges[0], of.secretary)
        assert {each.id for each in queries.tellers(room.sitting.id)} == {of.bench.judges[0].id, of.secretary.id}

    def test_its_end_is_held_fast_and_keeps_a_later_decision_waiting_until_then(self, sits: Council) -> None:
        edition = sits.hall.edition
        assert [each.url for each in _obstacles(sits)] == ["/iii-2023/phien-hop"]
        with unit_of_work():
            vote = sits.open_vote()
        assert refused(sits.close) == "voting"
        with unit_of_work():
            sits.close_vote(vote)
            sits.close()
        assert sits.sitting.state == "closed"
        assert _obstacles(sits) == []
        _checkpoint, ended, of = proof.milestones(edition.award_id)[0]
        assert (ended.kind, of.id if of else None) == ("sitting.closed", edition.id)
        assert refused(lambda: sits.turn_to(0)) == "over"
        with unit_of_work():
            assert sits.prepare().number == 2


def _obstacles(of: Council) -> list[feature.Obstacle]:
    from flask import current_app

    with current_app.test_request_context():
        return list(feature.obstacles(of.hall.edition.id, "decide", None))


class TestVoting:
    def test_five_of_seven_are_enough_and_the_work_is_proposed(self, sits: Council) -> None:
        vote = voted(sits, "yes", "yes", "yes", "yes", "yes", "no")
        assert (vote.yes, vote.no, vote.blank, vote.eligible, vote.passed) == (5, 1, 0, 7, True)
        assert proposed(sits) == {sits.hall.works[0].id: "A"}

    def test_four_of_seven_are_not_and_blank_ones_do_not_help(self, sits: Council) -> None:
        vote = voted(sits, "yes", "yes", "yes", "yes", "blank", "blank", "no")
        assert (vote.yes, vote.blank, vote.passed) == (4, 2, False)
        assert proposed(sits) == {}

    def test_the_rules_may_ask_for_more_than_half(self, sits: Council) -> None:
        with unit_of_work():
            clause(sits.hall.edition, "majority", choice="more_than_half")
        assert voted(sits, "yes", "yes", "yes", "yes").passed

    def test_without_a_quorum_nobody_votes(self, room: Council) -> None:
        judges = room.hall.bench.judges
        with unit_of_work():
            room.begin(*judges[:3], room.hall.chair)
        assert refused(room.open_vote) == "quorum"
        with unit_of_work():
            room.call_roll(*judges[:4], room.hall.chair)
        with unit_of_work():
            vote = room.open_vote()
        assert (vote.members, vote.present, vote.eligible) == (7, 5, 5)

    def test_rules_that_say_nothing_ask_for_two_thirds_of_the_members(self, room: Council) -> None:
        """A sitting that was opened before that was so keeps what it was opened with."""
        judges = room.hall.bench.judges
        with unit_of_work():
            session.execute(delete(Clause).where(Clause.code == "quorum"))
            room.begin(*judges[:3], room.hall.chair)
        session.expire_all()
        assert refused(room.open_vote) == "quorum"
        with unit_of_work():
            room.sitting.quorum = None
        with unit_of_work():
            assert room.open_vote().present == 4

    def test_so_many_of_all_members_have_to_agree_where_the_rules_say_so(self, room: Council) -> None:
        """But for those who have to do with the work, there or not."""
        with unit_of_work():
            clause(room.hall.edition, "vote_base", choice="members")
            _tied(room, room.members[4])
            room.begin(*room.members[:4], room.hall.chair)
        four = voted(room, *["yes"] * 4)
        assert (four.eligible, four.counted_of, four.passed) == (5, 6, True)
        with unit_of_work():
            room.turn_to(1)
        of_seven = voted(room, *["yes"] * 4, number=1)
        assert (of_seven.eligible, of_seven.counted_of, of_seven.passed) == (5, 7, False)
        told = [line for line in minutes_of(room) if "III-IN-002" in line and "giải A" in line]
        assert told[0].endswith("Chưa đạt (cần từ 5 trên 7 thành viên).")

    def test_without_two_who_count_nobody_votes_secretly(self, room: Council) -> None:
        of = room.hall
        with unit_of_work():
            room.prepare()
            room.call_roll()
            meeting.open_sitting(by=of.by(of.chair), edition=of.edition, sitting=room.sitting)
            room.turn_to(0)
        assert refused(room.open_vote) == "no_tellers"

    def test_who_has_to_do_with_the_work_is_no_voter(self, sits: Council) -> None:
        of = sits.hall
        with unit_of_work():
            _tied(sits, of.bench.judges[0])
            away = of.assignment(of.bench.judges[1], of.works[0])
            session.get_one(Assignment, away.id).state = "recused"
        with unit_of_work():
            vote = sits.open_vote()
        assert vote.eligible == 5
        voters = set(session.scalars(select(Voter.person_id).where(Voter.vote_id == vote.id)))
        assert voters == {person.id for person in sits.members[2:]}
        assert queries.is_recused(sits.item(0).id, of.bench.judges[0].id)
        for person in (*of.bench.judges[:2], of.secretary):
            assert refused(lambda who=person: voting.cast(by=of.by(who), vote=vote, choice="yes")) == "not_a_voter"

    def test_nobody_votes_alone(self, sits: Council) -> None:
        """The ballot of one would be no secret: six of seven have to do with the first work, five with the second."""
        of = sits.hall
        with unit_of_work():
            for person in (*of.bench.judges, of.deputy):
                _tied(sits, person)
            for person in of.bench.judges:
                _tied(sits, person, number=1)
        assert refused(sits.open_vote) == "too_few"
        assert session.query(Vote).count() == 0
        with unit_of_work():
            sits.turn_to(1)
        with unit_of_work():
            assert sits.open_vote(1).eligible == 2

    def test_a_chair_who_has_to_do_with_the_work_leaves_it_to_the_deputy(self, sits: Council) -> None:
        of = sits.hall
        with unit_of_work():
            _tied(sits, of.chair)
        assert refused(sits.open_vote) == "kept_from"
        with unit_of_work():
            vote = sits.open_vote(by=of.deputy)
            sits.cast(vote, "yes", "yes", "yes", "yes", "yes")
        assert refused(lambda: sits.close_vote(vote)) == "kept_from"
        with unit_of_work():
            sits.close_vote(vote, by=of.deputy)
        assert proposed(sits) == {of.works[0].id: "A"}

    def test_one_vote_is_open_on_the_work_on_the_table_at_a_level_with_room(self, sits: Council) -> None:
        of = sits.hall
        assert refused(lambda: sits.open_vote(1)) == "not_on_table"
        with unit_of_work():
            proposing.propose(by=of.by(of.chair), edition=of.edition, entry=of.works[1], level=sits.level("A"))
        assert refused(sits.open_vote) == "quota"
        with unit_of_work():
            sits.open_vote(code="B")
        assert refused(lambda: sits.open_vote(code="B")) == "voting"
        assert refused(lambda: sits.turn_to(1)) == "voting"

    def test_it_is_taken_again_once_for_a_reason_and_the_last_word_counts(self, sits: Council) -> None:
        voted(sits, *["yes"] * 6)
        assert refused(sits.open_vote) == "reason"
        again = voted(sits, *["no"] * 6, reason="Có thông tin mới về thời gian đăng.")
        assert (again.number, again.passed) == (2, False)
        assert proposed(sits) == {}
        assert refused(lambda: sits.open_vote(reason="Lần nữa.")) == "twice"

    def test_who_fails_at_one_level_comes_up_at_the_next(self, sits: Council) -> None:
        voted(sits, *["no"] * 7)
        voted(sits, *["yes"] * 7, code="B")
        assert proposed(sits) == {sits.hall.works[0].id: "B"}

    def test_who_more_agreed_to_gets_the_place_whenever_it_was_voted_on(self, sits: Council) -> None:
        first, second = (entry.id for entry in sits.hall.works[:2])
        voted(sits, *["yes"] * 5)
        assert proposed(sits) == {first: "A"}
        with unit_of_work():
            sits.turn_to(1)
        voted(sits, *["yes"] * 6, number=1)
        assert proposed(sits) == {second: "A"}, "five of seven gave way to six of seven"

    @pytest.mark.usefixtures("ctx")
    def test_equal_shares_at_the_last_place_go_to_a_ballot_among_them_before_anybody_decides(self) -> None:
        with unit_of_work():
            sits = council(ties=("ballot", "decision"))
            sits.begin()
        of, by = sits.hall, sits.hall.by(sits.hall.chair)
        second, third = (entry.id for entry in of.works[1:])
        for number in (1, 2):
            with unit_of_work():
                sits.turn_to(number)
            voted(sits, *["yes"] * 6, number=number)
        assert proposed(sits) == {}, "nobody has the one place before it is decided"
        tie = tie_shown(sits)
        assert (tie.level.code, tie.codes, tie.left, tie.ballot) == ("A", ("III-IN-002", "III-IN-003"), 1, True)
        assert refused(lambda: proposing.hand_down(by=by, edition=of.edition)) == "undecided"
        decide = partial(
            ruling.decide, by=by, edition=of.edition, judged=of.round, works=[third, second], reason="Hay."
        )
        assert refused(decide) == "ballot_first"
        app, asks = current_app._get_current_object(), "Ghi quyết định của Chủ tịch Hội đồng"  # type: ignore[attr-defined]
        chair = Visitor(app, of.chair)
        page = chair.get("/iii-2023/vong/1/xep-hang").text
        assert "các tác phẩm bằng nhau được bỏ phiếu kín trước" in page
        assert asks not in page, "nothing is offered that would be refused"
        again = voted(sits, *["yes"] * 3, number=2)
        assert (again.number, again.passed) == (3, False)
        assert (proposed(sits), tie_shown(sits).ballot) == ({}, True), "a ballot among them is a ballot on each"
        with unit_of_work():
            sits.turn_to(1)
        voted(sits, *["yes"] * 3, number=1)
        assert (proposed(sits), tie_shown(sits).ballot) == ({}, False), "the ballot left them equal"
        assert refused(lambda: sits.open_vote(1)) == "reason"
        assert asks in chair.get("/iii-2023/vong/1/xep-hang").text
        with unit_of_work():
            decide()
        assert refused(lambda: proposing.hand_down(by=by, edition=of.edition)) == "left_out"
        with unit_of_work():
            by_hand(sits, 2, "A")
            proposing.hand_down(by=by, edition=of.edition)
        assert proposed(sits) == {third: "A"}

    @pytest.mark.usefixtures("ctx")
    def test_no_ballot_among_equals_is_taken_that_the_rules_do_not_name(self) -> None:
        with unit_of_work():
            sits = council(ties=())
            sits.begin()
        voted(sits, *["yes"] * 6)
        with unit_of_work():
            sits.turn_to(1)
        voted(sits, *["yes"] * 6, number=1)
        assert (proposed(sits), tie_shown(sits).ballot) == ({}, False)
        assert refused(lambda: sits.open_vote(1)) == "reason", "it would be a vote taken again"

    @pytest.mark.parametrize("reason", ["", "Tác phẩm có tác động rõ hơn."])
    def test_a_place_that_somebody_gave_away_meanwhile_is_kept_for_a_reason_alone(
        self, sits: Council, reason: str
    ) -> None:
        of = sits.hall
        with unit_of_work():
            vote = sits.open_vote()
            sits.cast(vote, *["yes"] * 7)
        with unit_of_work():
            by_hand(sits, 1, "A", reason)
        with unit_of_work():
            sits.close_vote(vote)
        assert session.get_one(Vote, vote.id).passed
        assert proposed(sits) == {of.works[1 if reason else 0].id: "A"}
        told = ["III-IN-002, giải A: không qua bỏ phiếu. Lý do: Tác phẩm có tác động rõ hơn"] if reason else []
        assert feature.beside_votes(of.edition.id) == told

    def test_nobody_takes_a_work_that_passed_off_its_place_alone_and_without_a_reason(self, sits: Council) -> None:
        of, where = sits.hall, {"by": sits.hall.by(sits.hall.chair), "edition": sits.hall.edition}
        voted(sits, *["yes"] * 7)
        with unit_of_work():
            by_hand(sits, 0, "A")
        first, second = of.works[0], of.works[1]
        assert session.query(Event).filter_by(kind="prize.proposed").count() == 1, "it stands so already"
        assert refused(lambda: by_hand(sits, 0, "B")) == "voted", "it passed for another level"
        assert refused(lambda: proposing.withdraw(entry=first, **where)) == "voted"
        with unit_of_work():
            proposing.withdraw(entry=first, reason="Cơ quan báo chí đã đính chính bài này.", **where)
        assert refused(lambda: by_hand(sits, 1, "A")) == "voted", "another one passed for it"
        with unit_of_work():
            by_hand(sits, 1, "A", "Đứng đầu trong các tác phẩm còn lại.")
        with unit_of_work():
            sits.turn_to(2)
        voted(sits, *["no"] * 7, number=2, code="B")
        assert refused(lambda: by_hand(sits, 2, "B")) == "voted", "the council said no"
        assert proposed(sits) == {second.id: "A"}, "what was taken off stays so when the next vote ends"
        assert feature.beside_votes(of.edition.id) == [
            "III-IN-002, giải A: không qua bỏ phiếu. Lý do: Đứng đầu trong các tác phẩm còn lại",
            "III-IN-001, giải A: đạt khi bỏ phiếu, không đề nghị. Lý do: Cơ quan báo chí đã đính chính bài này",
        ]
        (told,) = [line for line in minutes_of(sits) if "III-IN-001" in line and "không đề nghị" in line]
        assert told.endswith("Lý do: Cơ quan báo chí đã đính chính bài này.")

    def test_the_council_does_not_end_while_a_place_that_was_voted_is_given_to_nobody(self, sits: Council) -> None:
        of, where = sits.hall, {"by": sits.hall.by(sits.hall.chair), "edition": sits.hall.edition}
        with unit_of_work():
            by_hand(sits, 1, "B", "Bài về cơ sở.")
            vote = sits.open_vote()
            sits.cast(vote, *["yes"] * 7)
            by_hand(sits, 2, "A", "Nổi bật.")
        with unit_of_work():
            sits.close_vote(vote)
            proposing.withdraw(entry=of.works[2], **where)
        assert refused(lambda: proposing.hand_down(**where)) == "left_out"
        with unit_of_work():
            by_hand(sits, 0, "A")
        assert proposed(sits) == {of.works[0].id: "A", of.works[1].id: "B"}
        with unit_of_work():
            proposing.hand_down(**where)

    def test_nobody_votes_once_the_council_has_ended(self, sits: Council) -> None:
        of = sits.hall
        with unit_of_work():
            proposing.propose(by=of.by(of.chair), edition=of.edition, entry=of.works[0], level=sits.level("A"))
            proposing.hand_down(by=of.by(of.chair), edition=of.edition)
        assert refused(lambda: sits.open_vote(code="B")) == "handed_down"


def _tied(of: Council, person: object, *, number: int = 0) -> None:
    tie = {"relation": "relative", "source": "declared", "edition_id": of.hall.edition.id}
    session.add(Conflict(person_id=person.id, entry_id=of.hall.works[number].id, **tie))  # type: ignore[attr-defined]


class TestBallots:
    def test_a_ballot_may_be_given_again_until_the_end_and_not_after(self, sits: Council) -> None:
        of = sits.hall
        with unit_of_work():
            vote = sits.open_vote()
            sits.cast(vote, "no", "no")
            sits.cast(vote, "yes")
        assert queries.ballots_in(vote.id) == 2
        assert vote.yes is None
        with unit_of_work():
            count = sits.close_vote(vote)
        assert (count.yes, count.no) == (1, 1)
        late = refused(lambda: voting.cast(by=of.by(of.bench.judges[0]), vote=vote, choice="no"))
        assert late == "over"
        assert refused(lambda: sits.close_vote(vote)) == "over"

    def test_events_tell_totals_and_never_who(self, sits: Council) -> None:
        before = set(session.scalars(select(Event.id)))
        with unit_of_work():
            vote = sits.open_vote()
        with unit_of_work():
            sits.cast(vote, "yes", "no", "blank")
        with unit_of_work():
            sits.close_vote(vote)
        fresh = session.scalars(select(Event).where(Event.id.not_in(before)).order_by(Event.seq)).all()
        assert [each.kind for each in fresh] == ["vote.opened", "vote.closed"]
        assert {each.actor_id for each in fresh} == {sits.hall.chair.id}
        assert session.scalars(select(SealedBallot)).all() == []
        assert sorted(session.scalars(select(Ballot.choice))) == ["blank", "no", "yes"]
