"""Vietnamese as it is really typed, by composition and by tools that take letters back, where letters are keys."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.db import session, unit_of_work
from award.people.models import Person
from tests.award.intake.conftest import LEDGER, Desk, desk
from tests.award.screening.conftest import QUEUE, Office, office
from tests.judging.rows import bench

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["desk", "office"]

SignIn = Callable[[Page, Person], None]

NAME = "Nguyễn Đường"
ALL_SENT = (
    "() => document.querySelector('[data-held]')"  # what only a button sends stays until it is pressed
    " || !Object.keys(localStorage).some((key) => key.startsWith('unsent '))"
)


def composed(page: Page) -> None:
    """Word by word, as an input method of the system does it."""
    devtools = page.context.new_cdp_session(page)
    for steps in (("N", "Ng", "Nguy", "Nguye", "Nguyê", "Nguyễn"), (" D", " Đ", " Đu", " Đư", " Đươ", " Đường")):
        for text in steps:
            at = {"selectionStart": len(text), "selectionEnd": len(text)}
            devtools.send("Input.imeSetComposition", {"text": text, **at})
        devtools.send("Input.insertText", {"text": steps[-1]})


def taken_back(page: Page) -> None:
    """Letters, then Backspace and the letters that were meant, as Unikey and its like do it."""
    for letters, back, meant in (
        ("Nguye", 1, "ê"),
        ("nx", 3, "ễn"),
        (" D", 1, "Đ"),
        ("u", 1, "ư"),
        ("o", 2, "ươ"),
        ("ngf", 4, "ờng"),
    ):
        page.keyboard.type(letters)
        for _n in range(back):
            page.keyboard.press("Backspace")
        page.keyboard.insert_text(meant)


def meant_in_each(page: Page, address: str, *fields: str) -> None:
    """In every field of the page what was meant stands there, whichever way it was typed, and no key led away."""
    page.goto(address, wait_until="load")
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    for field in fields:
        for way in (composed, taken_back):
            box = page.locator(field).first
            box.fill("")  # something may stand there as a suggestion
            box.focus()
            way(page)
            expect(box, f"{field}, {way.__name__}").to_have_value(NAME)
            expect(box).to_be_focused()
    assert page.url.endswith(address)
    page.wait_for_function(ALL_SENT)


def test_search_reasons_and_days_of_who_screens_where_letters_are_keys(
    office: Office, page: Page, faults: list[str], sign_in: SignIn
) -> None:
    with office.at_work() as edition:
        edition.state = "open"  # while works are taken, whatever is missing may be asked for
    sign_in(page, office.people["secretary"])
    meant_in_each(page, QUEUE, "#filter-tim")
    meant_in_each(page, office.address(1), "#reason", "#clause", '[name="items"]', '[name="due_day"]')
    assert page.locator("input[type=radio]:checked:not([value=''])").locator("xpath=ancestor::aside").count() == 0
    assert [office.decided(n) for n in range(3)] == [None, None, None]
    assert faults == []


def test_a_form_where_enter_leads_on_and_forms_that_save_themselves(
    desk: Desk, page: Page, faults: list[str], sign_in: SignIn
) -> None:
    """One line, one of a list, several lines, a day typed as text, an address, a telephone number; rows."""
    with desk.at_work():
        work = f"/iii-2023/tac-pham/{desk.scene.draft().public_id}"
    sign_in(page, desk.people["secretary"])
    meant_in_each(page, f"{LEDGER}/ghi", "#sender", "#newsroom", "#postmark", "#pieces", "#title", "#authors")
    sign_in(page, desk.people["entrant"])
    meant_in_each(page, f"{work}/khai", "#title", "#publisher", "#summary")
    meant_in_each(page, f"{work}/cac-ky", '[name$="-title"]', '[name$="-published_on"]', '[name$="-link"]')
    meant_in_each(page, f"{work}/tac-gia", '[name$="-legal_name"]', '[name$="-role"]', '[name$="-phone"]')
    assert faults == []


def test_a_note_beside_the_marks_where_letters_and_figures_are_keys(
    app: Flask, page: Page, faults: list[str], sign_in: SignIn
) -> None:
    with app.app_context(), unit_of_work():
        of = bench(works=2, judges=1)
        of.open()
    with app.app_context():
        sign_in(page, session.merge(of.judges[0]))
        address = f"/iii-2023/vong/1/cham/{of.assignments(of.judges[0])[0].public_id}"
    meant_in_each(page, address, "#note")
    assert [box.input_value() for box in page.locator(".score__value").all()] == ["", "", ""], "no figure was a mark"
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    assert faults == []


def test_an_address_and_a_name_of_who_is_not_signed_in(page: Page, faults: list[str]) -> None:
    meant_in_each(page, "/dang-ky", "#legal_name", "#email")
    assert faults == []
