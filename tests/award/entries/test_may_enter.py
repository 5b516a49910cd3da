"""The door before an account: the same rules as in screening, on a few answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category, Clause
from award.entries import operations
from award.entries.inquiry import ANSWERED_BY, NOT_KNOWN
from award.entries.models import Authorship, Entry, Part, PriorPrize
from award.entries.outlets import newsrooms_called
from award.people.models import Newsroom, Person
from award.rules.names import OF_THE_FORM, name_of
from tests import factories
from tests.award.entries.conftest import Browser, Scene

HOME = "/iii-2023/duoc-du-khong"
HEARD = re.compile(r'data-rule="(\w+)" data-verdict="(\w+)"')
OF_THE_DOSSIER = [OF_THE_FORM[code] for code in NOT_KNOWN if code in OF_THE_FORM]
RULED = re.compile(r'class="ruling__label">([^<]+)</span>\s*(?:<span class="state state--(\w+)[ "])?')
GRAVITY = ("none", "done", "warn", "bad")


@pytest.fixture
def asked(app: Flask, scene: Scene) -> Browser:
    return Browser(app)


def address(scene: Scene, **answers: str) -> str:
    return f"{HOME}?{urlencode({'category': session.get_one(Category, scene.category_id).public_id, **answers})}"


def heard(page: str) -> dict[str, str]:
    """Rule → the gravest mark beside it."""
    found: dict[str, str] = {}
    for code, kind in HEARD.findall(page):
        found[code] = max(kind, found.get(code, "none"), key=GRAVITY.index)
    return found


def test_nothing_is_said_before_somebody_asks(asked: Browser) -> None:
    page = asked.get(HOME)
    assert page.status_code == 200
    assert "Tác phẩm của tôi có được dự không?" in page.text
    assert heard(page.text) == {}
    assert "error-summary" not in page.text


def test_an_answer_is_heard_with_its_clause_and_kept_in_the_form(scene: Scene, asked: Browser) -> None:
    page = asked.get(address(scene, days="01/10/2023", outlet="Báo Biển Xanh", people="2", prizes="none")).text
    assert heard(page) == {
        "window": "bad",
        "max_parts": "done",
        "max_group_size": "done",
        "licensed_outlet": "done",
        "prior_prizes": "done",
    }
    assert "sau thời gian quy định (đến hết ngày 30/9/2023). Căn cứ: khoản 2 Điều 4 Thể lệ." in page
    assert ">01/10/2023</textarea>" in page
    assert 'value="Báo Biển Xanh"' in page
    assert re.search(r'name="prizes" value="none" checked', page)
    assert 'href="/iii-2023/tac-pham/moi"' not in page


def test_what_was_not_answered_is_not_judged_and_named(scene: Scene, asked: Browser) -> None:
    page = asked.get(address(scene, days="2/3/2023")).text
    assert set(heard(page)) == {"window", "max_parts", "max_group_size"}
    left = re.findall(r"<li data-unheard>([^<]+)</li>", page)
    regulated = ["Số tác phẩm của một tác giả", "Tác phẩm đã đoạt giải khác", "Nơi đăng, phát"]
    assert [unescape(name) for name in left] == [*regulated, *map(str, OF_THE_DOSSIER), "nội dung, chủ đề"]


def test_a_work_that_fits_leads_on_to_entering_it(scene: Scene, asked: Browser) -> None:
    page = asked.get(address(scene, days="2/3/2023\n3/3/2023", outlet="báo biển xanh")).text
    assert "phù hợp thể lệ" in page
    assert 'href="/iii-2023/tac-pham/moi"' in page


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"days": "hôm qua"}, "days", "Chưa đọc được ngày “hôm qua”"),
        ({"days": "31/02/2023"}, "days", "Chưa đọc được ngày"),
        ({"people": "hai"}, "people", "Nhập một số nguyên."),
        ({"works": "-1"}, "works", "Nhập một số nguyên."),
        ({"prizes": "some"}, "prize_names", "Ghi tên giải thưởng đã đạt."),
        ({"category": "x"}, "category", "Chọn một loại hình."),
        ({"days": "\n".join(["2/3/2023"] * 61)}, "days", "nhiều nhất 60 kỳ"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(
    scene: Scene, asked: Browser, answers: dict[str, str], field: str, words: str
) -> None:
    page = asked.get(address(scene, **answers)).text
    assert heard(page) == {}
    assert f'<a href="#{field}">' in page
    assert words in unescape(page)


def test_a_limit_of_the_category_is_asked_for_by_itself(scene: Scene, asked: Browser) -> None:
    with unit_of_work():
        category = session.get_one(Category, scene.category_id)
        category.limits, category.limits_source = {"max_works_per_author": 1, "max_parts": 3}, "khoản 9 Điều 5"
    page = asked.get(address(scene, days="2/3/2023", works="1")).text
    assert heard(page)["max_works_per_author"] == "done"
    assert "Trong đó cùng loại hình" in page
    page = asked.get(address(scene, days="\n".join(["2/3/2023"] * 4), works="1", works_here="1")).text
    assert (heard(page)["max_works_per_author"], heard(page)["max_parts"]) == ("bad", "bad")
    assert page.count("Căn cứ: khoản 9 Điều 5 Thể lệ.") >= 2


def test_a_genre_is_judged_when_it_is_said(scene: Scene, asked: Browser) -> None:
    assert heard(asked.get(address(scene, genre=genre_of(scene))).text)["genre"] == "done"
    assert "genre" not in heard(asked.get(address(scene, days="2/3/2023")).text)
    page = asked.get(address(scene, genre="999999")).text
    assert '<a href="#genre">' in page
    assert "Chọn một thể loại của loại hình này." in page


def test_a_draft_edition_answers_nobody(app: Flask, asked: Browser, scene: Scene) -> None:
    with unit_of_work():
        scene.edition.state = "draft"
    assert asked.get(HOME).status_code == 404


def test_the_way_there_stands_on_the_front_page_and_beside_registering(asked: Browser) -> None:
    assert f'href="{HOME}"' in asked.get("/iii-2023/").text
    assert f'href="{HOME}"' in asked.get("/dang-ky").text


@dataclass(frozen=True)
class Made:
    """One work, as it is told at both doors."""

    days: tuple[date, ...]
    people: int = 1
    outlet: str = "Báo Biển Xanh"
    prize: str = ""
    judge: bool = False
    organiser: bool = False
    others: int = 0
    link: str = ""
    elsewhere: str = ""

    @property
    def answers(self) -> dict[str, str]:
        return {
            "days": "\n".join(day.strftime("%d/%m/%Y") for day in self.days),
            "people": str(self.people),
            "outlet": self.outlet,
            "works": str(self.others),
            "prizes": "some" if self.prize else "none",
            "prize_names": self.prize,
            "organiser": "y" if self.organiser else "n",
            "judge": "y" if self.judge else "n",
            "group_works": str(self.others),
            "links": self.link,
            "elsewhere": self.elsewhere,
        }


IN, EARLY, LATE = date(2023, 3, 2), date(2022, 10, 31), date(2023, 10, 1)
OUTLETS = ("Báo Biển Xanh", "Trang của thôn", "Báo chưa có trong danh sách")
WORKS = [
    *(Made((IN, day), people, outlet) for day, people, outlet in product((IN, EARLY, LATE), (1, 5, 6), OUTLETS)),
    *(Made((IN,) * parts, prize=prize) for parts, prize in product((1, 5, 6), ("", "Giải Báo chí quốc gia", "Giải X"))),
    *(
        Made((date(2022, 11, 1), date(2023, 9, 30)), judge=judge, organiser=organiser, others=n)
        for judge, organiser, n in product((False, True), (False, True), (0, 1))
    ),
    Made((IN,), others=2),
    Made((IN,), 2, others=1),
    Made((IN,), 2, others=2),
    *(Made((IN,), link=link) for link in ("https://bao.vn/bai", "bao")),
    *(Made((IN,), elsewhere=elsewhere) for elsewhere in ("Trang B, 01/3/2023", "Trang B, 05/3/2023")),
    Made(
        (EARLY, LATE), 6, "Trang của thôn", "Giải Báo chí quốc gia lần thứ XVII", judge=True, organiser=True, others=2
    ),
]


@pytest.fixture
def both(app: Flask, scene: Scene) -> Iterator[tuple[Browser, Browser]]:
    """Anybody, and the secretary of an edition that says something on every matter the door asks about."""
    with unit_of_work():
        said = {
            "judges_enter": {"yes": False},
            "organisers_enter": {"yes": False},
            "max_works_per_group": {"number": 2},
            "conflict_policy": {"choice": "own_work"},
        }
        for code, value in said.items():
            session.add(Clause(edition_id=scene.edition_id, code=code, value=value, source="Điều 9"))
        session.get_one(Newsroom, scene.organ_id).kinds = ["newspaper"]
        category = session.get_one(Category, scene.category_id)
        category.outlets, category.limits_source = ["newspaper", "magazine"], "khoản 2 Điều 3"
        next(each for each in scene.edition.clauses if each.code == "max_group_size").source = "khoản 4 Điều 5"
        factories.newsroom("Trang của thôn", licensed=False, kinds=["portal"])
        secretary = factories.person("Thư ký Giải")
        factories.appointment(scene.edition, secretary, "secretary")
    yield Browser(app), Browser(app, secretary)


def entered(scene: Scene, made: Made, n: int) -> str:
    """The work submitted, after so many others of its author; its address for the secretariat."""
    with unit_of_work():
        owner = factories.person(f"Tác giả chính {n}", phone=f"0905 {n:06d}")
        for _ in range(made.others):
            other = scene.draft(owner, title=f"Tác phẩm khác của {n}")
            accompanied(other, n, made.people)
            insist(scene, owner, other.id)
    with unit_of_work():
        for role, held in (("judge", made.judge), ("organiser", made.organiser)):
            if held:
                factories.appointment(scene.edition, owner, role)
        known = scene.organ_id if made.outlet == "Báo Biển Xanh" else None
        entry = scene.draft(owner, title=f"Tác phẩm {n}", newsroom_id=known, newsroom_text="" if known else made.outlet)
        if made.outlet == "Trang của thôn":
            entry.newsroom_id, entry.newsroom_text = newsrooms_called(["trang cua thon"])["trang cua thon"], ""
        first, *rest = made.days
        entry.parts[0].published_on, entry.parts[0].link, entry.elsewhere = first, made.link, made.elsewhere
        entry.parts += [Part(ordinal=k, title=f"Kỳ {k}", published_on=day) for k, day in enumerate(rest, start=2)]
        accompanied(entry, n, made.people)
        if made.prize:
            entry.no_prior_prize, entry.prior_prizes = False, [PriorPrize(award_name=made.prize, level="A")]
        entry.byline = ", ".join(author.legal_name for author in entry.authors)
        session.flush()
        session.expire_all()
        for part in list(entry.parts)[1:]:
            file = scene.attach(entry, owner)
            next(each for each in entry.files if each.file_id == file.id).part_id = part.id
        session.flush()
        insist(scene, owner, entry.id)
        return f"/{scene.slug}/kiem-tra/{entry.public_id}"


def accompanied(entry: Entry, n: int, people: int) -> None:
    entry.authors += [Authorship(ordinal=k, legal_name=f"Bạn viết {n} {k}") for k in range(2, people + 1)]


def insist(scene: Scene, owner: Person, entry_id: int) -> None:
    entry = session.get_one(Entry, entry_id)
    by = scene.by(owner)
    operations.submit(by=by, edition=scene.edition, entry=entry, arrived_at=now(), insisting=True)


def genre_of(scene: Scene) -> str:
    return str(session.get_one(Category, scene.category_id).genres[0].id)


def screened(page: str) -> dict[str, str]:
    """Name of a rule → the mark the secretariat sees beside it."""
    return {unescape(label): kind or "none" for label, kind in RULED.findall(page)}


def test_both_doors_say_the_same_of_every_rule_that_is_asked_about(scene: Scene, both: tuple[Browser, Browser]) -> None:
    anybody, secretary = both
    seen: dict[str, set[Any]] = {}
    for n, made in enumerate(WORKS):
        there = entered(scene, made, n)
        public = heard(anybody.get(address(scene, genre=genre_of(scene), **made.answers)).text)
        inside = screened(secretary.get(there).text)
        assert set(public) >= {"window", "max_parts", "max_group_size", "licensed_outlet", "prior_prizes"}, made
        for code, kind in public.items():
            assert kind == inside.get(name_of(code), "none"), (made, code)
            seen.setdefault(code, set()).add(kind)
    assert seen == {
        "window": {"done", "bad"},
        "max_parts": {"done", "bad"},
        "max_group_size": {"done", "bad"},
        "max_works_per_author": {"done", "bad"},
        "max_works_per_group": {"none", "done", "bad"},
        "licensed_outlet": {"done", "warn", "bad"},
        "prior_prizes": {"done", "bad"},
        "organisers_enter": {"done", "bad"},
        "judges_enter": {"done", "bad"},
        "conflict_policy": {"none"},
        "genre": {"done"},
        "link": {"done", "warn"},
        "first_publication": {"warn"},
    }
    assert set(seen) == set(ANSWERED_BY)
