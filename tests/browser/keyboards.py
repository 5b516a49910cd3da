"""How Vietnamese reaches a field: composed by the system, or taken back by a program and typed anew with its marks."""

import unicodedata

from playwright.sync_api import CDPSession, Locator, Page


def compose(line: CDPSession, field: Locator, words: str) -> None:
    """As a phone's keyboard does it: each word is underlined while it grows, and settles with the blank after it."""
    field.focus()
    for number, word in enumerate(words.split(" ")):
        if number:
            line.send("Input.insertText", {"text": " "})
        for end in range(1, len(word) + 1):
            shown = word[:end]
            line.send("Input.imeSetComposition", {"text": shown, "selectionStart": end, "selectionEnd": end})
        line.send("Input.insertText", {"text": word})


def retype(page: Page, field: Locator, words: str) -> None:
    """As Unikey does it: plain letters appear, then are taken back with Backspace and typed again with their marks."""
    field.focus()
    field.press("End")
    for word in words.split(" "):
        _retype_word(page, word)
        page.keyboard.press("Space")
    page.keyboard.press("Backspace")


def _retype_word(page: Page, word: str) -> None:
    marked = next((place for place, letter in enumerate(word) if ord(letter) > 127), None)
    if marked is None:
        page.keyboard.type(word)
        return
    page.keyboard.type(word[:marked])
    page.keyboard.type("".join(_bare(letter) for letter in word[marked:]))
    for _letter in word[marked:]:
        page.keyboard.press("Backspace")
    page.keyboard.type(word[marked:])


def _bare(letter: str) -> str:
    """The letter as it is on the keys, before its marks are typed."""
    return unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))[0]
