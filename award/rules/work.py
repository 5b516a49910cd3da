"""What the rules say of the work itself: title, organ, parts, window, links."""

from collections.abc import Iterator
from typing import NamedTuple

from flask_babel import gettext as _

from award import dates
from award.dates import days_in
from award.editions.media import ASKS, WORK_FIELDS
from award.editions.outlets import outlet_words
from award.links import is_address
from award.rules.facts import EntryFacts, Finding, PartFacts, RuleBook
from award.rules.ruling import lacking, look_again, met, not_applicable, of_part, present, unmet


def title(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    return [present("title", facts.title, _("tên tác phẩm"), "work.title")]


def genre(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    return [present("genre", not facts.genre_missing, _("thể loại"), "work.genre")]


def of_the_whole(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """What the category asks of the work as a whole has been told."""
    return [
        present(name, getattr(facts, name), str(noun), f"work.{name}")
        for name, noun in WORK_FIELDS.items()
        if name in facts.needed
    ]


def publisher(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    return [present("publisher", facts.publisher, _("cơ quan đăng, phát"), "work.publisher")]


def licensed_outlet(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """The organ of the work, and that of each part which appeared in another, is a licensed press organ."""
    organs = list(_organs(facts)) if book.licensed_outlet else []
    return [_licensed(organ, book) for organ in organs] or [not_applicable("licensed_outlet", "work.publisher")]


def kind_of_outlet(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """A category may take works of some kinds of organ only; nothing is said where it takes those of every kind."""
    return [_of_a_kind(organ, facts, book) for organ in _organs(facts)] if facts.outlets else []


def one_category(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """One work enters in one category. The same page is the same work; a title and an author in common only warn."""
    code, field = "several_categories", "work.title"
    if not facts.twins:
        if book.several_categories is False:
            return [met(code, book, _("Tác phẩm dự Giải ở một loại hình."), field)]
        return [not_applicable(code, field)]
    if book.several_categories:
        return [met(code, book, _("Một tác phẩm được dự Giải ở nhiều loại hình."), field)]
    found = []
    for twin in facts.twins:
        if twin.sure:
            what = _("tác phẩm này (cùng đường dẫn) đã dự Giải ở loại hình %(category)s", category=twin.category)
            found.append(unmet(code, book, what, field))
        else:
            what = _("tác phẩm cùng tên, cùng tác giả đã dự Giải ở loại hình %(category)s", category=twin.category)
            found.append(look_again(code, book, what, field))
    return found


def newsroom_confirmation(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """The organ that published or aired the work confirms it. Until its time is past, its silence only warns."""
    code, field = "newsroom_confirmation", "work.publisher"
    if not book.confirmation:
        return [not_applicable(code, field)]
    if facts.confirmed:
        return [met(code, book, _("Cơ quan đăng, phát đã xác nhận tác phẩm."), field)]
    if facts.confirmed is False:
        return [unmet(code, book, _("cơ quan đăng, phát không xác nhận tác phẩm"), field)]
    if book.confirmation_over:
        what = _("cơ quan đăng, phát chưa xác nhận tác phẩm (%(until)s)", until=book.confirmation_until)
        return [unmet(code, book, what, field)]
    if book.confirmation_until:
        what = _("chờ cơ quan đăng, phát xác nhận, %(until)s", until=book.confirmation_until)
    else:
        what = _("chờ cơ quan đăng, phát xác nhận")
    return [look_again(code, book, what, field)]


def parts_present(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """Every part has its date, and its title where there are several."""
    if not facts.parts:
        return [lacking("parts", _("bài (kỳ) đã đăng, phát"), "parts.add")]
    found = []
    for part in facts.parts:
        named = of_part(str(ASKS[facts.medium].published_noun), part, facts)
        found.append(present("published_on", part.published_on, named, f"parts.{part.key}.published_on"))
        if len(facts.parts) > 1:
            found.append(
                present("part_title", part.title, of_part(_("tên bài"), part, facts), f"parts.{part.key}.title")
            )
    return found


def window(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """Each part was published inside the window."""
    return [_in_window(part, facts, book) for part in facts.parts if part.published_on]


def first_publication(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """A work on several platforms is dated by its first publication: an earlier day elsewhere asks for another look."""
    days = [part.published_on for part in facts.parts if part.published_on]
    earlier = [day for line in facts.elsewhere.splitlines() for day in days_in(line) if days and day < min(days)]
    if not earlier:
        return []
    sentence = _(
        "Cần xem lại: ở nền tảng khác ghi ngày %(other)s, trước ngày đăng, phát lần đầu đã khai (%(first)s).",
        other=dates.day(min(earlier)),
        first=dates.day(min(days)),
    )
    return [Finding("first_publication", "", "amber", sentence, "work.elsewhere")]


def whereabouts(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """Each part tells where it appeared, as far as its medium asks and its category demands."""
    asks = ASKS[facts.medium]
    needed = [asked for asked in asks.asked if asked.name in asks.needs(facts.needed) and asked.name != "link"]
    return [
        present(
            asked.name,
            getattr(part, asked.name),
            of_part(str(asked.noun), part, facts),
            f"parts.{part.key}.{asked.name}",
        )
        for part in facts.parts
        for asked in needed
    ]


def links(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """A work that needs an address has one for each part; an address that is given can be opened by its looks."""
    found = []
    needed = "link" in ASKS[facts.medium].needs(facts.needed)
    for part in facts.parts:
        field = f"parts.{part.key}.link"
        if not part.link:
            if needed:
                found.append(lacking("link", of_part(_("đường dẫn"), part, facts), field))
        elif is_address(part.link):
            found.append(Finding("link", "", "green", _("Đường dẫn đúng dạng."), field))
        else:
            sentence = _("Cần xem lại: đường dẫn chưa đúng dạng, ví dụ: https://bao.vn/bai-viet.html.")
            asked = of_part(_("đường dẫn đúng dạng"), part, facts) if needed else ""
            found.append(Finding("link", "", "amber", sentence, field, asked))
    return found


class _Organ(NamedTuple):
    """An organ that a work or a part of it names, and the field that does."""

    name: str
    licensed: bool | None
    kinds: frozenset[str]
    field: str


def _organs(facts: EntryFacts) -> Iterator[_Organ]:
    if facts.publisher:
        yield _Organ(facts.publisher, facts.publisher_licensed, facts.publisher_kinds, "work.publisher")
    for part in facts.parts:
        if part.outlet:
            yield _Organ(part.outlet, part.outlet_licensed, part.outlet_kinds, f"parts.{part.key}.outlet")


def _licensed(organ: _Organ, book: RuleBook) -> Finding:
    code = "licensed_outlet"
    if organ.licensed is None:
        sentence = _("Chưa có trong danh sách: ghi tên cơ quan, Tổ Thư ký bổ sung sau. Không ảnh hưởng việc nộp hồ sơ.")
        return Finding(code, book.source(code), "amber", sentence, organ.field)
    if organ.licensed and organ.kinds and organ.kinds <= book.unlicensed_kinds:
        names = {"organ": organ.name, "kinds": outlet_words(book.outlet_names, organ.kinds)}
        what = _("%(organ)s là %(kinds)s, không phải cơ quan báo chí được cấp phép", **names)
        return unmet(code, book, what, organ.field)
    if organ.licensed:
        return met(code, book, _("Cơ quan đăng, phát có trong danh sách cơ quan báo chí."), organ.field)
    what = _("%(organ)s không phải cơ quan báo chí được cấp phép", organ=organ.name)
    return unmet(code, book, what, organ.field)


def _of_a_kind(organ: _Organ, facts: EntryFacts, book: RuleBook) -> Finding:
    code, clause = "licensed_outlet", facts.limits.source
    names = {"organ": organ.name, "category": facts.category, "kinds": outlet_words(book.outlet_names, facts.outlets)}
    if organ.kinds & facts.outlets:
        return met(code, book, _("%(category)s nhận tác phẩm của cơ quan này.", **names), organ.field, clause)
    if not organ.kinds:
        what = _("chưa ghi %(organ)s là cơ quan loại nào (%(category)s nhận: %(kinds)s)", **names)
        return look_again(code, book, what, organ.field)
    what = _("%(category)s không nhận tác phẩm của %(organ)s (chỉ nhận: %(kinds)s)", **names)
    return unmet(code, book, what, organ.field, clause)


def _carried_over(facts: EntryFacts, book: RuleBook) -> bool:
    """The series ends within the window, and the rules take it with the parts that appeared before."""
    days = [part.published_on for part in facts.parts if part.published_on]
    if not book.carry_over or book.window_from is None or not days:
        return False
    return book.window_from <= max(days) <= (book.window_to or max(days))


def _in_window(part: PartFacts, facts: EntryFacts, book: RuleBook) -> Finding:
    code, field, on = "window", f"parts.{part.key}.published_on", part.published_on
    assert on is not None
    first, last = book.window_from, book.window_to
    if first is None and last is None:
        return not_applicable(code, field)
    names = {"which": _which(part, facts), "day": dates.day(on)}
    aired = facts.medium in {"radio", "television"}
    if first is not None and on < first:
        names["first"] = dates.day(first)
        if _carried_over(facts, book):
            said = _("%(which)s đăng, phát ngày %(day)s, được tính vì kỳ cuối trong thời gian quy định.", **names)
            return met(code, book, f"{said[:1].upper()}{said[1:]}", field, book.source("carry_over"))
        if aired:
            what = _("%(which)s phát ngày %(day)s, trước thời gian quy định (từ ngày %(first)s)", **names)
        else:
            what = _("%(which)s đăng ngày %(day)s, trước thời gian quy định (từ ngày %(first)s)", **names)
        return unmet(code, book, what, field)
    if last is not None and on > last:
        names["last"] = dates.day(last)
        if aired:
            what = _("%(which)s phát ngày %(day)s, sau thời gian quy định (đến hết ngày %(last)s)", **names)
        else:
            what = _("%(which)s đăng ngày %(day)s, sau thời gian quy định (đến hết ngày %(last)s)", **names)
        return unmet(code, book, what, field)
    return met(code, book, _("Ngày %(day)s trong thời gian quy định.", day=names["day"]), field)


def _which(part: PartFacts, facts: EntryFacts) -> str:
    return str(_("tác phẩm") if len(facts.parts) == 1 else _("kỳ %(n)s", n=part.ordinal))
