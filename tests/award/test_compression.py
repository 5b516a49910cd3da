"""What goes out compressed, and what never does."""

import gzip
from pathlib import Path

import pytest
from flask import Flask

from award.db import unit_of_work
from tests import factories
from tests.visitor import Visitor

TAKES = {"Accept-Encoding": "br, gzip;q=0.8"}
HERE = TAKES | {"Sec-Fetch-Site": "same-origin"}
PAGE = "/thanh-phan"


@pytest.fixture
def signed_in(app: Flask) -> Visitor:
    with app.app_context(), unit_of_work():
        person = factories.person()
    return Visitor(app, person)


def test_a_page_is_compressed_for_who_takes_it_so(app: Flask) -> None:
    plain, packed = Visitor(app).get(PAGE), Visitor(app).get(PAGE, headers=TAKES)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain.data) / 3
    assert gzip.decompress(packed.data)[:200] == plain.data[:200]
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.vary
    assert "Content-Encoding" not in Visitor(app).get(PAGE, headers={"Accept-Encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize("began", ["same-origin", "none"])
def test_a_page_of_a_session_is_compressed_where_the_request_began_here(signed_in: Visitor, began: str) -> None:
    answer = signed_in.get(PAGE, headers=TAKES | {"Sec-Fetch-Site": began})
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("began", ["cross-site", "same-site", "", None])
def test_a_stranger_who_asks_in_a_readers_name_learns_nothing_from_its_length(
    signed_in: Visitor, began: str | None
) -> None:
    said = {} if began is None else {"Sec-Fetch-Site": began}
    assert "Content-Encoding" not in signed_in.get(PAGE, headers=TAKES | said).headers


def test_files_of_the_house_are_compressed_once_and_known_again(app: Flask, signed_in: Visitor) -> None:
    address = "/static/styles/tokens.css"
    plain, packed = signed_in.get(address), signed_in.get(address, headers=HERE)
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Ranges" not in packed.headers
    assert signed_in.get("/static/styles/none.css", headers=HERE).status_code == 404
    again = signed_in.get(address, headers=HERE | {"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_small_or_no_text_or_a_part_stays_as_it_is(app: Flask, visitor: Visitor) -> None:
    font = next((Path(str(app.static_folder)) / "vendor").rglob("*.woff2"))
    for address in ("/healthz", f"/static/{font.relative_to(str(app.static_folder))}"):
        assert "Content-Encoding" not in visitor.get(address, headers=TAKES).headers
    part = visitor.get("/static/styles/tokens.css", headers=TAKES | {"Range": "bytes=0-2000"})
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
