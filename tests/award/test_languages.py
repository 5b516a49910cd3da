"""The reader's language: chosen by hand, kept in a cookie, and never that of what is written down."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import cast

import pytest
from flask import Flask, render_template_string, request
from flask_babel import get_locale, gettext, lazy_gettext
from sqlalchemy import select

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.documents.answers import file_asked
from award.documents.tables import Column, Sheet
from award.languages import COOKIE, Agreeing, Sentence, _kept_beside, said_in_vietnamese, way_back
from award.messages.models import Message
from award.verdicts import Refused, Verdict
from tests import factories
from tests.award.results.rows import outcome
from tests.visitor import Visitor

IN_ENGLISH = {"Cookie": f"{COOKIE}=en"}


@pytest.fixture
def english(house: Flask) -> Iterator[Flask]:
    """A request of somebody who reads English."""
    with house.test_request_context("/", headers=IN_ENGLISH):
        yield house


@pytest.fixture
def reader(app: Flask) -> Visitor:
    """The same at the doors."""
    made = Visitor(app)
    made.client.set_cookie(COOKIE, "en", domain="127.0.0.1")
    return made


def test_the_language_is_chosen_by_a_link_and_kept(app: Flask) -> None:
    visitor = Visitor(app)
    assert '<html lang="vi"' in visitor.get("/cac-lan", headers={"Accept-Language": "en"}).text
    answer = visitor.get("/ngon-ngu/en?ve=/cac-lan")
    assert (answer.status_code, answer.location) == (303, "/cac-lan")
    page = visitor.get("/cac-lan").text
    assert '<html lang="en"' in page
    assert "No edition has been published yet." in page
    assert 'href="/ngon-ngu/vi?ve=/cac-lan" lang="vi"' in page
    visitor.get("/ngon-ngu/vi?ve=/cac-lan")
    assert '<html lang="vi"' in visitor.get("/cac-lan").text


def test_nobody_chooses_a_language_there_is_none_of(app: Flask, visitor: Visitor) -> None:
    assert visitor.get("/ngon-ngu/fr").status_code == 404
    visitor.client.set_cookie(COOKIE, "fr", domain="127.0.0.1")
    assert '<html lang="vi"' in visitor.get("/cac-lan").text


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/iii-2023/ket-qua?tim=bi+thu", "/iii-2023/ket-qua?tim=bi+thu"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_leads_into_this_house(address: str, leads: str) -> None:
    assert way_back(address) == leads


def test_a_public_page_is_kept_for_each_language_by_itself(app: Flask, reader: Visitor) -> None:
    with app.app_context(), unit_of_work():
        made = outcome()
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
    vietnamese, english = Visitor(app).get("/iii-2023/ket-qua"), reader.get("/iii-2023/ket-qua")
    for answer in (vietnamese, english):
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" in answer.vary
    assert vietnamese.headers["ETag"] != english.headers["ETag"]
    known = {"If-None-Match": vietnamese.headers["ETag"]}
    assert Visitor(app).get("/iii-2023/ket-qua", headers=known).status_code == 304
    assert reader.get("/iii-2023/ket-qua", headers=known).status_code == 200


def test_a_deed_is_written_down_in_vietnamese_and_told_in_english(app: Flask) -> None:
    told = []
    with app.test_request_context("/", headers=IN_ENGLISH):
        lazy = lazy_gettext("Đã lưu.")
        assert str(lazy) == "Saved."
        with unit_of_work() as after:
            assert (gettext("Đã lưu."), str(lazy)) == ("Đã lưu.", "Đã lưu.")
            assert dates.day(date(2023, 9, 30)) == "30/9/2023"
            after(lambda: told.append(gettext("Đã lưu.")))
        with pytest.raises(RuntimeError), unit_of_work():
            raise RuntimeError
        assert gettext("Đã lưu.") == "Saved."
    assert told == ["Saved."]


def test_a_refusal_found_in_a_deed_is_told_in_the_language_of_who_is_refused(english: Flask) -> None:
    with pytest.raises(Refused) as refused, unit_of_work():
        names = gettext("Chưa có")
        raise Refused(Verdict("missing", gettext("Còn thiếu cột: %(names)s.", names=names)))
    assert refused.value.verdict.sentence == "Missing columns: None yet."
    with pytest.raises(Refused) as refused, unit_of_work():
        raise Refused(Verdict("lazy", cast("str", lazy_gettext("Đã lưu."))))
    assert str(refused.value.verdict.sentence) == "Saved."


def test_jobs_and_the_console_speak_vietnamese(house: Flask) -> None:
    with house.app_context():
        assert gettext("Đã lưu.") == "Đã lưu."
        assert dates.number(Fraction(35, 4)) == "8,75"


def test_letters_to_people_who_read_english_are_vietnamese(app: Flask, reader: Visitor) -> None:
    with app.app_context(), unit_of_work():
        factories.person(email="van@example.vn")
    assert reader.post("/quen-mat-khau", {"email": "van@example.vn"}).status_code in {200, 302, 303}
    with app.app_context():
        letter = session.scalars(select(Message)).one()
    assert letter.subject == "Đặt lại mật khẩu"
    assert "Đặt mật khẩu mới tại đường dẫn" in letter.body


def test_what_is_taken_along_is_vietnamese(english: Flask) -> None:
    def sheet() -> Sheet:
        return Sheet(gettext("Danh sách"), (Column(gettext("Ngày nộp")),), ((dates.day(date(2023, 9, 30)),),))

    taken = file_asked("danh-sach", "csv", sheet=sheet).get_data(as_text=True)
    assert "Ngày nộp" in taken and "30/9/2023" in taken


def test_subjects_of_letters_are_looked_up_in_vietnamese(english: Flask) -> None:
    assert str(said_in_vietnamese(lazy_gettext("Đặt lại mật khẩu"))) == "Đặt lại mật khẩu"
    assert gettext("Đặt lại mật khẩu") == "Set a new password"


AT = datetime(2023, 9, 30, 16, 52, 7, tzinfo=UTC)


def test_days_and_numbers_are_english_to_its_readers(english: Flask) -> None:
    assert dates.day(date(2023, 7, 5)) == "5 Jul 2023"
    assert dates.long_day(date(2023, 9, 30)) == "Saturday 30 September 2023"
    assert dates.weekday(date(2023, 9, 30)) == "Saturday"
    assert dates.moment(AT).startswith("23:52, 30 Sep")
    assert dates.receipt_moment(AT).startswith("23:52:07, 30 Sep")
    assert dates.deadline_moment(AT) == dates.moment(AT)
    assert [dates.number(value) for value in (1893, Fraction(35, 4), 10_000_000)] == ["1,893", "8.75", "10,000,000"]
    assert [dates.size(value) for value in (1_200_000_000, 412_000_000, 1, 12)] == [
        "1.2 GB",
        "412 MB",
        "1 byte",
        "12 bytes",
    ]
    assert [dates.length(value) for value in (45, 750, 720, 3900, 0)] == [
        "45 s",
        "12 min 30 s",
        "12 min",
        "1 h 05 min",
        "0 s",
    ]


def test_what_is_typed_has_one_form(english: Flask) -> None:
    assert dates.typed_day(date(2023, 7, 5)) == "05/7/2023"
    assert dates.typed_number(10_000_000) == "10.000.000"
    assert dates.read_day(dates.example_day()) == dates.local(now()).date()


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 work by 1 author"), ("1", "1 work by 1 author"), (2, "2 works by 2 authors")]
)
def test_words_agree_with_numbers(n: object, said: str) -> None:
    sentence = Sentence("%(n)s %(n:work|works)s by %(m)s %(m:author|authors)s")
    assert sentence % {"n": n, "m": n} == said
    assert str(sentence) % {"n": n, "m": n} == said, "text of a lazy sentence agrees too"


def test_a_value_that_was_not_given_is_still_missing() -> None:
    with pytest.raises(KeyError):
        Sentence("%(n)s %(other)s") % {"n": 1}
    with pytest.raises(KeyError):
        Agreeing(n=1)["other:work|works"]


def test_values_in_templates_are_escaped_and_agree(english: Flask) -> None:
    shown = render_template_string(
        "{{ _('%(n)s tác phẩm', n=n) }} {{ _('Hỗ trợ: %(name)s, %(phone)s', name=who, phone='') }}", n=1, who="<b>"
    )
    assert shown == "1 work Help: &lt;b&gt;, "
    assert render_template_string("{{ _('%(n)s tác phẩm', n=2) }}") == "2 works"
    assert request.path == "/"


def test_the_language_of_a_request_is_kept_where_the_library_keeps_it(english: Flask) -> None:
    """The way there is a name of the library's own: this fails on the day that it goes another way."""
    with english.test_request_context(headers={"Cookie": f"{COOKIE}=en"}):
        assert str(get_locale()) == "en"
        kept = _kept_beside()
        assert kept is not None
        assert kept.babel_locale is get_locale()
