"""Deeds of set-up called as a console or another room calls them, and what holds when many call at once."""

import threading
from datetime import date

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions import operations
from award.editions.deadlines import THROUGH, Deadline
from award.editions.models import Award, Clause, Edition
from award.editions.operations import CriterionSpec, NationalSpec, PrizeSpec, SlotSpec
from award.editions.queries import capacity, national_edition, with_rules
from award.log.models import Event
from award.log.queries import events_of
from award.verdicts import Refused
from tests import factories
from tests.award.editions.conftest import CLAUSES, Prepared, rows


def test_an_edition_is_made_and_opened_by_operations_alone(ctx: Flask) -> None:
    with unit_of_work():
        maker = factories.person("Trần Thị Minh")
        assert maker.user is not None
        maker.user.administrator = True
        award = operations.create_award(by=maker, slug="giai", name="Giải báo chí", place="Khánh Hòa")
        edition = operations.create_edition(
            by=maker,
            award=award,
            ordinal=3,
            ordinal_words="III",
            year=2023,
            name="Giải báo chí lần thứ III - năm 2023",
            slug="iii-2023",
            code_prefix="KH3",
        )
        by = capacity(maker, edition)
        assert by.holds("organiser")
        operations.describe(
            by=by,
            edition=edition,
            name=edition.name,
            ordinal=3,
            ordinal_words="III",
            year=2023,
            slug="iii-2023",
            code_prefix="KH3",
            help_name="Tổ Thư ký",
            help_phone="0258 000 000",
        )
        window = (date(2022, 11, 1), date(2023, 9, 30))
        operations.set_dates(by=by, edition=edition, window=window, deadline=Deadline(THROUGH, date(2099, 9, 30)))
        for code, value in CLAUSES.items():
            operations.set_clause(by=by, edition=edition, code=code, value=value)
        slot = SlotSpec(label="Bản quét trang báo", kinds=["pdf"], max_bytes=50_000_000)
        operations.add_category(by=by, edition=edition, code="IN", name="Báo in", medium="print", slots=[slot, slot])
        operations.set_prizes(by=by, edition=edition, levels=[PrizeSpec("A", "Giải A", 2, 10_000_000)])
        operations.open_entries(by=by, edition=edition)
    edition = with_rules(edition.id)
    assert edition.state == "open"
    assert [r.name for r in edition.rounds] == ["Sơ khảo", "Chung khảo"]
    assert [s.code for s in edition.categories[0].slots] == ["ban-quet-trang-bao", "ban-quet-trang-bao-2"]
    kinds = [event.kind for event in session.scalars(events_of("edition", edition.id))]
    assert kinds[0] == "edition.created"
    assert kinds[-1] == "edition.opened"


def test_nobody_but_an_administrator_makes_an_award(ctx: Flask) -> None:
    with unit_of_work():
        person = factories.person()
    with pytest.raises(Refused), unit_of_work():
        operations.create_award(by=person, slug="giai", name="Giải", place="Khánh Hòa")
    assert session.query(Award).count() == 0


@pytest.mark.parametrize(
    ("code", "value", "unregulated"),
    [
        ("max_parts", {"number": "5"}, False),
        ("prior_prizes", {"choice": "barred"}, False),
        ("deadline", None, True),
        ("changes_after_submission", None, True),
    ],
)
def test_a_value_that_is_no_answer_is_refused_and_not_kept(
    ready: Prepared, code: str, value: dict[str, object] | None, unregulated: bool
) -> None:
    before = {c.code: c.value for c in with_rules(ready.edition.id).clauses}
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.set_clause(by=ready.by, edition=edition, code=code, value=value, unregulated=unregulated)
    assert refused.value.verdict.code == "value"
    assert {c.code: c.value for c in with_rules(ready.edition.id).clauses} == before


def test_a_clause_set_again_is_one_row_and_one_event_for_each_change(ready: Prepared) -> None:
    for said in ({"value": {"number": 4}}, {"unregulated": True}, {"unregulated": True}):
        with ready.deed() as edition:
            operations.set_clause(by=ready.by, edition=edition, code="max_parts", source=" Điều 4 ", **said)
    (clause,) = session.query(Clause).filter_by(edition_id=ready.edition.id, code="max_parts")
    assert (clause.value, clause.unregulated, clause.source) == (None, True, "Điều 4")
    about = [e for e in session.query(Event).filter_by(kind="clause.set") if b'"code":"max_parts"' in e.payload]
    assert len(about) == 2, "once for each answer, and not for the same one again"


def test_a_slot_never_takes_more_than_its_kinds_allow(ready: Prepared) -> None:
    with ready.deed() as edition:
        category = edition.categories[0]
        slot = SlotSpec(label="Ảnh", kinds=["jpeg"], max_bytes=10**12)
        operations.change_category(
            by=ready.by,
            edition=edition,
            category=category,
            code="IN",
            name="Báo in",
            medium="print",
            genres=["Tin", "Tin", " ", "Phóng sự"],
            slots=[slot],
        )
    category = with_rules(ready.edition.id).categories[0]
    assert category.slots[0].max_bytes == 50 * 1024 * 1024
    assert [g.name for g in category.genres] == ["Tin", "Phóng sự"]


def test_a_genre_that_stays_keeps_its_row_and_one_that_goes_leaves_its_panels(ready: Prepared) -> None:
    with ready.deed() as edition:
        category, in_round = edition.categories[0], edition.rounds[0]
        genre = category.genres[0]
        spec = operations.PanelSpec("Phóng sự", [(category.id, genre.id)])
        operations.set_panels(by=ready.by, edition=edition, round=in_round, panels=[spec])
    words = {"code": "IN", "name": "Báo in", "medium": "print", "slots": []}
    with ready.deed() as edition:
        category = edition.categories[0]
        operations.change_category(by=ready.by, edition=edition, category=category, genres=["Tin", genre.name], **words)
    assert genre.id in [g.id for g in with_rules(ready.edition.id).categories[0].genres]
    with ready.deed() as edition:
        category = edition.categories[0]
        operations.change_category(by=ready.by, edition=edition, category=category, genres=["Tin"], **words)
    edition = with_rules(ready.edition.id)
    assert [g.name for g in edition.categories[0].genres] == ["Tin"]
    assert [p.scopes for p in edition.panels if p.round_id == edition.rounds[0].id] == [[]]


@pytest.mark.parametrize(("weights", "fits"), [((40, 60), True), ((40, 59), False), ((33, 67), False), ((), True)])
def test_criteria_that_do_not_add_up_are_not_kept(ready: Prepared, weights: tuple[int, ...], fits: bool) -> None:
    def change() -> None:
        with ready.deed() as edition:
            operations.change_round(
                by=ready.by,
                edition=edition,
                round=edition.rounds[0],
                name="Sơ khảo",
                blind=True,
                scale_max=10,
                steps_per_point=4,
                criteria=[CriterionSpec(f"Tiêu chí {n}", weight) for n, weight in enumerate(weights)],
            )

    if fits:
        change()
        assert [c.weight for c in ready.round().criteria] == list(weights)
        return
    with pytest.raises(Refused) as refused:
        change()
    assert refused.value.verdict.code == "criteria"
    assert [c.weight for c in ready.round().criteria] == [40, 35, 25]


@pytest.mark.parametrize("state", ["open", "frozen", "closed"])
def test_scale_and_steps_of_a_round_that_began_stand(ready: Prepared, state: str) -> None:
    with ready.deed() as edition:
        edition.rounds[0].state = state
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.change_round(
            by=ready.by,
            edition=edition,
            round=edition.rounds[0],
            name="Sơ khảo",
            blind=True,
            scale_max=100,
            steps_per_point=1,
            criteria=[CriterionSpec("Nội dung", 100)],
        )
    assert refused.value.verdict.code == "frozen"
    assert (ready.round().scale_max, ready.round().steps_per_point, len(ready.round().criteria)) == (10, 4, 3)


def test_prizes_keep_their_rows_by_code_and_their_order_by_rank(ready: Prepared) -> None:
    kept = ready.edition.prize_levels[0].id if ready.edition.prize_levels else None
    levels = [PrizeSpec("ĐB", "Giải Đặc biệt", 1), PrizeSpec("A", "Giải A", 3), PrizeSpec("KK", "Khuyến khích", 15)]
    with ready.deed() as edition:
        kept = edition.prize_levels[0].id
        operations.set_prizes(by=ready.by, edition=edition, levels=levels)
    found = with_rules(ready.edition.id).prize_levels
    assert [(p.rank, p.code, p.quota) for p in found] == [(1, "ĐB", 1), (2, "A", 3), (3, "KK", 15)]
    assert found[1].id == kept
    with ready.deed() as edition:
        operations.set_prizes(by=ready.by, edition=edition, levels=levels[::-1])
    assert [p.code for p in with_rules(ready.edition.id).prize_levels] == ["KK", "A", "ĐB"]


def test_a_prize_for_one_loai_hinh_follows_its_letters_and_is_never_for_all_by_itself(ready: Prepared) -> None:
    levels = [PrizeSpec("A", "Giải A", 1, categories=["IN"]), PrizeSpec("B", "Giải B", 1, categories=["IN", "PT"])]

    def limits() -> list[list[str]]:
        return [level.categories for level in with_rules(ready.edition.id).prize_levels]

    with ready.deed() as edition:
        sound = [SlotSpec(label="Bản âm thanh", kinds=["mp3"], max_bytes=10**6)]
        operations.add_category(by=ready.by, edition=edition, code="PT", name="Phát thanh", medium="radio", slots=sound)
        operations.set_prizes(by=ready.by, edition=edition, levels=levels)
    with ready.deed() as edition:
        printed = {"category": edition.categories[0], "name": "Báo in", "medium": "print"}
        operations.change_category(by=ready.by, edition=edition, code="BI", genres=[], slots=[], **printed)
    assert limits() == [["BI"], ["BI", "PT"]]
    with ready.deed() as edition:
        operations.remove_category(by=ready.by, edition=edition, category=edition.categories[0])
    assert limits() == [["BI"], ["PT"]]
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        operations.open_entries(by=ready.by, edition=edition)
    assert (refused.value.verdict.code, refused.value.verdict.sentence) == (
        "prize_category",
        "Giải A chỉ trao cho loại hình ký hiệu BI, chưa có loại hình đó.",
    )


def test_the_national_edition_is_set_changed_and_taken_away(ready: Prepared) -> None:
    for quota in (12, 58):
        spec = NationalSpec(name="Giải Búa liềm vàng", quota=quota, barred_prizes=["Giải Báo chí quốc gia", ""])
        with ready.deed() as edition:
            operations.set_national(by=ready.by, edition=edition, national=spec)
        found = national_edition(ready.edition.id)
        assert found is not None
        assert (found.quota, found.barred_prizes) == (quota, ["Giải Báo chí quốc gia"])
    with ready.deed() as edition:
        operations.set_national(by=ready.by, edition=edition, national=None)
    assert national_edition(ready.edition.id) is None


def test_many_opening_at_once_open_once(ctx: Flask, ready: Prepared) -> None:
    session.remove()
    outcomes: list[str] = []

    def deed() -> None:
        try:
            with rows(ctx):
                edition = with_rules(ready.edition.id)
                operations.open_entries(by=ready.by, edition=edition)
            outcomes.append("opened")
        except Refused as refused:
            outcomes.append(refused.verdict.code)

    threads = [threading.Thread(target=deed) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["opened", *["state"] * 7]
    assert session.query(Event).filter_by(kind="edition.opened").count() == 1


def test_setting_up_while_another_opens_is_refused_or_comes_first(ctx: Flask, ready: Prepared) -> None:
    session.remove()
    outcomes: list[str] = []

    def set_up() -> None:
        try:
            with rows(ctx):
                edition = with_rules(ready.edition.id)
                operations.set_prizes(by=ready.by, edition=edition, levels=[])
            outcomes.append("set")
        except Refused as refused:
            outcomes.append(refused.verdict.code)

    def open_() -> None:
        try:
            with rows(ctx):
                operations.open_entries(by=ready.by, edition=with_rules(ready.edition.id))
            outcomes.append("opened")
        except Refused as refused:
            outcomes.append(refused.verdict.code)

    threads = [threading.Thread(target=deed) for deed in (set_up, open_)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    edition = with_rules(ready.edition.id)
    consistent = {("open", 1): {"frozen", "opened"}, ("draft", 0): {"set", "no_prize"}}
    assert set(outcomes) == consistent[edition.state, len(edition.prize_levels)]


def test_two_editions_of_one_number_cannot_be(ctx: Flask, ready: Prepared) -> None:
    for slug, ordinal, code in (("iii-2023", 9, "slug"), ("khac", 3, "ordinal")):
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.create_edition(
                by=ready.organiser,
                award=ready.edition.award,
                ordinal=ordinal,
                ordinal_words="III",
                year=2023,
                name="Lần khác",
                slug=slug,
                code_prefix="KH3",
            )
        assert refused.value.verdict.code == code
    assert session.query(Edition).count() == 1
