"""What goes with a dossier that is sent by hand: labels, the set to print, the list it is handed over with."""

import pypdfium2
from flask import Flask

from tests.award.documents.reading import flat, pages_of, printed_over, word_lines
from tests.award.nominations.conftest import built
from tests.award.nominations.test_papers import LETTER, LIST, send
from tests.award.results.rows import Outcome
from tests.visitor import Visitor


def test_labels_print_set_and_handover_list_say_what_is_sent_and_how_to_check_it(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        send(ranked, 0, 1)
        dossier = built(ranked, **LETTER)
        at, total = f"{LIST}/ho-so/{dossier.public_id}", dossier.sha256
        titles = [work.title for work in ranked.works[:2]]
    assert total
    reader = Visitor(app, ranked.secretary)
    page = reader.get(at).text
    assert f"{at}/nhan-usb.pdf" in page
    assert f"{at}/bo-in.pdf" in page
    sheet = reader.get(f"{at}/nhan-usb.pdf?usb=12").data
    assert not printed_over(sheet)
    labels = pages_of(sheet)
    assert len(labels) == 1, "two labels for each of twelve sticks stand on one sheet"
    for words in ("USB 1/12", "USB 12/12", f"Mã kiểm chứng: {total[:16]}", "45-CV/BTGTU", "2 tác phẩm"):
        assert words in labels[0]
    assert "USB 1/1" in pages_of(reader.get(f"{at}/nhan-usb.pdf?usb=x").data)[0]
    printed = reader.get(f"{at}/bo-in.pdf").data
    pages = pages_of(printed)
    assert len(pypdfium2.PdfDocument(printed)) == len(pages) == 5, "letter, list, a sheet for each work, handover list"
    assert "DANH SÁCH" in pages[1]
    for n, title in enumerate(titles):
        assert flat(title) in pages[2 + n]
        assert "PHIẾU" in pages[2 + n]
    assert "giao nhận hồ sơ" in pages[4]
    assert reader.get(f"{at}/bo-in.pdf").data == printed
    told = word_lines(reader.get(f"{LIST}/van-ban/giao-nhan.docx").data)
    assert any("2 bộ hồ sơ tác phẩm" in line for line in told)
    assert all(any(title in line for line in told) for title in titles)
    assert reader.get(f"{at}/khac.pdf").status_code == 404
