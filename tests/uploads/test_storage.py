"""The store as we speak to it: what comes back is what went in, and nothing else is accepted."""

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from tests.uploads.conftest import ACCESS_KEY, BUCKET, ORIGIN, SECRET_KEY, Browser
from uploads.local import EmbeddedStore
from uploads.storage import MIB, NoSuchObject, NoSuchUpload, Storage, StoreUnavailable, new_key

HTTP = urllib3.PoolManager(retries=False)


def test_objects_come_back_as_they_went_in(storage: Storage) -> None:
    key = new_key("tests")
    storage.put_small(key, "Quảng Trị".encode(), "text/plain")
    found = storage.stat(key)
    assert (found.size, found.content_type) == (13, "text/plain")
    assert abs(found.modified - datetime.now(UTC)) < timedelta(minutes=1)
    assert b"".join(storage.stream(key)) == "Quảng Trị".encode()


def test_reading_a_range(storage: Storage) -> None:
    key = new_key("tests")
    storage.put_small(key, b"0123456789", "text/plain")
    assert storage.read(key, 2, 3) == b"234"
    assert storage.read(key, 8, 100) == b"89"
    assert storage.read(key, 10, 1) == b""


@pytest.mark.parametrize("size", [0, 1, 8 * MIB, 8 * MIB + 1, 17 * MIB])
def test_streams_of_any_length_are_stored(storage: Storage, size: int) -> None:
    key = new_key("tests")
    pieces = (b"\x07" * min(MIB - 1, size - at) for at in range(0, size, MIB - 1))
    assert storage.put_stream(key, pieces, "video/mp4") == size
    assert storage.stat(key).size == size
    digest = hashlib.sha256()
    for piece in storage.stream(key):
        digest.update(piece)
    assert digest.hexdigest() == hashlib.sha256(b"\x07" * size).hexdigest()


def test_a_stream_that_breaks_leaves_nothing_behind(storage: Storage) -> None:
    key = new_key("broken")

    def breaking():
        yield b"x" * (9 * MIB)
        raise ValueError("the source broke")

    with pytest.raises(ValueError, match="the source broke"):
        storage.put_stream(key, breaking(), "video/mp4")
    assert list(storage.unfinished("broken/")) == []
    with pytest.raises(NoSuchObject):
        storage.stat(key)


def test_deleting_twice_is_no_fault(storage: Storage) -> None:
    key = new_key("tests")
    storage.put_small(key, b"x", "text/plain")
    storage.delete(key)
    storage.delete(key)
    for ask in (lambda: storage.stat(key), lambda: storage.read(key, 0, 1), lambda: list(storage.stream(key))):
        with pytest.raises(NoSuchObject):
            ask()


def test_what_was_aborted_cannot_be_listed(browser: Browser) -> None:
    browser.send(1)
    browser.storage.abort(browser.upload.key, browser.upload.upload_id)
    browser.storage.abort(browser.upload.key, browser.upload.upload_id)
    with pytest.raises(NoSuchUpload):
        browser.storage.list_parts(browser.upload.key, browser.upload.upload_id)


def test_objects_are_listed_by_key(storage: Storage) -> None:
    names = sorted(new_key("many") for _ in range(3))
    for name in names:
        storage.put_small(name, b"x", "text/plain")
    assert [found.key for found in storage.objects("many/")] == names


def test_listings_go_on_after_their_first_page(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uploads.storage.PAGE_SIZE", 2)
    uploads = {((key := new_key("begun")), storage.begin(key, "text/plain")) for _ in range(5)}
    assert {(each.key, each.upload_id) for each in storage.unfinished("begun/")} == uploads
    key, upload_id = uploads.pop()
    for number in (5, 1, 3, 2, 4):
        part = storage.sign_part(key, upload_id, number, 1, hashlib.sha256(b"x").hexdigest())
        HTTP.request("PUT", part.url, body=b"x", headers=dict(part.headers))
    assert [part.number for part in storage.list_parts(key, upload_id)] == [1, 2, 3, 4, 5]


@given(st.text(max_size=20))
def test_keys_hold_no_byte_of_a_user(room: str) -> None:
    try:
        key = new_key(room)
    except ValueError:
        assert not re.fullmatch(r"[a-z0-9/_-]*", room)
        return
    assert re.fullmatch(r"[a-z0-9/_-]{1,200}", key)
    assert new_key(room) != key


@pytest.mark.parametrize("key", ["../../etc/x", "Đơn.pdf", "a b", "a\n", "", "x" * 201, "a%2e", "a?x=1"])
def test_foreign_keys_never_reach_the_store(storage: Storage, key: str) -> None:
    with pytest.raises(ValueError, match="a key is made by"):
        storage.stat(key)
    with pytest.raises(ValueError, match="a key is made by"):
        storage.address(key, content_type="text/plain", disposition="inline")


# What an address is good for


def test_a_part_of_another_length_is_refused(browser: Browser) -> None:
    (part,) = browser.sign(2)
    body = browser.pieces[1]
    assert browser.put(part, body + b"x").status == 403
    assert browser.put(part, body[:-1]).status == 403
    assert browser.storage.list_parts(browser.upload.key, browser.upload.upload_id) == []


def test_a_part_with_other_bytes_is_refused(browser: Browser) -> None:
    (part,) = browser.sign(2)
    assert browser.put(part, bytes(len(browser.pieces[1]))).status == 400
    other = base64.b64encode(hashlib.sha256(bytes(len(browser.pieces[1]))).digest()).decode()
    forged = {"x-amz-checksum-sha256": other}
    assert browser.put(part, bytes(len(browser.pieces[1])), forged).status == 403
    assert browser.storage.list_parts(browser.upload.key, browser.upload.upload_id) == []


def test_a_part_of_another_type_is_refused(browser: Browser) -> None:
    (part,) = browser.sign(2)
    assert browser.put(part, browser.pieces[1], {"content-type": "text/html"}).status == 403


def test_an_address_is_good_for_one_part_of_one_upload_by_one_method(browser: Browser, storage: Storage) -> None:
    (part,) = browser.sign(2)
    body = browser.pieces[1]
    other = storage.begin(new_key("tests"), "application/pdf")
    for url in (
        part.url.replace("partNumber=2", "partNumber=1"),
        part.url.replace(browser.upload.key, new_key("tests")),
        part.url.replace(browser.upload.upload_id, other),
        part.url.replace("X-Amz-Expires=900", "X-Amz-Expires=90000"),
        part.url.split("?")[0],
    ):
        assert url != part.url
        assert HTTP.request("PUT", url, body=body, headers=dict(part.headers)).status == 403
    assert HTTP.request("GET", part.url, headers=dict(part.headers)).status == 403


def test_an_address_dies(store: EmbeddedStore, browser: Browser) -> None:
    past = Storage(
        store.endpoint,
        BUCKET,
        ACCESS_KEY,
        SECRET_KEY,
        secure=False,
        clock=lambda: datetime.now(UTC) - timedelta(minutes=16),
    )
    upload = browser.upload
    part = past.sign_part(upload.key, upload.upload_id, 2, len(browser.pieces[1]), browser.hashes[1])
    assert browser.put(part, browser.pieces[1]).status == 403
    url = past.address(new_key("tests"), content_type="text/plain", disposition="inline")
    assert HTTP.request("GET", url).status == 403


def test_a_finished_part_cannot_be_replayed(browser: Browser) -> None:
    parts = browser.sign(1, 2)
    for part in parts:
        browser.put(part, browser.pieces[part.number - 1])
    browser.finish()
    answer = browser.put(parts[1], browser.pieces[1])
    assert (answer.status, b"NoSuchUpload" in answer.data) == (404, True)
    assert b"".join(browser.storage.stream(browser.upload.key)) == browser.data


def test_reading_by_address_has_the_type_and_name_we_say(storage: Storage) -> None:
    key = new_key("tests")
    storage.put_small(key, b"<script>", "text/html")
    disposition = "attachment; filename=\"bai.pdf\"; filename*=UTF-8''b%C3%A0i.pdf"
    url = storage.address(key, content_type="application/pdf", disposition=disposition)
    assert url.startswith("http://localhost:")
    answer = HTTP.request("GET", url)
    assert (answer.status, answer.data) == (200, b"<script>")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == disposition
    assert HTTP.request("GET", url, headers={"Range": "bytes=1-3"}).data == b"scr"
    assert HTTP.request("GET", url.replace("application%2Fpdf", "text%2Fhtml")).status == 403


def test_nobody_reads_or_writes_without_an_address(storage: Storage, store: EmbeddedStore) -> None:
    key = new_key("tests")
    storage.put_small(key, b"x", "text/plain")
    address = f"http://{store.endpoint}/{BUCKET}/{key}"
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        assert HTTP.request(method, address).status == 403
    assert HTTP.request("GET", f"http://{store.endpoint}/{BUCKET}?list-type=2").status == 403


def test_only_pages_of_our_origin_may_speak_to_the_store(storage: Storage, store: EmbeddedStore) -> None:
    address = f"http://{store.endpoint}/{BUCKET}/{new_key('tests')}"

    def preflight(origin: str, method: str = "PUT", header: str = "x-amz-checksum-sha256") -> urllib3.BaseHTTPResponse:
        asks = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": header}
        return HTTP.request("OPTIONS", address, headers=asks)

    allowed = preflight(ORIGIN, header="content-type,x-amz-checksum-sha256")
    assert (allowed.status, allowed.headers["Access-Control-Allow-Origin"]) == (200, ORIGIN)
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    for refused in (
        preflight("http://evil.example"),
        preflight("null"),
        preflight(f"{ORIGIN}.evil.example"),
    ):
        assert refused.status == 403
        assert "Access-Control-Allow-Origin" not in refused.headers
    assert "DELETE" not in preflight(ORIGIN, method="DELETE").headers.get("Access-Control-Allow-Methods", "")
    copying = preflight(ORIGIN, header="x-amz-copy-source").headers
    assert "x-amz-copy-source" not in copying.get("Access-Control-Allow-Headers", "")


# When the store is not well


def test_a_store_that_is_away_is_unavailable() -> None:
    storage = Storage("127.0.0.1:1", BUCKET, ACCESS_KEY, SECRET_KEY, secure=False)
    for ask in (
        lambda: storage.stat("a"),
        lambda: storage.begin("a", "text/plain"),
        lambda: list(storage.stream("a")),
        lambda: list(storage.objects()),
        lambda: list(storage.unfinished()),
        lambda: storage.prepare_bucket(ORIGIN),
    ):
        with pytest.raises(StoreUnavailable):
            ask()


def test_a_wrong_secret_is_told_apart_by_its_code(store: EmbeddedStore) -> None:
    storage = Storage(store.endpoint, BUCKET, ACCESS_KEY, "another-secret-altogether", secure=False)
    with pytest.raises(StoreUnavailable) as fault:
        storage.list_parts("a", "b")
    assert fault.value.code == "SignatureDoesNotMatch"
