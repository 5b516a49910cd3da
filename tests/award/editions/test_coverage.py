"""Every loại hình and genre belongs to exactly one panel of a round, and where not it is told."""

from award.editions import calendar
from award.editions.coverage import coverage, coverage_of, fault_of
from award.editions.models import Category, Edition, Genre, Panel, PanelScope, Round

PRINT = Category(id=1, name="Báo in", genres=[Genre(id=11, name="Bình luận"), Genre(id=12, name="Phóng sự")])
PHOTO = Category(id=2, name="Ảnh báo chí", genres=[])


def told(*panels: tuple[str, set[tuple[int, int | None]]]) -> list[str]:
    return [fault for covered in coverage([PRINT, PHOTO], panels) if (fault := fault_of(covered))]


def test_one_panel_over_everything_lacks_nothing() -> None:
    assert told(("Hội đồng", {(1, None), (2, None)})) == []


def test_print_may_be_split_by_genre() -> None:
    assert told(("Báo in 1", {(1, 11)}), ("Báo in 2", {(1, 12)}), ("Ảnh", {(2, None)})) == []
    found = coverage([PRINT], [("Báo in 1", {(1, 11)}), ("Báo in 2", {(1, 12)})])
    assert [(each.words, each.panels) for each in found] == [
        ("Báo in (Bình luận)", ("Báo in 1",)),
        ("Báo in (Phóng sự)", ("Báo in 2",)),
    ]


def test_a_genre_that_falls_through_is_named() -> None:
    assert told(("Báo in 1", {(1, 11)}), ("Ảnh", {(2, None)})) == ["Báo in (Phóng sự) chưa có tiểu ban chấm."]
    assert told(("Báo in 1", {(1, 11)})) == [
        "Báo in (Phóng sự) chưa có tiểu ban chấm.",
        "Ảnh báo chí chưa có tiểu ban chấm.",
    ]
    assert told() == ["Báo in chưa có tiểu ban chấm.", "Ảnh báo chí chưa có tiểu ban chấm."]


def test_a_genre_that_two_panels_judge_is_named_with_both() -> None:
    both = told(("Báo in 1", {(1, None)}), ("Báo in 2", {(1, 12)}), ("Ảnh", {(2, None)}))
    assert both == ["Báo in (Phóng sự) thuộc 2 tiểu ban: Báo in 1, Báo in 2."]
    assert told(("Một", {(1, None), (2, None)}), ("Hai", {(2, None)})) == ["Ảnh báo chí thuộc 2 tiểu ban: Một, Hai."]


def test_a_round_does_not_open_before_every_genre_has_one_panel() -> None:
    first, last = Round(id=1, ordinal=1, name="Sơ khảo", state="prepare"), Round(id=2, ordinal=2, name="Chung khảo")
    edition = Edition(categories=[PRINT, PHOTO], rounds=[first, last], clauses=[], prize_levels=[])
    edition.panels = [
        Panel(round_id=1, name="Báo in 1", scopes=[PanelScope(category_id=1, genre_id=11)]),
        Panel(round_id=2, name="Hội đồng", scopes=[PanelScope(category_id=1), PanelScope(category_id=2)]),
    ]
    found = [b for b in calendar.before_round(edition, first, {"chair": 1, "judge": 1}) if b.page == "panels"]
    assert [(b.code, b.sentence) for b in found] == [
        ("one_panel", "Vòng sơ khảo: Báo in (Phóng sự) chưa có tiểu ban chấm."),
        ("one_panel", "Vòng sơ khảo: Ảnh báo chí chưa có tiểu ban chấm."),
    ]
    assert [fault_of(covered) for covered in coverage_of(edition, last)] == ["", ""]
