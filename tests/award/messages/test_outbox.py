"""The page of letters: only where no mail leaves the machine, newest first, links of http alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from award import db, jobs
from award.db import unit_of_work
from award.messages.links import pieces
from award.messages.operations import post
from tests.visitor import Visitor
from wsgi import create_app


@pytest.fixture
def house_again(app: Flask) -> Iterator[None]:
    """Afterwards rows and jobs belong to the application of the other tests again."""
    yield
    db._sessions.configure(bind=app.extensions["engine"])
    jobs.install(app)


def write(number: int, body: str = "Kính gửi.") -> None:
    post(
        kind="mailing",
        to_address=f"n{number}@example.vn",
        subject=f"Thư {number:03}",
        body=body,
        dedupe_key=str(number),
    )


@pytest.mark.parametrize(
    ("mail_url", "base_url", "demonstration", "there"),
    [
        ("", "http://127.0.0.1:8000", False, True),
        ("", "http://localhost:8000", False, True),
        ("", "https://giai.example.vn", False, False),
        ("", "https://giai.example.vn", True, True),
        ("smtp://mail.example", "http://127.0.0.1:8000", False, False),
        ("smtp://mail.example", "https://giai.example.vn", True, False),
    ],
)
def test_where_the_page_exists(
    app: Flask, house_again: None, mail_url: str, base_url: str, demonstration: bool, there: bool
) -> None:
    settings = app.extensions["settings"]
    made = create_app(replace(settings, mail_url=mail_url, base_url=base_url, demonstration=demonstration))
    assert ("messages.outbox" in made.view_functions) is there


def test_newest_first_fifty_a_page(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        for number in range(53):
            write(number)
    page = visitor.get("/hop-thu").text
    assert page.index("Thư 052") < page.index("Thư 051") < page.index("Thư 003")
    assert "Thư 002" not in page
    older = page.split('href="/hop-thu?sau=')[1].split('"')[0]
    page = visitor.get(f"/hop-thu?sau={older}").text
    assert page.index("Thư 002") < page.index("Thư 000")
    assert "Thư 003" not in page
    assert "sau=" not in page
    assert "truoc=" in page


def test_nothing_yet(visitor: Visitor) -> None:
    assert "Chưa có thư nào." in visitor.get("/hop-thu").text


def test_addresses_can_be_followed_and_nothing_else_is_markup(app: Flask, visitor: Visitor) -> None:
    body = 'Mở http://127.0.0.1:8000/loi-moi/a_b?x=1&y=2.\njavascript:alert(1) <b onclick="x">data:text/html,x</b>'
    with app.app_context(), unit_of_work():
        write(1, body)
    page = visitor.get("/hop-thu").text
    assert 'href="http://127.0.0.1:8000/loi-moi/a_b?x=1&amp;y=2"' in page
    assert "<b onclick" not in page
    assert 'href="javascript' not in page and 'href="data' not in page


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("xem https://a.example/b, rồi http://c.example.", ["https://a.example/b", "http://c.example"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("ftp://a.example javascript://a.example HTTPS", []),
        ('https://a.example/"><script>', ["https://a.example/"]),
        ("", []),
    ],
)
def test_the_pieces_of_a_text(text: str, addresses: list[str]) -> None:
    found = pieces(text)
    assert "".join(words for words, _ in found) == text
    assert [address for _, address in found if address] == addresses
