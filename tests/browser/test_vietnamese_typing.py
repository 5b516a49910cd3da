"""Vietnamese as it is really typed, by composition and by tools that take letters back, where letters are keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from award.people.models import Person
from tests.award.screening.conftest import QUEUE, Office, office

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["office"]

NAME = "Nguyễn Đường"
SEARCH, DOSSIER = QUEUE, "dossier"
FIELDS = [
    (SEARCH, "#filter-tim"),
    (DOSSIER, "#reason"),
    (DOSSIER, "#clause"),
    (DOSSIER, '[name="items"]'),
    (DOSSIER, '[name="due_day"]'),
]


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


@pytest.mark.parametrize("way", [composed, taken_back])
@pytest.mark.parametrize(("where", "field"), FIELDS)
def test_what_was_meant_stands_there_and_no_key_acts(
    office: Office,
    page: Page,
    faults: list[str],
    sign_in: Callable[[Page, Person], None],
    way: Callable[[Page], None],
    where: str,
    field: str,
) -> None:
    with office.at_work() as edition:
        edition.state = "open"  # while works are taken, whatever is missing may be asked for
    sign_in(page, office.people["secretary"])
    there = office.address(1) if where == DOSSIER else where
    page.goto(there, wait_until="load")
    page.locator(field).fill("")  # what is missing may stand there as a suggestion
    page.locator(field).focus()
    way(page)
    expect(page.locator(field)).to_have_value(NAME)
    assert page.url.endswith(there)
    assert page.locator("input[type=radio]:checked:not([value=''])").locator("xpath=ancestor::aside").count() == 0
    assert [office.decided(n) for n in range(3)] == [None, None, None]
    assert faults == []
