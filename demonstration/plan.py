"""Edition III - 2023 as data, and later editions drawn up from the same.

What papers say of edition III stands here as they say it: the five loại hình, the contents of the plan, the award it
forwards to. What is not known of its rules is invented, and labelled "minh họa" value by value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from award.editions.deadlines import THROUGH, Deadline
from award.editions.known import KNOWN
from award.editions.models import Award, Category, Edition
from award.editions.operations import creation, prizes, rounds, setup
from award.editions.operations.topics import TopicSpec, set_topics
from award.editions.permissions import Capacity
from award.editions.queries import with_rules
from award.editions.saving import MEGABYTE
from award.people.models import Person
from demonstration.cast import seen_from
from demonstration.offices import settle_papers

AWARD = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"

CLAUSES: Mapping[str, tuple[dict[str, Any] | None, str]] = {
    "window": (None, "khoản 1 Điều 4"),
    "deadline": (None, "khoản 2 Điều 6"),
    "posted_works": ({"choice": "postmark"}, "khoản 2 Điều 6"),
    "max_works_per_author": ({"number": 3}, "khoản 3 Điều 5"),
    "max_works_per_group": (None, ""),
    "max_works_per_newsroom": (None, ""),
    "max_group_size": ({"number": 7}, "khoản 4 Điều 5"),
    "max_parts": ({"number": 5}, "khoản 5 Điều 5"),
    "prior_prizes": ({"choice": "barred", "names": ["Giải Báo chí quốc gia"]}, "khoản 6 Điều 5"),
    "licensed_outlet": ({"yes": True}, "khoản 1 Điều 3"),
    "newsroom_confirmation": (None, ""),
    "counted_in_time": (None, ""),
    "organisers_enter": ({"yes": False}, "khoản 1 Điều 9"),
    "judges_enter": ({"yes": True}, "khoản 1 Điều 9"),
    "conflict_policy": ({"choice": "own_newsroom"}, "khoản 2 Điều 9"),
    "changes_after_submission": ({"yes": True}, "khoản 3 Điều 6"),
    "newsroom_choice": ({"number": 5}, "khoản 5 Điều 6"),
    "corrections": ({"choice": "some", "several": ["authors", "files", "declarations"]}, "khoản 4 Điều 6"),
    "thematic_and_main": ({"yes": False}, "khoản 2 Điều 11"),
    "readings": ({"number": 3}, "Điều 10"),
    "aggregation": ({"choice": "mean"}, "Điều 10"),
    "spread_limit": ({"points": "2"}, "Điều 10"),
    "tie_rule": (None, ""),
    "tie_steps": ({"several": ["criteria", "head_to_head", "median", "ballot", "decision"]}, "Điều 10"),
    "quorum": (None, ""),
    "hands": ({"yes": True}, "Điều 10"),
    "absent_opinions": ({"choice": "counted"}, "Điều 10"),
    "revision": (None, ""),
}
"""Code → value (None: not regulated, or said by dates) and the clause it stands in. All of it is invented."""

FOCAL = "Nội dung trọng tâm"
REGULAR = "Nội dung thường xuyên"
TOPICS: Mapping[str, Sequence[str]] = {
    FOCAL: (
        "Đổi mới phương thức lãnh đạo, phương pháp và lề lối làm việc của cấp ủy, tổ chức đảng",
        "Kết quả thực hiện nghị quyết đại hội Đảng các cấp và các nghị quyết về phát triển tỉnh; điểm nghẽn, hiến kế",
        "Xây dựng, chỉnh đốn Đảng; chống suy thoái, tham nhũng, lãng phí, tiêu cực; bảo vệ nền tảng tư tưởng của Đảng",
        "Củng cố tổ chức cơ sở đảng, nâng cao chất lượng đội ngũ đảng viên",
        "Xây dựng Đảng về đạo đức; nêu gương; học tập và làm theo Bác; gắn bó với Nhân dân",
    ),
    REGULAR: (
        "Xây dựng đội ngũ cán bộ, người đứng đầu các cấp",
        "Đổi mới, sắp xếp tổ chức bộ máy của hệ thống chính trị",
        "Tuyên truyền, quán triệt và thực hiện nghị quyết, chỉ thị, quy định của Đảng",
        "Kiểm tra, giám sát, kỷ luật đảng; công khai, trách nhiệm giải trình, kiểm soát quyền lực",
        "Nguyên tắc tổ chức và sinh hoạt đảng",
        "Xây dựng, rà soát quy chế, quy định về công tác xây dựng Đảng",
        "Vai trò tiền phong, gương mẫu; tự phê bình và phê bình; đoàn kết, thống nhất",
        "Cơ quan dân cử, Mặt trận Tổ quốc, các tổ chức chính trị - xã hội và Nhân dân tham gia xây dựng Đảng",
        "Tổng kết thực tiễn, mô hình thí điểm, nghiên cứu lý luận về xây dựng Đảng",
    ),
}
"""The contents of Kế hoạch 159-KH/TU of 05/7/2023, shortened: five focal ones and nine regular ones."""

CRITERIA = (
    rounds.CriterionSpec("Tính phát hiện, tính chân thực", 40, "chưa nổi bật", "rõ, mạch lạc", "xuất sắc"),
    rounds.CriterionSpec("Thể hiện, ngôn ngữ báo chí", 30, "chưa nổi bật", "rõ, mạch lạc", "xuất sắc"),
    rounds.CriterionSpec("Tác động xã hội", 30, "chưa nổi bật", "rõ, mạch lạc", "xuất sắc"),
)
PRIZES = (
    prizes.PrizeSpec("DB", "Giải Đặc biệt", 1, 20_000_000, illustrative=True),
    prizes.PrizeSpec("A", "Giải A", 2, 15_000_000, illustrative=True),
    prizes.PrizeSpec("B", "Giải B", 3, 10_000_000, illustrative=True),
    prizes.PrizeSpec("C", "Giải C", 5, 7_000_000, illustrative=True),
    prizes.PrizeSpec("KK", "Giải Khuyến khích", 15, 3_000_000, illustrative=True),
    prizes.PrizeSpec("CD", "Giải Chuyên đề", 12, 3_000_000, kind="thematic", illustrative=True),
    prizes.PrizeSpec("TT", "Bằng khen tập thể", 5, kind="collective", illustrative=True),
)
"""The numbers are those of edition IV; edition III's are not known."""


@dataclass(frozen=True)
class PanelPlan:
    """A panel: letters of its categories, or of one category with the genres it takes; how many works go on."""

    name: str
    categories: tuple[str, ...]
    genres: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    shortlist: int | None = None


OPINION = ("Xã luận", "Bình luận", "Chuyên luận")
PANELS: Sequence[Sequence[PanelPlan]] = (
    (
        PanelPlan("Tiểu ban Báo in 1", ("IN",), genres=OPINION, shortlist=12),
        PanelPlan("Tiểu ban Báo in 2", ("IN",), without=OPINION, shortlist=20),
        PanelPlan("Tiểu ban Báo điện tử", ("ĐT",), shortlist=20),
        PanelPlan("Tiểu ban Phát thanh", ("PT",), shortlist=5),
        PanelPlan("Tiểu ban Truyền hình", ("TH",), shortlist=10),
        PanelPlan("Tiểu ban Ảnh báo chí", ("ẢNH",), shortlist=3),
    ),
    (PanelPlan("Hội đồng chung khảo", ("IN", "ĐT", "PT", "TH", "ẢNH")),),
)
"""By round. Print is split by genre, as the national award splits it; no panel is a category."""


@dataclass(frozen=True)
class Outline:
    """What is an edition's own: its number and year, the time its works must have appeared in, its national edition."""

    ordinal: int
    words: str
    year: int
    window: tuple[date, date]
    national: tuple[str, int]
    """Number and year of the national edition it forwards to."""
    shortlist: Callable[[int], int] = int
    """How many works go on where so many go on in an edition of the size that was published."""
    first_round: tuple[date | None, date | None] = (None, None)
    """From when until when its first round is to be judged, where its plan says so."""

    @property
    def slug(self) -> str:
        return f"{self.words.lower()}-{self.year}"

    @property
    def label(self) -> str:
        return f"lần thứ {self.words} - năm {self.year}"


FIRST_WINDOW = (date(2022, 11, 1), date(2023, 9, 30))


def draw_up(by: Person, award: Award, outline: Outline) -> Edition:
    """A draft edition with everything filled in, as its organiser would on the screens."""
    made = creation.create_edition(
        by=by,
        award=award,
        ordinal=outline.ordinal,
        ordinal_words=outline.words,
        year=outline.year,
        name=f"{AWARD} {outline.label}",
        slug=outline.slug,
        code_prefix=f"KH{outline.ordinal}",
        illustrative=True,
    )
    hand = seen_from(made, by)
    _dates(hand, made, outline.window)
    _structure(hand, made)
    _judging(hand, with_rules(made.id), outline)
    _national(hand, made, outline.national)
    settle_papers(hand, made)
    return with_rules(made.id)


def _dates(hand: Capacity, edition: Edition, window: tuple[date, date]) -> None:
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
    for code, (value, source) in CLAUSES.items():
        setup.set_clause(
            by=hand,
            edition=edition,
            code=code,
            value=value,
            unregulated=value is None and not source,
            source=source,
            illustrative=True,
        )


def _structure(hand: Capacity, edition: Edition) -> None:
    """Categories as the set-up page offers them, contents of the plan, prizes."""
    for known in KNOWN:
        slots = [
            setup.SlotSpec(
                slot.label,
                slot.kinds,
                slot.megabytes * MEGABYTE,
                at_least=slot.at_least,
                at_most=slot.at_most,
                blind=slot.blind,
                captions=slot.captions,
                proof=slot.proof,
                for_judges=slot.for_judges,
                for_minors=slot.for_minors,
            )
            for slot in known.slots
        ]
        setup.add_category(
            by=hand,
            edition=edition,
            code=known.code,
            name=known.name,
            medium=known.medium,
            genres=known.genres,
            slots=slots,
            needed=known.needed,
            illustrative=True,
        )
    topics = [
        spec
        for group, contents in TOPICS.items()
        for spec in (TopicSpec(group, focal=group == FOCAL), *(TopicSpec(name, 1) for name in contents))
    ]
    set_topics(by=hand, edition=edition, topics_=topics)
    prizes.set_prizes(by=hand, edition=edition, levels=PRIZES)


def _judging(hand: Capacity, edition: Edition, outline: Outline) -> None:
    small = outline.shortlist
    for judged, given in zip(edition.rounds, PANELS, strict=True):
        plans = [replace(plan, shortlist=plan.shortlist and small(plan.shortlist)) for plan in given]
        shortlist = [plan.shortlist for plan in plans if plan.shortlist is not None]
        opens_on, ends_on = outline.first_round if judged.ordinal == 1 else (None, None)
        rounds.change_round(
            by=hand,
            edition=edition,
            round=judged,
            name=judged.name,
            blind=judged.ordinal == 1,
            scale_max=10,
            steps_per_point=4,
            criteria=CRITERIA,
            shortlist_size=sum(shortlist) or None,
            opens_on=opens_on,
            ends_on=ends_on,
            illustrative=True,
        )
        panels = [
            rounds.PanelSpec(plan.name, _scopes(plan, edition.categories), shortlist_size=plan.shortlist)
            for plan in plans
        ]
        rounds.set_panels(by=hand, edition=edition, round=judged, panels=panels)


def _scopes(plan: PanelPlan, categories: Sequence[Category]) -> list[tuple[int, int | None]]:
    judged = [category for category in categories if category.code in plan.categories]
    if not plan.genres and not plan.without:
        return [(category.id, None) for category in judged]
    return [
        (category.id, genre.id)
        for category in judged
        for genre in category.genres
        if (genre.name in plan.genres if plan.genres else genre.name not in plan.without)
    ]


def _national(hand: Capacity, edition: Edition, which: tuple[str, int]) -> None:
    """Of VIII window, deadline by postmark, receiving body and barred prize are known; of others nothing is."""
    number, year = which
    known = which == ("VIII", 2023)
    national = setup.NationalSpec(
        name=f"Giải Búa liềm vàng lần thứ {number} - năm {year}",
        recipient="Tạp chí Xây dựng Đảng, cơ quan thường trực Giải" if known else "Cơ quan thường trực Giải",
        deadline_day=date(year, 11, 10) if known else None,
        deadline_words="theo dấu bưu điện" if known else "",
        window=(date(2022, 11, 1), date(2023, 10, 31)) if known else (None, None),
        barred_prizes=("Giải Báo chí quốc gia",),
        illustrative=not known,
    )
    setup.set_national(by=hand, edition=edition, national=national)
