"""The calendar of an edition: every legal move, every illegal one, and what stands in the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions import calendar, countersigns, operations
from award.editions.models import Clause, Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, with_rules
from award.features import Obstacle
from award.log.models import Event
from award.verdicts import Refused, Verdict
from tests import factories
from tests.award.editions.conftest import Prepared, standing

ACTS: dict[str, Callable[[Capacity, Edition], Any]] = {
    "open_entries": lambda by, edition: operations.open_entries(by=by, edition=edition),
    "close_entries": lambda by, edition: operations.close_entries(by=by, edition=edition),
    "open_round": lambda by, edition: operations.open_round(by=by, edition=edition, round=edition.rounds[0]),
    "start_decision": lambda by, edition: operations.start_decision(by=by, edition=edition),
    "mark_published": lambda _by, edition: operations.mark_published(edition=edition),
    "archive": lambda by, edition: operations.archive(by=by, edition=edition),
}
STATES = ("draft", "open", "screening", "judging", "decision", "published", "archived")
LEGAL = {
    ("draft", "open_entries"),
    ("open", "close_entries"),
    ("screening", "open_round"),
    ("judging", "open_round"),
    ("judging", "start_decision"),
    ("decision", "mark_published"),
    ("published", "archive"),
}


def snapshot(edition_id: int) -> tuple[Any, ...]:
    session.rollback()
    edition = with_rules(edition_id)
    return edition.state, edition.version, [(r.state, r.version) for r in edition.rounds], session.query(Event).count()


@pytest.mark.parametrize("state", STATES)
def test_every_act_out_of_its_place_is_refused_and_changes_nothing(ready: Prepared, state: str) -> None:
    with ready.deed() as edition:
        edition.state = state
    before = snapshot(ready.edition.id)
    for act in (act for act in ACTS if (state, act) not in LEGAL):
        with pytest.raises(Refused) as refused, ready.deed() as edition:
            ACTS[act](ready.by, edition)
        assert (act, refused.value.verdict.code) == (act, "state")
        assert snapshot(ready.edition.id) == before


@pytest.mark.parametrize("role", ["secretary", "judge", "chair", "deputy", "auditor", None])
def test_only_the_organiser_moves_the_calendar(ready: Prepared, role: str | None) -> None:
    with unit_of_work():
        other = factories.person("Người khác")
        if role:
            factories.appointment(ready.edition, other, role)
    before = snapshot(ready.edition.id)
    for act in (act for act in ACTS if act != "mark_published"):
        with pytest.raises(Refused) as refused, ready.deed() as edition:
            ACTS[act](capacity(other, edition), edition)
        assert (act, refused.value.verdict.code) == (act, "role")
        assert snapshot(ready.edition.id) == before


def test_an_edition_walks_the_whole_calendar(ready: Prepared) -> None:
    second = factories.person("Phạm Văn Hai")
    factories.appointment(ready.edition, second, "secretary")
    session.commit()

    def both(act: str, subject: str) -> None:
        with ready.deed() as edition:
            countersigns.propose(by=ready.by, edition=edition, act=act, subject=subject)
        with ready.deed() as edition:
            waiting = countersigns.waiting_countersign(edition.id, act, subject)
            assert waiting is not None
            countersigns.confirm(by=capacity(second, edition), edition=edition, proposal=waiting)

    assert ready.edition.deadline_at is not None
    with ready.deed() as edition:
        operations.open_entries(by=ready.by, edition=edition)
    with stopped_at(ready.edition.deadline_at + timedelta(minutes=3)):
        with ready.deed() as edition:
            operations.close_entries(by=ready.by, edition=edition)
        for ordinal in (1, 2):
            opened: list[Round] = []
            with ready.deed() as edition:
                in_round = edition.rounds[ordinal - 1]
                operations.open_round(by=ready.by, edition=edition, round=in_round, after_opening=opened.append)
            assert opened == [in_round]
            assert in_round.opened_at == now()
            for act, deed in (("freeze_round", operations.freeze_round), ("close_round", operations.close_round)):
                both(act, in_round.public_id)
                with ready.deed() as edition:
                    deed(edition=edition, round=edition.rounds[ordinal - 1])
        with ready.deed() as edition:
            operations.start_decision(by=ready.by, edition=edition)
        both("publish", ready.edition.public_id)
        with ready.deed() as edition:
            operations.mark_published(edition=edition)
        with ready.deed() as edition:
            operations.archive(by=ready.by, edition=edition)
    session.rollback()
    edition = with_rules(ready.edition.id)
    assert edition.state == "archived"
    assert [r.state for r in edition.rounds] == ["closed", "closed"]
    kinds = [
        kind for (kind,) in session.query(Event.kind).order_by(Event.seq) if kind.startswith(("edition.", "round."))
    ]
    assert kinds == [
        "edition.opened",
        "edition.entries_closed",
        "edition.judging_started",
        "round.opened",
        "round.frozen",
        "round.closed",
        "round.opened",
        "round.frozen",
        "round.closed",
        "edition.decision_started",
        "edition.published",
        "edition.archived",
    ]


@pytest.mark.parametrize(
    ("act", "state", "round_state", "deed"),
    [
        ("freeze_round", "judging", "open", lambda e: operations.freeze_round(edition=e, round=e.rounds[0])),
        ("close_round", "judging", "frozen", lambda e: operations.close_round(edition=e, round=e.rounds[0])),
        ("publish", "decision", "closed", lambda e: operations.mark_published(edition=e)),
    ],
)
def test_one_person_alone_neither_freezes_nor_closes_nor_publishes(
    ready: Prepared, act: str, state: str, round_state: str, deed: Callable[[Edition], None]
) -> None:
    with ready.deed() as edition:
        edition.state, edition.rounds[0].state = state, round_state
        subject = edition.public_id if act == "publish" else edition.rounds[0].public_id
        countersigns.propose(by=ready.by, edition=edition, act=act, subject=subject)
    before = snapshot(ready.edition.id)
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        deed(edition)
    assert refused.value.verdict.code == "one_person"
    assert snapshot(ready.edition.id) == before


@pytest.mark.parametrize("round_state", ["prepare", "open", "frozen", "closed"])
@pytest.mark.parametrize("act", ["open_round", "freeze_round", "close_round"])
def test_a_round_moves_only_forwards_one_step(ready: Prepared, act: str, round_state: str) -> None:
    start, _goal = calendar.ROUND_MOVES[act]
    with ready.deed() as edition:
        edition.state, edition.rounds[0].state = "judging", round_state
    if round_state == start:
        return
    before = snapshot(ready.edition.id)
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        if act == "open_round":
            operations.open_round(by=ready.by, edition=edition, round=edition.rounds[0])
        else:
            getattr(operations, act)(edition=edition, round=edition.rounds[0])
    assert refused.value.verdict.code == "round_state"
    assert snapshot(ready.edition.id) == before


def without_clause(code: str) -> Callable[[Edition], None]:
    return lambda edition: session.delete(next(c for c in edition.clauses if c.code == code)) or session.flush()


def drop(name: str) -> Callable[[Edition], None]:
    def act(edition: Edition) -> None:
        if name == "panels":
            for panel in edition.panels:
                session.delete(panel)
        elif name == "slots":
            edition.categories[0].slots = []
        elif name == "criteria":
            edition.rounds[0].criteria = []
        elif name == "categories":
            for panel in edition.panels:
                session.delete(panel)
            session.flush()
            session.delete(edition.categories[0])
        elif name == "prizes":
            session.delete(edition.prize_levels[0])
        session.flush()

    return act


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (without_clause("max_parts"), "clause:max_parts"),
        (lambda e: setattr(e, "window_to", None), "clause:window"),
        (lambda e: setattr(e, "deadline_at", None), "clause:deadline"),
        (lambda e: setattr(e, "deadline_at", now() - timedelta(days=1)), "deadline_passed"),
        (lambda e: setattr(e, "help_phone", ""), "no_help"),
        (drop("categories"), "no_category"),
        (drop("slots"), "no_slot"),
        (drop("prizes"), "no_prize"),
    ],
)
def test_entries_open_only_when_nothing_is_missing(
    ready: Prepared, spoil: Callable[[Edition], object], code: str
) -> None:
    with ready.deed() as edition:
        spoil(edition)
    before = snapshot(ready.edition.id)
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.open_entries(by=ready.by, edition=edition)
    assert refused.value.verdict.code == code
    assert refused.value.verdict.sentence.endswith(".")
    assert snapshot(ready.edition.id) == before


def weights(*values: int) -> Callable[[Edition], None]:
    def act(edition: Edition) -> None:
        for criterion, weight in zip(edition.rounds[0].criteria, values, strict=True):
            criterion.weight = weight

    return act


@pytest.mark.parametrize(
    ("spoil", "code", "sentence"),
    [
        (
            without_clause("readings"),
            "clause:readings",
            "Chưa có quy định: Số phiếu chấm của một tác phẩm. Nhập nội dung hoặc chọn “Không quy định”.",
        ),
        (drop("criteria"), "no_criteria", "Vòng sơ khảo chưa có tiêu chí chấm."),
        (weights(40, 35, 24), "weights", "Vòng sơ khảo: Tổng tỷ trọng các tiêu chí là 99, phải bằng 100."),
        (weights(40, 35, 26), "weights", "Vòng sơ khảo: Tổng tỷ trọng các tiêu chí là 101, phải bằng 100."),
        (
            weights(33, 42, 25),
            "weights",
            "Vòng sơ khảo: Tiêu chí “Tính phát hiện, tính chân thực” tối đa 3,3 điểm, không chia hết cho bước 0,25.",
        ),
        (drop("panels"), "no_panel", "Vòng sơ khảo chưa có tiểu ban nào."),
    ],
)
def test_a_round_opens_only_when_it_adds_up(
    ready: Prepared, spoil: Callable[[Edition], object], code: str, sentence: str
) -> None:
    with ready.deed() as edition:
        edition.state = "screening"
        spoil(edition)
    before = snapshot(ready.edition.id)
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.open_round(by=ready.by, edition=edition, round=edition.rounds[0])
    assert (refused.value.verdict.code, refused.value.verdict.sentence) == (code, sentence)
    assert snapshot(ready.edition.id) == before


@pytest.mark.parametrize("role", ["chair", "judge"])
def test_a_round_opens_only_with_chair_and_judges(ready: Prepared, role: str) -> None:
    with ready.deed() as edition:
        edition.state = "screening"
        for appointment in standing(edition.id, role):
            appointment.ended_at = now()
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.open_round(by=ready.by, edition=edition, round=edition.rounds[0])
    assert refused.value.verdict.code == f"no_{role}"


def test_the_second_round_waits_for_the_first(ready: Prepared) -> None:
    with ready.deed() as edition:
        edition.state, edition.rounds[0].state = "judging", "frozen"
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.open_round(by=ready.by, edition=edition, round=edition.rounds[1])
    assert refused.value.verdict.code == "earlier_round"


def test_the_decision_waits_for_the_last_round(ready: Prepared) -> None:
    with ready.deed() as edition:
        edition.state, edition.rounds[0].state = "judging", "closed"
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.start_decision(by=ready.by, edition=edition)
    assert refused.value.verdict.sentence == "Vòng chung khảo chưa kết thúc."


@pytest.mark.parametrize(("seconds", "closes"), [(-1, False), (0, False), (119, False), (120, True), (3600, True)])
def test_entries_close_at_the_first_second_after_deadline_and_grace(
    ready: Prepared, seconds: int, closes: bool
) -> None:
    with ready.deed() as edition:
        edition.state = "open"
    assert ready.edition.deadline_at is not None
    with stopped_at(ready.edition.deadline_at + timedelta(seconds=seconds)):
        if closes:
            with ready.deed() as edition:
                operations.close_entries(by=ready.by, edition=edition)
        else:
            with pytest.raises(Refused) as refused, ready.deed() as edition:
                operations.close_entries(by=ready.by, edition=edition)
            assert refused.value.verdict.code == "early"
    session.rollback()
    assert with_rules(ready.edition.id).state == ("screening" if closes else "open")


@pytest.mark.parametrize("act", ["open_entries", "close_entries", "open_round", "start_decision"])
def test_what_another_room_holds_against_an_act_is_its_refusal(ready: Prepared, act: str) -> None:
    states = {"open_entries": "draft", "close_entries": "open", "open_round": "screening", "start_decision": "judging"}
    with ready.deed() as edition:
        edition.state = states[act]
        edition.deadline_at = now() + timedelta(days=1 if act == "open_entries" else -1)
        for in_round in edition.rounds if act == "start_decision" else ():
            in_round.state = "closed"
    elsewhere = [Obstacle("Còn 3 hồ sơ chưa kiểm tra.", "/x"), Obstacle("Điều thứ hai.", "/y")]
    before = snapshot(ready.edition.id)
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        more = {"round": edition.rounds[0]} if act == "open_round" else {}
        getattr(operations, act)(by=ready.by, edition=edition, elsewhere=elsewhere, **more)
    assert refused.value.verdict.sentence == "Còn 3 hồ sơ chưa kiểm tra."
    assert snapshot(ready.edition.id) == before


def test_a_fault_after_opening_leaves_the_round_unopened(ready: Prepared) -> None:
    with ready.deed() as edition:
        edition.state = "screening"
    before = snapshot(ready.edition.id)

    def fails(_round: Round) -> None:
        raise Refused(Verdict("no_reader", "Còn tác phẩm chưa có người chấm."))

    with pytest.raises(Refused), ready.deed() as edition:
        operations.open_round(by=ready.by, edition=edition, round=edition.rounds[0], after_opening=fails)
    assert snapshot(ready.edition.id) == before


@pytest.mark.parametrize(
    ("state", "rounds", "expected"),
    [
        ("draft", ("prepare", "prepare"), ("open_entries", None)),
        ("open", ("prepare", "prepare"), ("close_entries", None)),
        ("screening", ("prepare", "prepare"), ("open_round", 0)),
        ("judging", ("open", "prepare"), None),
        ("judging", ("frozen", "prepare"), None),
        ("judging", ("closed", "prepare"), ("open_round", 1)),
        ("judging", ("closed", "closed"), ("start_decision", None)),
        ("decision", ("closed", "closed"), None),
        ("published", ("closed", "closed"), ("archive", None)),
        ("archived", ("closed", "closed"), None),
        ("screening", (), None),
    ],
)
def test_the_next_act_follows_from_where_the_edition_stands(
    state: str, rounds: tuple[str, ...], expected: tuple[str, int | None] | None
) -> None:
    edition = Edition(state=state, rounds=[Round(ordinal=n, state=s) for n, s in enumerate(rounds, start=1)])
    wanted = expected and (expected[0], None if expected[1] is None else edition.rounds[expected[1]])
    assert calendar.next_act(edition) == wanted


def test_the_state_of_judging_names_the_round() -> None:
    rounds = [Round(ordinal=1, name="Sơ khảo", state="closed"), Round(ordinal=2, name="Chung khảo", state="open")]
    edition = Edition(state="judging", rounds=rounds)
    assert calendar.state_words(edition) == "Đang chấm chung khảo"
    rounds[1].state = "closed"
    assert calendar.state_words(edition) == "Đang chấm"
    assert calendar.state_words(Edition(state="open")) == "Đang nhận tác phẩm"


@pytest.mark.parametrize("code", [d.code for d in calendar.missing(Edition(clauses=[]), "entry")])
def test_each_open_matter_of_entry_is_named_before_opening(code: str) -> None:
    edition = Edition(grace_seconds=120, help_name="A", help_phone="1", clauses=[], categories=[], prize_levels=[])
    found = [b.code for b in calendar.before_opening(edition, now())]
    assert f"clause:{code}" in found
    if code not in {"deadline", "changes_after_submission", "window"}:
        edition.clauses = [Clause(code=code, value=None, unregulated=True, source="")]
        assert f"clause:{code}" not in [b.code for b in calendar.before_opening(edition, now())]
