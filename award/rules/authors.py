"""What the rules say of the authors: names, contact, minors, members of the award's bodies, byline."""

from flask_babel import gettext as _

from award.rules.facts import Colour, EntryFacts, Finding, RuleBook
from award.rules.ruling import lacking, look_again, met, not_applicable, present, unmet, words_of


def authors_present(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    if not facts.authors:
        return [lacking("authors", _("tác giả"), "authors.add")]
    found = [
        present(
            "author_name", author.legal_name, _("họ và tên tác giả thứ %(n)s", n=n), f"authors.{author.key}.legal_name"
        )
        for n, author in enumerate(facts.authors, start=1)
    ]
    contacts = [author for author in facts.authors if author.contact]
    if not contacts:
        found.append(lacking("contact", _("người liên hệ"), "authors.contact"))
    for author in contacts:
        found.append(
            present("contact", author.phone, _("số điện thoại của người liên hệ"), f"authors.{author.key}.phone")
        )
    return found


def shares(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """Where the category asks for shares, every author of several has one and together they are the whole."""
    if "share" not in facts.needed or len(facts.authors) < 2:
        return []
    found = [
        present("share", author.share, _("tỷ lệ đóng góp của tác giả thứ %(n)s", n=n), f"authors.{author.key}.share")
        for n, author in enumerate(facts.authors, start=1)
    ]
    total = sum(author.share or 0 for author in facts.authors)
    if all(author.share for author in facts.authors) and total != 100:
        what = _("tỷ lệ đóng góp của các tác giả cộng lại đủ 100%% (hiện là %(total)s%%)", total=total)
        found.append(lacking("share", what, "authors.add"))
    return found


def guardians(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """For each author younger than 18 a parent or guardian consents, by name: by law, whatever the edition says."""
    return [
        present(
            "guardian",
            author.guardian,
            _("cha, mẹ hoặc người giám hộ đồng ý cho tác giả thứ %(n)s dự Giải", n=n),
            f"authors.{author.key}.guardian",
        )
        for n, author in enumerate(facts.authors, start=1)
        if author.minor
    ]


def members(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """What the edition says of works by who helps to judge or to run it. A namesake of one asks for another look."""
    code = "conflict_policy"
    if book.members is None:
        return [not_applicable(code, "authors.add")]
    found = []
    for author in facts.authors:
        field, names = f"authors.{author.key}.legal_name", {"name": author.legal_name}
        if author.member and book.members == "barred":
            what = _("tác giả %(name)s là thành viên Ban Tổ chức Giải, Hội đồng hoặc Tổ Thư ký", **names)
            found.append(unmet(code, book, what, field))
        elif author.member:
            found.append(met(code, book, _keeps_away(book, author.legal_name), field))
        elif author.member_namesake and book.members == "barred":
            what = _("tác giả %(name)s trùng tên với một thành viên Ban Tổ chức Giải, Hội đồng hoặc Tổ Thư ký", **names)
            found.append(look_again(code, book, what, field))
    if found:
        return found
    stranger = _("Tác giả không thuộc Ban Tổ chức Giải, Hội đồng, Tổ Thư ký.")
    verdict: Colour = "green" if book.members == "barred" else "not_applicable"
    return [Finding(code, book.source(code), verdict, stranger, "authors.add")]


def byline(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """The names printed with the work contain each author, by legal name or pen name, unless the organ confirmed."""
    if not facts.byline:
        return [lacking("byline", _("tên tác giả như đã đăng"), "work.byline")]
    printed = words_of(facts.byline)
    found = []
    for author in facts.authors:
        if not author.legal_name:
            continue
        field = f"authors.{author.key}.legal_name"
        if facts.confirmed or any(words_of(name) in printed for name in (author.legal_name, *author.pen_names) if name):
            found.append(Finding("byline", "", "green", _("Có trong tên tác giả của bài đã đăng."), field))
        else:
            sentence = _(
                "Cần xem lại: “%(name)s” không có trong tên tác giả của bài đã đăng. "
                "Nếu là tác giả, đề nghị cơ quan báo chí xác nhận.",
                name=author.legal_name,
            )
            found.append(Finding("byline", "", "amber", sentence, field))
    return found


def _keeps_away(book: RuleBook, name: str) -> str:
    """What a member's own work means for the judging."""
    words = {
        "none": _("%(name)s là thành viên của Giải, được dự Giải.", name=name),
        "own_work": _("%(name)s là thành viên của Giải, được dự Giải, không chấm tác phẩm của mình.", name=name),
        "own_newsroom": _(
            "%(name)s là thành viên của Giải, được dự Giải, không chấm tác phẩm của mình và của cơ quan mình.",
            name=name,
        ),
    }
    return str(words[book.members or "none"])
