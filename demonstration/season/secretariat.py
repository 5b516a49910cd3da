"""What the secretary does with what came in: looks at each dossier, decides, has the list of the fallen approved."""

import csv
import io
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from demonstration.season.browser import Page, Unexpected, plain
from demonstration.season.person import Person
from demonstration.season.script import FAULTS, Entered, Script

A_DOSSIER = timedelta(seconds=70)
A_DAY = 150
"""So many dossiers are looked at in a day."""
SECONDS_FOR_FILES = 600
_RULE = re.compile(r'<li class="ruling"[^>]*>(.*?)</li>', re.DOTALL)
_COLOUR = re.compile(r'<span class="state state--(bad|warn)[ "]')
_SENTENCE = re.compile(r'<p class="small">(.*?)</p>', re.DOTALL)
_CLAUSE = re.compile(r'name="clause-[^"]*" value="([^"]*)"')
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def screens(
    secretary: Person, slug: str, script: Script, day: datetime, says: Callable[[datetime], None]
) -> Iterator[int]:
    """Every dossier in the order of codes: eligible, or not for what a rule says or for what the secretary reads.

    Gives how many are looked at, after each.
    """
    page = secretary.opens(_first(secretary, slug))
    for number in range(script.figures.received):
        if number % A_DAY == 0 and number:
            day += timedelta(days=1)
        says(day + A_DOSSIER * (number % A_DAY))
        if number % A_DAY == 0 and number:
            page = secretary.opens(page.path)
        entered = script.by_title[_title(page)]
        page = _decides(secretary, _readable(secretary, page, entered), entered)
        yield number + 1


def approves(organiser: Person, slug: str) -> int:
    """The list of works not eligible is approved in one act; gives how many there are."""
    page = organiser.opens(f"/{slug}/khong-du-dieu-kien?phe-duyet=1")
    form = page.form(action=f"/{slug}/khong-du-dieu-kien")
    page = organiser.browser.send(page, form)
    said = re.search(r"Đã phê duyệt danh sách: ([\d.]+)", page.words())
    if said is None:
        raise Unexpected(f"the list was not approved: {page.words()[:500]}")
    return int(said[1].replace(".", ""))


def reasons(organiser: Person, slug: str, fallen: int) -> str:
    """How many works of the approved list fell by which clause, read from the list as the staff take it along."""
    return by_clause(organiser.opens(f"/{slug}/khong-du-dieu-kien?tai-ve=csv").text, fallen)


def by_clause(listed: str, fallen: int) -> str:
    """The clauses with how many works fell by each, the most first. Every work has its reason and its clause."""
    works = list(csv.DictReader(io.StringIO(listed.lstrip("\ufeff"))))
    without = [work["Mã hồ sơ"] for work in works if not (work["Lý do"].strip() and work["Căn cứ"].strip())]
    if without or len(works) != fallen:
        raise Unexpected(f"{len(works)} works on the list of {fallen}; without reason or clause: {without}")
    counted = Counter(work["Căn cứ"].strip() for work in works).most_common()
    return "; ".join(f"{clause}: {n}" for clause, n in counted)


def _first(secretary: Person, slug: str) -> str:
    queue = secretary.opens(f"/{slug}/kiem-tra")
    return next(href for href, _words in queue.links() if re.fullmatch(rf"/{slug}/kiem-tra/\w{{12}}", href))


def _title(page: Page) -> str:
    found = _TITLE.search(page.text)
    if found is None:
        raise Unexpected(f"{page.address} shows no dossier")
    return plain(found[1])


def _readable(secretary: Person, page: Page, entered: Entered) -> Page:
    """The page once every file on it can be read; only what was promised and never came stays unreadable."""
    deadline = time.monotonic() + SECONDS_FOR_FILES
    while "tệp chưa dùng được" in page.text and entered.fault != "no_file":
        if time.monotonic() > deadline:
            raise Unexpected(f"a file of {entered.title} cannot be read")
        time.sleep(1)
        page = secretary.opens(page.path)
    return page


def _decides(secretary: Person, page: Page, entered: Entered) -> Page:
    """Gives the next dossier's page."""
    form = page.form(button="Đủ điều kiện")
    against = _against(page)
    if not entered.fault:
        if any(colour == "bad" for colour, _sentence, _clause in against):
            raise Unexpected(f"the rules speak against {entered.title}: {against}")
        return secretary.browser.send(page, form.fill(reason="", clause=""), "Đủ điều kiện")
    fault = FAULTS[entered.fault]
    reason = fault.reason
    if fault.seen_by == "rule":
        reason = next((_what(sentence) for _colour, sentence, clause in against if clause == fault.clause), "")
    lacking = any(sentence.startswith("Còn thiếu") for _colour, sentence, _clause in against)
    if not reason or (fault.seen_by == "lacking" and not lacking):
        raise Unexpected(f"no rule speaks of {entered.fault} of {entered.title}: {against}")
    form.fill(reason=reason, clause=fault.clause)
    return secretary.browser.send(page, form, "Chuyển danh sách không đủ điều kiện")


def _what(sentence: str) -> str:
    """What a rule says of the work, without "chưa" and without its clause: the decision has words of its own."""
    said = re.search(r"dự Giải: (.+)\. Căn cứ", sentence)
    what = said[1] if said else sentence.rstrip(".")
    return what[:1].upper() + what[1:]


def _against(page: Page) -> list[tuple[str, str, str]]:
    """Mark, sentence and clause of every rule that is not met or asks for another look."""
    found = []
    for rule in _RULE.findall(page.text):
        colour, clause = _COLOUR.search(rule), _CLAUSE.search(rule)
        if colour is not None:
            cited = plain(clause[1]) if clause else ""
            found += [(colour[1], plain(sentence), cited) for sentence in _SENTENCE.findall(rule)]
    return found
