"""The receipt as a page, as a paper and as a letter: all three say the same of the same dossier."""

import html
import io
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from award import dates, house_key
from award.clock import now
from award.db import session, unit_of_work
from award.entries import attesting, papers, queries, receipts
from award.entries.attesting import Attested
from award.entries.models import Entry, Receipt
from award.messages.models import Message
from tests.award.documents.reading import codes_of, flat, fonts_of, pages_of, printed_over
from tests.award.entries.conftest import Browser, Scene
from uploads.attachments import carried
from uploads.ranges import HeldRanges

THERE = "https://giai.example.vn/bien-nhan"


def text_of(page: str) -> str:
    """What a page says, without its marks."""
    return flat(html.unescape(re.sub(r"<[^>]+>", " ", page)))


def drawn(receipt: Receipt, scene: Scene) -> bytes:
    steps = receipts.steps(scene.edition, "van@example.vn", "")
    signed = Attested(b"{}", bytes(64), house_key.public(house_key.derived("of some length")))
    return papers.receipt_pdf(receipt, scene.edition, steps=steps, address=THERE, signed=signed, key_at=THERE)


@pytest.fixture
def submitted(scene: Scene, app: Flask) -> tuple[Browser, str]:
    """The entrant at the receipt of a dossier sent in through the doors, and where it is."""
    with unit_of_work():
        scene.edition.screening_promise = date(2099, 10, 15)
        key = scene.draft().public_id
    browser = Browser(app, scene.entrant)
    sent = browser.post(f"/{scene.slug}/tac-pham/{key}/nop")
    assert sent.status_code == 303
    return browser, sent.location


def test_page_paper_and_letter_say_the_same(scene: Scene, submitted: tuple[Browser, str]) -> None:
    browser, address = submitted
    page = text_of(browser.get(address).text)
    answer = browser.get(f"{address}.pdf")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bien-nhan-KH3-0001.pdf"'
    paper = "".join(pages_of(answer.data)).replace(" ", "")
    letter = session.scalars(select(Message).where(Message.kind == "receipt")).one().body
    receipt = session.scalars(select(Receipt)).one()
    assert scene.entrant.user is not None
    said = [
        receipts.sentence(receipt.content, receipt.received_at, scene.edition),
        *receipts.steps(
            scene.edition, scene.entrant.user.email, f"đến hết ngày {dates.day(scene.edition.deadline_day)}"
        ),
        receipt.content_hash,
        *(file["fingerprint"] for file in receipt.content["files"]),
    ]
    assert len(said) == 8
    for each in said:
        assert flat(each) in page
        assert flat(each).replace(" ", "") in paper
        assert flat(each) in flat(letter)
    assert f"{address}.pdf" in letter
    assert codes_of(answer.data)[0] == [f"{Browser.origin}{address}"], "the picture on paper leads to the page"
    instant = f"{dates.receipt_moment(receipt.received_at)} (giờ Việt Nam)"
    assert re.search(r"\d\d giờ \d\d phút \d\d giây, ngày \d\d/\d{1,2}/\d{4} \(giờ Việt Nam\)", instant)
    assert instant in page
    assert instant.replace(" ", "") in paper


def test_the_page_has_its_button_to_print_and_its_code_to_scan(submitted: tuple[Browser, str]) -> None:
    browser, address = submitted
    page = browser.get(address).text
    assert re.search(r'<button class="button" type="button" data-prints hidden>In</button>', page)
    assert "data:image/svg+xml;base64," in page


def test_an_earlier_receipt_stays_where_it_was(scene: Scene, submitted: tuple[Browser, str]) -> None:
    browser, address = submitted
    work = address.removesuffix("/bien-nhan")
    first = session.scalars(select(Receipt)).one()
    assert browser.post(f"{work}/sua").status_code == 303
    with unit_of_work():
        revision = session.scalars(select(Entry).where(Entry.revises_id == first.entry_id)).one()
        revision.title = "Giữ lời hứa với dân, bản sửa"
    assert browser.post(f"{work}/nop").status_code == 303
    newest = browser.get(address).text
    assert "Giữ lời hứa với dân, bản sửa" in newest
    assert f"{address}?lan={first.public_id}" in newest
    earlier = browser.get(f"{address}?lan={first.public_id}").text
    assert first.content_hash in earlier
    assert "Đây là biên nhận của lần nộp trước." in earlier
    assert "bản sửa" not in earlier
    assert "Việc tiếp theo" not in earlier
    assert f"{address}.pdf?lan={first.public_id}" in earlier
    assert first.content_hash in "".join(pages_of(browser.get(f"{address}.pdf?lan={first.public_id}").data))


def test_a_receipt_of_another_dossier_is_not_found_there(scene: Scene, submitted: tuple[Browser, str]) -> None:
    browser, address = submitted
    with unit_of_work():
        other = queries.last_receipt(scene.submitted().id)
    assert other is not None
    assert browser.get(f"{address}?lan={other.public_id}").status_code == 404
    assert browser.get(f"{address}.pdf?lan={other.public_id}").status_code == 404


def test_once_dossiers_are_judged_the_receipt_promises_nothing_more(
    scene: Scene, submitted: tuple[Browser, str]
) -> None:
    browser, address = submitted
    with unit_of_work():
        scene.edition.state, scene.edition.deadline_at = "judging", now() - timedelta(days=30)
    assert "Việc tiếp theo" not in browser.get(address).text
    assert "Việc tiếp theo" not in "".join(pages_of(browser.get(f"{address}.pdf").data))


def test_the_paper_is_the_same_twice_and_carries_its_letters(scene: Scene) -> None:
    with unit_of_work():
        receipt = queries.last_receipt(scene.submitted().id)
    assert receipt is not None
    one, other = drawn(receipt, scene), drawn(receipt, scene)
    assert one == other
    assert set(fonts_of(one).values()) == {True}
    assert all(name.startswith("Tinos") for name in fonts_of(one))
    with pikepdf.open(io.BytesIO(one)) as opened:
        assert "pdfaid" in str(opened.Root.Metadata.read_bytes())


def test_every_page_of_an_invented_edition_says_so(scene: Scene) -> None:
    with unit_of_work():
        receipt = queries.last_receipt(scene.submitted().id)
    assert receipt is not None
    file = receipt.content["files"][0]
    many = [{**file, "name": f"trang-{n}-{'rất dài ' * 8}.pdf"} for n in range(60)]
    receipt = Receipt(
        content={**receipt.content, "files": many}, received_at=now(), code="KH3-0001", content_hash="0" * 64
    )
    mark = "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."
    with unit_of_work():
        scene.edition.illustrative = True
    paper = drawn(receipt, scene)
    assert not printed_over(paper)
    pages = pages_of(paper)
    assert len(pages) > 2
    assert all(mark in page for page in pages)
    with unit_of_work():
        scene.edition.illustrative = False
    assert not any(mark in page for page in pages_of(drawn(receipt, scene)))


def test_what_somebody_typed_is_never_read_as_the_source_of_the_paper(scene: Scene) -> None:
    title = '#panic("x") $a$ *b* <c> "Sông Mây" \\ // _d_'
    with unit_of_work():
        receipt = queries.last_receipt(scene.submitted(title=title).id)
    assert receipt is not None
    assert flat(title).replace(" ", "") in "".join(pages_of(drawn(receipt, scene))).replace(" ", "")


def test_openssl_alone_holds_the_receipt_true_and_finds_a_changed_one(
    scene: Scene, submitted: tuple[Browser, str], tmp_path: Path
) -> None:
    """As page and paper say, with the files that were taken out of the PDF; no telephone number leaves with them."""
    browser, address = submitted
    page, paper = text_of(browser.get(address).text), browser.get(f"{address}.pdf").data
    held = carried(HeldRanges(paper), *attesting.NAMES)
    assert sorted(held) == sorted(attesting.NAMES)
    for name, content in held.items():
        (tmp_path / name).write_bytes(content)
    assert browser.get(house_key.ADDRESS).data == held[house_key.KEY]
    mark = house_key.read(held[house_key.KEY]).fingerprint
    printed = "".join(pages_of(paper)).replace(" ", "")
    for said in (house_key.grouped(mark), attesting.CHECK_SIGNATURE, house_key.CHECK_KEY):
        assert said in page
        assert said.replace(" ", "") in printed.replace("-\n", "-").replace("\n", "")
    assert held[attesting.SIGNATURE].hex() in page

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S602 - as people type it
            command, shell=True, cwd=tmp_path, check=False, capture_output=True, text=True
        )

    assert run(attesting.CHECK_SIGNATURE).stdout.strip() == "Signature Verified Successfully"
    assert run(house_key.CHECK_KEY).stdout.split()[0] == mark
    said_of = held[attesting.STATEMENT].decode()
    assert scene.entrant.legal_name in said_of
    assert "0905" not in said_of
    (tmp_path / attesting.STATEMENT).write_bytes(held[attesting.STATEMENT].replace(b"KH3-0001", b"KH3-0002"))
    assert run(attesting.CHECK_SIGNATURE).returncode != 0
