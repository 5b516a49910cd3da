"""What the rules say of the work itself: title, organ, parts, window, links."""

from flask_babel import gettext as _

from award import dates
from award.dates import days_in
from award.editions.media import ASKS, WORK_FIELDS
from award.links import is_address
from award.people.outlets import outlet_words
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
    code, field = "licensed_outlet", "work.publisher"
    if not book.licensed_outlet or not facts.publisher:
        return [not_applicable(code, field)]
    if facts.publisher_licensed is None:
        sentence = _("Chưa có trong danh sách: ghi tên cơ quan, Tổ Thư ký bổ sung sau. Không ảnh hưởng việc nộp hồ sơ.")
        return [Finding(code, book.source(code), "amber", sentence, field)]
    if facts.publisher_licensed:
        return [met(code, book, _("Cơ quan đăng, phát có trong danh sách cơ quan báo chí."), field)]
    what = _("%(organ)s không phải cơ quan báo chí được cấp phép", organ=facts.publisher)
    return [unmet(code, book, what, field)]


def kind_of_outlet(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """A category may take works of some kinds of organ only; nothing is said where it takes those of every kind."""
    code, field = "licensed_outlet", "work.publisher"
    if not facts.outlets or not facts.publisher:
        return []
    names = {"organ": facts.publisher, "category": facts.category, "kinds": outlet_words(facts.outlets)}
    clause = facts.limits.source
    if facts.publisher_kinds & facts.outlets:
        return [met(code, book, _("%(category)s nhận tác phẩm của cơ quan này.", **names), field, clause)]
    if not facts.publisher_kinds:
        what = _("chưa ghi %(organ)s là cơ quan loại nào (%(category)s nhận: %(kinds)s)", **names)
        return [look_again(code, book, what, field)]
    what = _("%(category)s không nhận tác phẩm của %(organ)s (chỉ nhận: %(kinds)s)", **names)
    return [unmet(code, book, what, field, clause)]


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
