"""Names that are safe everywhere, and addresses that show only what may be shown."""

import unicodedata
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from uploads.kinds import KINDS
from uploads.serve import address, clean_name, content_disposition
from uploads.storage import Storage, new_key

HTTP = urllib3.PoolManager(retries=False)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Phóng sự điều tra.mp4", "Phóng sự điều tra.mp4"),
        (unicodedata.normalize("NFD", "Đường Lê Duẩn.pdf"), "Đường Lê Duẩn.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\boot.ini", "_.._boot.ini"),
        ("C:\\Users\\An\\bài.docx", "C__Users_An_bài.docx"),
        ("%2e%2e%2fx.pdf", "%2e%2e%2fx.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("bai\u202efdp.exe", "baifdp.exe"),
        ("\u2066a\u2069\u200b\ufeff.pdf", "a.pdf"),
        ("a\u2028b\u00a0c.pdf", "a b c.pdf"),
        ("  nhiều   khoảng  .pdf", "nhiều khoảng.pdf"),
        ("tệp. . .", "tệp"),
        ('"báo" <giấy>|?*.pdf', "_báo_ _giấy____.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("cong.pdf", "cong.pdf"),
        (".pdf", "tep.pdf"),
        ("", "tep"),
        ("\u0301\u0323.pdf", "tep.pdf"),
        ("🏆 giải.jpg", "🏆 giải.jpg"),
        ("Kết thúc. Rồi sao nữa", "Kết thúc. Rồi sao nữa"),
    ],
)
def test_names_are_cleaned_and_stay_themselves(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize("letters", ["a", "ữ", "Đ", "🏆", "ạ\u0301"])
def test_long_names_keep_their_ending_and_whole_letters(letters: str) -> None:
    name = clean_name(letters * 300 + ".docx")
    assert 190 <= len(name.encode()) <= 200
    assert name.endswith(".docx")
    assert clean_name(letters * 300).encode()[:150] == name.encode()[:150]
    assert set(name.removesuffix(".docx")) <= set(unicodedata.normalize("NFC", letters))
    assert not unicodedata.combining(name[0])


@given(st.text(max_size=300))
def test_no_name_at_all_is_dangerous(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean.encode()) <= 200
    assert not set(clean) & set('/\\:*?"<>|\r\n\t\x00')
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in clean)
    assert clean == clean.strip(" ")
    assert not clean.startswith(".")
    assert not clean.endswith(".")
    assert clean_name(clean) == clean
    header = content_disposition(name, inline=False)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.split("filename*=UTF-8''")[1]) == clean


@pytest.mark.parametrize(
    ("name", "header"),
    [
        (
            "Đường về.pdf",
            "attachment; filename=\"Duong ve.pdf\"; filename*=UTF-8''%C4%90%C6%B0%E1%BB%9Dng%20v%E1%BB%81.pdf",
        ),
        ("100%.pdf", "attachment; filename=\"100_.pdf\"; filename*=UTF-8''100%25.pdf"),
        ("报告.pdf", "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf"),
        ("it's (1).pdf", "attachment; filename=\"it's (1).pdf\"; filename*=UTF-8''it%27s%20%281%29.pdf"),
    ],
)
def test_a_header_has_a_plain_name_and_the_true_one(name: str, header: str) -> None:
    assert content_disposition(name, inline=False) == header


def said(storage: Storage, mime: str, *, verified: bool = True, download: bool = False) -> tuple[str, str]:
    url = address(storage, new_key("tests"), mime=mime, name="a.x", verified=verified, download=download)
    query = parse_qs(urlsplit(url).query)
    return query["response-content-type"][0], query["response-content-disposition"][0].split(";")[0]


def test_only_verified_media_and_images_open_in_the_browser(storage: Storage) -> None:
    for kind in KINDS:
        shown = "inline" if kind.family != "document" else "attachment"
        assert said(storage, kind.mime) == (kind.mime, shown)
        assert said(storage, kind.mime, download=True) == (kind.mime, "attachment")
        assert said(storage, kind.mime, verified=False) == ("application/octet-stream", "attachment")
    for mime in ("text/html", "image/svg+xml", "text/plain", "application/xhtml+xml"):
        assert said(storage, mime)[1] == "attachment"


def test_an_address_works_for_five_minutes_and_says_what_we_say(storage: Storage) -> None:
    key = new_key("tests")
    storage.put_small(key, b"\x89PNG", "text/html")
    url = address(
        storage, key, mime="image/png", name="Nguyễn Văn A.png", verified=True, neutral_name="Tác phẩm 07 - ảnh 2.png"
    )
    assert parse_qs(urlsplit(url).query)["X-Amz-Expires"] == ["300"]
    answer = HTTP.request("GET", url)
    assert (answer.status, answer.data) == (200, b"\x89PNG")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"] == (
        'inline; filename="Tac pham 07 - anh 2.png"; '
        "filename*=UTF-8''T%C3%A1c%20ph%E1%BA%A9m%2007%20-%20%E1%BA%A3nh%202.png"
    )
    assert b"Nguy" not in answer.headers["Content-Disposition"].encode()


def test_a_steady_address_is_the_same_for_four_minutes_and_may_be_kept_as_long(storage: Storage) -> None:
    key = new_key("tests")
    storage.put_small(key, b"\x89PNG", "image/png")
    at = [datetime(2026, 5, 4, 8, minute, second, tzinfo=UTC) for minute, second in ((0, 0), (3, 59), (4, 0))]
    first, late, next_ = (
        address(storage.at(lambda now=now: now), key, mime="image/png", name="a.png", verified=True, steady=True)
        for now in at
    )
    assert first == late != next_
    assert parse_qs(urlsplit(first).query)["X-Amz-Expires"] == ["300"]
    fresh = address(storage, key, mime="image/png", name="a.png", verified=True, steady=True)
    answer = HTTP.request("GET", fresh)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "private, max-age=240")
