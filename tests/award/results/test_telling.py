"""What programs read along: nothing of a result before its instant, and the same for everybody."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Entry
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

FEEDS = ("/iii-2023/tin.atom", "/iii-2023/tin.json", "/sitemap.xml", "/iii-2023/chia-se/giai.png", "/iii-2023/")


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        return outcome()


def test_until_the_instant_everything_reads_as_if_nothing_was_decided(
    app: Flask, made: Outcome, visitor: Visitor
) -> None:
    with app.app_context():
        winner = session.query(Entry).filter_by(title="Khi bí thư chi bộ xuống ruộng").one().public_id
    pictures = ("/iii-2023/chia-se/ket-qua.png", f"/iii-2023/chia-se/{winner}.png", "/iii-2023/chia-se/khongco.png")
    instant = now() + timedelta(hours=1)

    def read() -> list[bytes]:
        answers = [visitor.get(each) for each in (*FEEDS, *pictures)]
        assert [each.status_code for each in answers] == [200] * len(FEEDS) + [404] * 3
        return [each.data for each in answers[: len(FEEDS)]]

    before = read()
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(instant)
    assert read() == before
    with stopped_at(instant):
        answers = {each: visitor.get(each) for each in (*FEEDS, *pictures)}
    assert [answers[each].status_code for each in pictures] == [200, 200, 404]
    kept = {answers[each].headers["Cache-Control"] for each in pictures[:2]}
    assert kept == {"public, max-age=60"}, "what may be taken back is kept no longer"
    assert "Công bố kết quả" in answers["/iii-2023/tin.atom"].text
    assert "Công bố kết quả" in answers["/iii-2023/tin.json"].text
    assert f"/iii-2023/ket-qua/{winner}</loc>" in answers["/sitemap.xml"].text
    assert Image.open(BytesIO(answers[pictures[1]].data)).size == (1200, 630)


def test_a_page_names_its_picture_and_its_feeds(app: Flask, made: Outcome, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
    page = visitor.get("/iii-2023/ket-qua").text
    assert '<meta property="og:image" content="http://127.0.0.1:8000/iii-2023/chia-se/ket-qua.png">' in page
    assert '<link rel="alternate" type="application/atom+xml" href="/iii-2023/tin.atom">' in page
    assert 'href="/iii-2023/tin.json"' in visitor.get("/iii-2023/").text


def test_a_draft_and_a_trial_tell_nothing(app: Flask, made: Outcome, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        session.get_one(Edition, made.edition_id).state = "draft"
    organiser = Visitor(app, made.organiser)
    for address in FEEDS[:2] + FEEDS[3:4]:
        assert visitor.get(address).status_code == organiser.get(address).status_code == 404
    assert "iii-2023" not in visitor.get("/sitemap.xml").text


def test_search_engines_are_told_what_is_private(visitor: Visitor, trial: Flask) -> None:
    said = visitor.get("/robots.txt").text
    assert "Disallow: /tai-khoan\n" in said
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in said
    assert "Disallow: /\n" in Visitor(trial).get("/robots.txt").text
