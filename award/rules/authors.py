"""What the rules say of the authors: names, contact, size of the group, works of each, byline."""

from flask_babel import gettext as _

from award.rules.facts import EntryFacts, Finding, RuleBook
from award.rules.ruling import lacking, met, not_applicable, present, unmet, words_of


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


def max_group_size(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    code, field, limit, n = "max_group_size", "authors.add", book.max_group_size, len(facts.authors)
    if limit is None:
        return [not_applicable(code, field)]
    if n <= limit:
        return [met(code, book, _("Nhóm tác giả không quá %(n)s người.", n=limit), field)]
    return [unmet(code, book, _("nhóm tác giả có %(n)s người (tối đa %(limit)s người)", n=n, limit=limit), field)]


def works_per_author(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """No author has more works than allowed. A namesake who may be another person only warns."""
    code, limit = "max_works_per_author", book.max_works_per_author
    if limit is None:
        return [not_applicable(code, "authors.add")]
    found = []
    for author in facts.authors:
        field = f"authors.{author.key}.legal_name"
        what = _(
            "tác giả %(name)s đã có %(n)s tác phẩm dự Giải (tối đa %(limit)s tác phẩm mỗi tác giả)",
            name=author.legal_name,
            n=author.works if author.works >= limit else author.works + author.namesakes,
            limit=limit,
        )
        if author.works >= limit:
            found.append(unmet(code, book, what, field))
        elif author.works + author.namesakes >= limit:
            found.append(
                Finding(
                    code,
                    book.source(code),
                    "amber",
                    _("Cần xem lại: %(what)s, tính cả người trùng tên.", what=what),
                    field,
                )
            )
        else:
            found.append(met(code, book, _("Mỗi tác giả không quá %(n)s tác phẩm.", n=limit), field))
    return found


def members(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """Where the edition says so, nobody enters a work who helps to judge or to run it."""
    code = "conflict_policy"
    if not book.members_barred:
        return [not_applicable(code, "authors.add")]
    found = [
        unmet(
            code,
            book,
            _("tác giả %(name)s là thành viên Ban Tổ chức Giải, Hội đồng hoặc Tổ Thư ký", name=author.legal_name),
            f"authors.{author.key}.legal_name",
        )
        for author in facts.authors
        if author.member
    ]
    return found or [met(code, book, _("Tác giả không thuộc Ban Tổ chức Giải, Hội đồng, Tổ Thư ký."), "authors.add")]


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
