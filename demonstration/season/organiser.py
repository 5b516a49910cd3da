"""What the organiser does before the first work comes: the edition, its rules, its people, page by page."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from award import dates
from award.editions.known import BY_CODE
from demonstration.plan import AWARD, CLAUSES, CRITERIA, FOCAL, PANELS, TOPICS, PanelPlan
from demonstration.season.browser import Form, Page, Unexpected
from demonstration.season.person import Person, Values
from demonstration.season.script import LICENSED, UNLICENSED, WINDOW, Figures

SLUG = "iii-2023"
SAVE = "Lưu và tiếp tục"


def sets_up(organiser: Person, figures: Figures) -> None:
    """A draft edition with everything filled in."""
    page = organiser.opens("/thiet-lap")
    identity = {"ordinal": "3", "ordinal_words": "III", "year": "2023", "slug": SLUG, "code_prefix": "KH3"}
    named = {"name": f"{AWARD} lần thứ III - năm 2023", "award_name": AWARD, "award_place": "Khánh Hòa"}
    organiser.presses(page, "Lập bản dự thảo", {**identity, **named, "illustrative": "y"})
    _save(organiser, "thong-tin-chung", {"help_name": "Tổ Thư ký", "help_phone": "0258 000 000"})
    _organs(organiser)
    _entry_rules(organiser)
    page = organiser.opens(f"/{SLUG}/thiet-lap/loai-hinh")
    organiser.presses(page, "Thêm cả")
    _topics(organiser)
    _rows(organiser, "co-cau-giai", "levels", [_prize(each) for each in figures.prizes])
    _national(organiser)
    _judging_rules(organiser)
    for ordinal, plans in enumerate(PANELS, start=1):
        _round(organiser, ordinal)
        _panels(organiser, ordinal, plans, figures)


def appoints(organiser: Person, people: Mapping[str, Sequence[Person]]) -> None:
    """Everybody has a letter with an invitation; by role."""
    page = organiser.opens(f"/{SLUG}/thiet-lap/nhan-su")
    for role, named in people.items():
        for person in named:
            facts = {"email": person.email, "legal_name": person.name, "role": role}
            page = organiser.presses(page, "Giao vai trò", facts)


def moves(organiser: Person, act: str) -> Page:
    """The act of the calendar, asked for on its page and confirmed."""
    page = organiser.opens(f"/{SLUG}/lich/{act}")
    form = page.form(action=f"/{SLUG}/lich/{act}")
    return organiser.browser.send(page, form)


def _save(organiser: Person, address: str, values: Values) -> Page:
    page = organiser.opens(f"/{SLUG}/thiet-lap/{address}")
    return organiser.presses(page, SAVE, values)


def _rows(organiser: Person, address: str, name: str, rows: Sequence[Values]) -> None:
    """A page of set-up with a list: as many rows as there are, and what stands in them."""
    page = organiser.opens(f"/{SLUG}/thiet-lap/{address}")
    page = _with_rows(organiser, page, name, len(rows))
    form = page.form(button=SAVE)
    for number, row in enumerate(rows):
        form.fill_all({f"{name}-{number}-{field}": value for field, value in row.items()})
    organiser.browser.send(page, form, SAVE)


def _with_rows(organiser: Person, page: Page, name: str, count: int) -> Page:
    while count > len(_numbers(page.form(button=SAVE), name)):
        form = page.form(button=SAVE)
        button = next(each for each in form.buttons if (each.name, each.value) == ("add", name))
        page = organiser.browser.send(page, form, button.words)
    return page


def _numbers(form: Form, name: str) -> set[str]:
    return {field.split("-")[1] for field in form.fields if field.startswith(f"{name}-") and field.count("-") >= 2}


def _organs(organiser: Person) -> None:
    page = organiser.opens(f"/{SLUG}/thiet-lap/co-quan")
    for licence, names in (("co", LICENSED), ("khong", UNLICENSED)):
        for name in names:
            page = organiser.presses(page, "Ghi vào danh sách", {"name": name, "licence": licence})


def _entry_rules(organiser: Person) -> None:
    page = organiser.opens(f"/{SLUG}/thiet-lap/the-le")
    form = page.form(button=SAVE)
    _clauses(form)
    first, last = WINDOW
    form.fill_all({"window-first": dates.day(first), "window-last": dates.day(last)})
    form.fill_all({"deadline-wording": "đến hết ngày", "deadline-day": dates.day(last)})
    organiser.browser.send(page, form, SAVE)


def _judging_rules(organiser: Person) -> None:
    page = organiser.opens(f"/{SLUG}/thiet-lap/quy-che-cham")
    form = page.form(button=SAVE)
    _clauses(form)
    organiser.browser.send(page, form, SAVE)


def _clauses(form: Form) -> None:
    """What the plan says of every matter that stands on the page."""
    for code, (value, source) in CLAUSES.items():
        if f"{code}-source" not in form.fields:
            continue
        regulated = value is not None or bool(source)
        if f"{code}-said" in form.choices:
            form.fill_all({f"{code}-said": "value" if regulated else "unregulated"})
        form.fill_all({f"{code}-source": source})
        for kind, answer in (value or {}).items():
            name = f"{code}-{kind}"
            form.fill_all({name: _typed(answer, ticked=name in form.choices)})


def _typed(answer: Any, *, ticked: bool) -> str | list[str]:
    """An answer as the form takes it: boxes are ticked, names stand line by line."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, (list, tuple)):
        return list(answer) if ticked else "\n".join(answer)
    return str(answer)


def _topics(organiser: Person) -> None:
    """The contents of the plan, pasted as they are listed; then each row is told whether it is a focal one."""
    page = organiser.opens(f"/{SLUG}/thiet-lap/noi-dung")
    listed = [line for group, contents in TOPICS.items() for line in (group, *(f"- {name}" for name in contents))]
    page = organiser.presses(page, "Thêm các mục đã dán", {"pasted": "\n".join(listed)})
    form = page.form(button=SAVE)
    for name in [field for field, values in form.fields.items() if values == [FOCAL]]:
        form.fill_all({f"{name.removesuffix('-name')}-focal": "y"})
    organiser.browser.send(page, form, SAVE)


def _prize(level: Any) -> dict[str, str | None]:
    return {
        "kind": level.kind,
        "code": level.code,
        "name": level.name,
        "quota": str(level.quota),
        "money": "" if level.money is None else str(level.money),
        "illustrative": "y",
    }


def _national(organiser: Person) -> None:
    last = date(2023, 11, 10)
    _save(
        organiser,
        "giai-trung-uong",
        {
            "name": "Giải Búa liềm vàng lần thứ VIII - năm 2023",
            "recipient": "Cơ quan thường trực Giải Búa liềm vàng",
            "window_from": dates.day(WINDOW[0]),
            "window_to": dates.day(date(2023, 10, 31)),
            "deadline_day": dates.day(last),
            "deadline_words": "theo dấu bưu điện",
            "barred_prizes": "Giải Báo chí quốc gia",
        },
    )


def _round(organiser: Person, ordinal: int) -> None:
    page = organiser.opens(f"/{SLUG}/thiet-lap/vong-cham/{ordinal}")
    page = _with_rows(organiser, page, "criteria", len(CRITERIA))
    form = page.form(button=SAVE).fill(blind="yes" if ordinal == 1 else "no", scale_max="10", steps_per_point="4")
    for number, criterion in enumerate(CRITERIA):
        said = {
            "name": criterion.name,
            "weight": str(criterion.weight),
            "low_words": criterion.low_words,
            "middle_words": criterion.middle_words,
            "high_words": criterion.high_words,
        }
        form.fill_all({f"criteria-{number}-{field}": text for field, text in said.items()})
    organiser.browser.send(page, form, SAVE)


def _panels(organiser: Person, ordinal: int, plans: Sequence[PanelPlan], figures: Figures) -> None:
    page = organiser.opens(f"/{SLUG}/thiet-lap/vong-cham/{ordinal}/tieu-ban")
    page = _with_rows(organiser, page, "panels", len(plans))
    form = page.form(button=SAVE)
    for number, plan in enumerate(plans):
        scopes = _scopes(form.choices[f"panels-{number}-scopes"], plan)
        form.fill_all({f"panels-{number}-name": plan.name, f"panels-{number}-scopes": scopes})
        if plan.shortlist is not None:
            form.fill_all({f"panels-{number}-shortlist_size": str(figures.in_small(plan.shortlist))})
    organiser.browser.send(page, form, SAVE)


def _scopes(offered: Sequence[tuple[str, str]], plan: PanelPlan) -> list[str]:
    """The boxes of a panel: whole kinds of works, or those genres of one that it judges."""
    kinds = {words: value for value, words in offered if ":" not in value}
    chosen = [kinds[BY_CODE[code].name] for code in plan.categories]
    if not plan.genres and not plan.without:
        return chosen
    genres = [(value, words) for value, words in offered if value.partition(":")[0] in chosen and ":" in value]
    found = [v for v, words in genres if (words in plan.genres if plan.genres else words not in plan.without)]
    if not found:
        raise Unexpected(f"no genre of {plan.name} is offered: {genres}")
    return found
