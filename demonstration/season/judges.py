"""What members of the councils do: pledge, read, mark, send. They find in a work what the script says is in it."""

import hashlib
import re
from fractions import Fraction

from award import dates
from demonstration.season.browser import Form, Page, Unexpected, plain
from demonstration.season.person import Person
from demonstration.season.script import Entered, Script

PLEDGE, NEXT = "Tôi cam kết", "Tác phẩm tiếp theo chưa chấm"
MOST_SHEETS = 2000
_SCORE = re.compile(r'data-score data-field="([^"]+)" data-max="([^"]+)" data-step="([^"]+)"')
_TITLE = re.compile(r'<article class="material"[^>]*>.*?<h2[^>]*>(.*?)</h2>', re.DOTALL)


def judges(judge: Person, slug: str, ordinal: int, script: Script) -> int:
    """Every work on the judge's list has a sheet, and all sheets are sent; gives how many."""
    queue = f"/{slug}/vong/{ordinal}/cham"
    page = judge.opens(queue)
    if _offers(page, PLEDGE):
        page = judge.presses(page, PLEDGE)
    elif page.path.endswith("/cam-ket"):
        page = judge.opens(queue)
    first = next((href for href, words in page.links() if words.startswith(NEXT)), None)
    if first is None:
        return 0
    page = judge.opens(first)
    sheets = 0
    while page.path != queue:
        page = judge.browser.send(page, _marked(judge, page, script), NEXT)
        sheets += 1
        if sheets > MOST_SHEETS:
            raise Unexpected(f"{judge.email} comes to no end")
    judge.presses(page, "Gửi", action=f"{queue}/gui")
    return sheets


def _offers(page: Page, button: str) -> bool:
    return any(button in each.words for form in page.forms() for each in form.buttons)


def _marked(judge: Person, page: Page, script: Script) -> Form:
    title = _TITLE.search(page.text)
    if title is None:
        raise Unexpected(f"{page.address} shows no work: {page.words()[:500]}")
    entered = script.by_title[plain(title[1])]
    form = page.form(field="version", button=NEXT)
    scales = [(field, Fraction(most), Fraction(step)) for field, most, step in _scales(page)]
    return form.fill_all(_marks(judge, entered, scales))


def _scales(page: Page) -> list[tuple[str, str, str]]:
    return [(field, _decimal(most), _decimal(step)) for field, most, step in _SCORE.findall(page.text)]


def _decimal(shown: str) -> str:
    return shown.replace(",", ".")


def _marks(judge: Person, entered: Entered, scales: list[tuple[str, Fraction, Fraction]]) -> dict[str, str]:
    """All who read a work find the same worth in it, and each finds it in other criteria.

    So the outcome does not hang on who was given the work, which is drawn anew for every round that is ever opened.
    """
    wholes = [int(most / step) for _field, most, step in scales]
    total = round(sum(wholes) * Fraction(50 + entered.quality // 2, 100))
    steps = [total * whole // sum(wholes) for whole in wholes]
    for place in range(total - sum(steps)):
        steps[place] += 1
    taste = hashlib.sha256(f"{judge.email}/{entered.title}".encode()).digest()
    more, less = taste[0] % len(steps), taste[1] % len(steps)
    if steps[more] < wholes[more] and steps[less] > 0:
        steps[more] += 1
        steps[less] -= 1
    return {field: dates.number(step * n) for (field, _most, step), n in zip(scales, steps, strict=True)}
