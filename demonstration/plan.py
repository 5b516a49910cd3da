"""Two invented editions: one whose results are public, one that takes entries now. All their rules are illustrative."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from award.clock import VIETNAM, now
from award.editions.deadlines import THROUGH, Deadline
from award.editions.models import Award, Edition
from award.editions.operations import creation, rounds, setup
from award.editions.queries import with_rules
from award.people.models import Person
from demonstration.cast import seen_from

CLAUSES: Mapping[str, tuple[dict[str, Any] | None, str]] = {
    "window": (None, "khoản 1 Điều 4"),
    "deadline": (None, "khoản 2 Điều 6"),
    "max_works_per_author": ({"number": 3}, "khoản 3 Điều 5"),
    "max_works_per_newsroom": (None, ""),
    "max_group_size": ({"number": 7}, "khoản 4 Điều 5"),
    "max_parts": ({"number": 5}, "khoản 5 Điều 5"),
    "prior_prizes": ({"choice": "barred", "names": ["Giải Báo chí quốc gia"]}, "khoản 6 Điều 5"),
    "licensed_outlet": ({"yes": True}, "khoản 1 Điều 3"),
    "conflict_policy": ({"choice": "own_newsroom"}, "khoản 2 Điều 9"),
    "changes_after_submission": ({"yes": True}, "khoản 3 Điều 6"),
    "readings": ({"number": 2}, "Điều 10"),
    "aggregation": ({"choice": "mean"}, "Điều 10"),
    "spread_limit": ({"points": "2"}, "Điều 10"),
    "tie_rule": (None, ""),
    "quorum": (None, ""),
    "revision": (None, ""),
}
"""Code → value (None: not regulated, or said by dates) and the clause it stands in."""

GENRES = ("Phóng sự", "Ghi chép", "Phản ánh", "Phỏng vấn", "Bình luận")
CRITERIA = (
    rounds.CriterionSpec("Tính phát hiện, tính chân thực", 40, "chưa nổi bật", "rõ, mạch lạc", "xuất sắc"),
    rounds.CriterionSpec("Thể hiện, ngôn ngữ báo chí", 30, "chưa nổi bật", "rõ, mạch lạc", "xuất sắc"),
    rounds.CriterionSpec("Tác động xã hội", 30, "chưa nổi bật", "rõ, mạch lạc", "xuất sắc"),
)
PRIZES = (
    setup.PrizeSpec("DB", "Giải Đặc biệt", 1, 20_000_000),
    setup.PrizeSpec("A", "Giải A", 2, 15_000_000),
    setup.PrizeSpec("B", "Giải B", 3, 10_000_000),
    setup.PrizeSpec("C", "Giải C", 5, 7_000_000),
    setup.PrizeSpec("KK", "Giải Khuyến khích", 15, 3_000_000),
)
AWARD = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"


def draw_up(by: Person, award: Award, *, past: bool) -> Edition:
    """A draft edition with everything filled in, as its organiser would on the screens."""
    made = creation.create_edition(
        by=by,
        award=award,
        ordinal=3 if past else 6,
        ordinal_words="III" if past else "VI",
        year=2023 if past else 2026,
        name=f"{AWARD} lần thứ {'III - năm 2023' if past else 'VI - năm 2026'}",
        slug="iii-2023" if past else "vi-2026",
        code_prefix="KH3" if past else "KH6",
        illustrative=True,
    )
    _dates(by, made, past=past)
    _rules(by, made)
    _judging(by, made)
    _national(by, made, past=past)
    return with_rules(made.id)


def _dates(by: Person, edition: Edition, *, past: bool) -> None:
    hand = seen_from(edition, by)
    today = now().astimezone(VIETNAM).date()
    window = (
        (date(2022, 11, 1), date(2023, 9, 30)) if past else (today - timedelta(days=330), today + timedelta(days=30))
    )
    setup.describe(
        by=hand,
        edition=edition,
        name=edition.name,
        ordinal=edition.ordinal,
        ordinal_words=edition.ordinal_words,
        year=edition.year,
        slug=edition.slug,
        code_prefix=edition.code_prefix,
        help_name="Tổ Thư ký",
        help_phone="0258 000 000",
        illustrative=True,
    )
    setup.set_dates(by=hand, edition=edition, window=window, deadline=Deadline(THROUGH, window[1]))


def _rules(by: Person, edition: Edition) -> None:
    hand = seen_from(edition, by)
    for code, (value, source) in CLAUSES.items():
        unregulated = value is None and not source
        setup.set_clause(by=hand, edition=edition, code=code, value=value, unregulated=unregulated, source=source)
    page = setup.SlotSpec("Bản quét trang báo", ["pdf", "jpeg", "png"], 100_000_000, at_most=3)
    bare = setup.SlotSpec(
        "Bản chấm (không có tên tác giả)", ["pdf", "docx"], 100_000_000, at_least=0, at_most=1, blind=True
    )
    setup.add_category(
        by=hand, edition=edition, code="IN", name="Báo in", medium="print", genres=GENRES, slots=[page, bare]
    )
    capture = setup.SlotSpec("Bản chụp toàn trang", ["pdf", "jpeg", "png"], 100_000_000, at_most=3)
    setup.add_category(
        by=hand, edition=edition, code="DT", name="Báo điện tử", medium="online", genres=GENRES, slots=[capture]
    )
    setup.set_prizes(by=hand, edition=edition, levels=PRIZES)


def _judging(by: Person, edition: Edition) -> None:
    hand = seen_from(edition, by)
    edition = with_rules(edition.id)
    scopes = [(category.id, None) for category in edition.categories]
    for judged in edition.rounds:
        rounds.change_round(
            by=hand,
            edition=edition,
            round=judged,
            name=judged.name,
            blind=judged.ordinal == 1,
            scale_max=10,
            steps_per_point=4,
            criteria=CRITERIA,
            shortlist_size=6 if judged.ordinal == 1 else None,
        )
        panels = [
            rounds.PanelSpec("Tiểu ban Báo in, Báo điện tử" if judged.ordinal == 1 else "Hội đồng chung khảo", scopes)
        ]
        rounds.set_panels(by=hand, edition=edition, round=judged, panels=panels)


def _national(by: Person, edition: Edition, *, past: bool) -> None:
    number, year = ("VIII", 2023) if past else ("XI", 2026)
    national = setup.NationalSpec(
        name=f"Giải Búa liềm vàng lần thứ {number} - năm {year}",
        recipient="Cơ quan thường trực Giải Búa liềm vàng",
        deadline_day=date(year, 11, 10) if past else None,
        deadline_words="theo dấu bưu điện" if past else "",
        window=(date(2022, 11, 1), date(2023, 10, 31)) if past else (None, None),
        barred_prizes=("Giải Báo chí quốc gia",),
    )
    setup.set_national(by=seen_from(edition, by), edition=edition, national=national)
