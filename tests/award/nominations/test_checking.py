"""A dossier is read as its sender signed it, or refused by the name of the file that is wrong."""

import dataclasses
import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from award import house_key
from award.nominations import described
from award.nominations.bundle import Member, Written, stream
from award.nominations.checking import Checked, Wrong, check, sentence
from award.nominations.described import AuthorTold, FileTold, PartTold, Told, WorkTold
from tests.uploads.test_archives import Held

KEY = house_key.derived("the secret of the sender, of some length")
PAGE = b"%PDF-1.7 " + b"x" * 3000
FOLDER = "01-III-IN-001-giu-loi-hua"


def told(**changed: Any) -> Told:
    part = PartTold("Giữ lời hứa", date(2023, 3, 1), "12", "1", "", "", None, "")
    author = AuthorTold("Nguyễn Thị Vân", "Hà Vân", "", "Báo Biển Xanh", "", True, False, "", None)
    files = (_file("mot.pdf", PAGE), _file("hai.pdf", PAGE + b"2"))
    work = WorkTold(
        origin="0" * 32,
        code="III-IN-001",
        title="Giữ lời hứa",
        summary="",
        category="Báo in",
        medium="print",
        genre="",
        topic="",
        newsroom="Báo Biển Xanh",
        byline="",
        elsewhere="",
        declared=True,
        no_prior_prize=True,
        parts=(part,),
        authors=(author,),
        prizes=(),
        files=files,
    )
    return Told(
        "Ban Tổ chức Giải", "Giải lần III", "Giải Trung ương", "", None, False, (dataclasses.replace(work, **changed),)
    )


def _file(name: str, content: bytes) -> FileTold:
    path, digest = f"{FOLDER}/{name}", hashlib.sha256(content).hexdigest()
    return FileTold(path, name, len(content), digest, "page", "Trang", 1, "")


def contents(of: Told | None = None) -> dict[str, bytes]:
    return {
        f"{FOLDER}/hai.pdf": PAGE + b"2",
        f"{FOLDER}/mot.pdf": PAGE,
        described.NAME: described.written(of or told()),
        house_key.KEY: house_key.public(KEY).pem,
    }


def signed(held: dict[str, bytes], sign: Callable[[bytes], bytes] = KEY.sign) -> bytes:
    return b"".join(stream([Member(name, [content]) for name, content in held.items()], Written([]), sign=sign))


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Everything as it was signed, then changed by somebody on the way who has not the key."""
    held = contents()
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(held.items())
    ).encode()
    held |= {house_key.SUMS: sums, house_key.SIGNATURE: KEY.sign(sums)}
    change(held)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def wrong(data: bytes) -> tuple[str, str]:
    with pytest.raises(Wrong) as refused:
        check(Held(data))
    return refused.value.code, refused.value.name


def test_what_was_signed_is_read() -> None:
    found = check(Held(signed(contents())))
    assert isinstance(found, Checked)
    assert found.told == told()
    assert found.key.fingerprint == house_key.public(KEY).fingerprint
    assert check(Held(repacked(lambda _held: None))).told == told()


def test_no_flipped_byte_gets_into_what_is_read() -> None:
    """It is refused; or it stood where a ZIP keeps hours and versions, and all that is read is as it was signed."""
    data, refused = signed(contents()), 0
    whole = check(Held(data))
    for at in range(0, len(data), 23):
        try:
            assert check(Held(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])) == whole
        except Wrong:
            refused += 1
    assert refused > len(data) // 23 * 0.9


def test_each_fault_names_its_file() -> None:
    page = f"{FOLDER}/mot.pdf"
    data = signed(contents())
    at = data.index(PAGE) + 50
    assert wrong(data[:at] + b"!" + data[at + 1 :])[0] == "changed"
    assert wrong(repacked(lambda held: held.update({page: PAGE[:-1] + b"y"}))) == ("changed", page)
    assert wrong(repacked(lambda held: held.pop(page))) == ("missing", page)
    assert wrong(repacked(lambda held: held.update({f"{FOLDER}/them.pdf": b"more"}))) == ("extra", f"{FOLDER}/them.pdf")
    assert wrong(repacked(lambda held: held.update({"../ra-ngoai.sh": b"#!"}))) == ("name", "../ra-ngoai.sh")
    for name in (house_key.SUMS, house_key.SIGNATURE, house_key.KEY, described.NAME):
        assert wrong(repacked(lambda held, name=name: held.pop(name))) == ("missing", name)
    assert wrong(data[: len(data) // 2]) == ("cut_off", "")


def test_a_signature_of_another_key_is_refused_and_so_is_no_key() -> None:
    stranger = house_key.derived("somebody else's secret, also long enough")
    assert wrong(signed(contents(), stranger.sign)) == ("signature", house_key.SIGNATURE)
    assert wrong(signed(contents(), lambda _sums: b"short")) == ("signature", house_key.SIGNATURE)
    assert wrong(signed(contents() | {house_key.KEY: b"no key"})) == ("key", house_key.KEY)


def test_a_description_that_tells_of_other_files_is_refused() -> None:
    work = told().works[0]
    larger = dataclasses.replace(work.files[0], size=1)
    assert wrong(signed(contents(told(files=(larger,))))) == ("other_file", f"{FOLDER}/mot.pdf")
    elsewhere = dataclasses.replace(work.files[0], path=f"{FOLDER}/khong-co.pdf")
    assert wrong(signed(contents(told(files=(elsewhere,))))) == ("other_file", f"{FOLDER}/khong-co.pdf")
    assert wrong(signed(contents(told(files=(work.files[0], work.files[0]))))) == ("form", "works")


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (b'"giai-ho-so/1"', b'"giai-ho-so/9"', "form"),
        (b'"2023-03-01"', b'"01/3/2023"', "works[0].parts[0].published_on"),
        (b'"Nguy', b'"\\u0000Nguy', "works[0].authors[0].legal_name"),
        (b'"Nguy', b'"\\ud800Nguy', "works[0].authors[0].legal_name"),
        (b'"declared": true', b'"declared": 1', "works[0].declared"),
        (b'"III-IN-001"', b'""', "works[0].code"),
        (b'"' + b"0" * 32 + b'"', b'"../../x"', "works[0].origin"),
        (b"{", b"[", "–"),
    ],
)
def test_a_description_is_read_by_its_form_or_not_at_all(before: bytes, after: bytes, where: str) -> None:
    held = contents()
    held[described.NAME] = held[described.NAME].replace(before, after, 1)
    assert wrong(signed(held)) == ("form", where)


def test_every_fault_has_its_sentence(app: Flask) -> None:
    codes = "not_archive cut_off stray too_many name twice packed link differs missing extra sums key signature changed"
    with app.test_request_context():
        for code in (*codes.split(), "form", "other_file"):
            said = sentence(Wrong(code, "01-mot/trang.pdf"), "ho-so.zip")
            assert "01-mot/trang.pdf" in said or "ho-so.zip" in said
            assert said.endswith(".")
