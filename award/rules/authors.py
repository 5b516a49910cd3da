"""What the rules say of the authors: names, contact, minors, members of the award's bodies, byline."""

from typing import NamedTuple

from flask_babel import gettext as _

from award.rules.facts import AuthorFacts, Colour, EntryFacts, Finding, RuleBook
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
    found = []
    for n, author in enumerate(facts.authors, start=1):
        if author.minor:
            who = _("cha, mẹ hoặc người giám hộ đồng ý cho tác giả thứ %(n)s dự Giải", n=n)
            what = _("quan hệ của người đồng ý với tác giả thứ %(n)s", n=n)
            at = f"authors.{author.key}.guardian"
            found += [present("guardian", author.guardian, who, at)]
            found += [present("guardian", author.guardian_relation, what, f"{at}_relation")]
    return found


def guardian_papers(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """What the parent or guardian signed is there, with the work or on the signed list of its organ: a person looks.

    It never keeps a work from being submitted: a paper may still come, and the list of the organ comes later.
    """
    young = [author for author in facts.authors if author.minor]
    slot = min((slot for slot in facts.slots if slot.for_minors), key=lambda each: each.key, default=None)
    if not young:
        return []
    names = ", ".join(author.guardian or author.legal_name for author in young)
    if slot is not None and slot.held:
        what = _("đối chiếu họ tên, quan hệ, chữ ký của %(names)s trong giấy đồng ý", names=names)
        return [look_again("guardian_paper", book, what, f"files.{slot.key}")]
    what = _(
        "chưa có giấy đồng ý có chữ ký của %(names)s; nộp bản chụp cùng tác phẩm hoặc ký trên danh sách của cơ quan",
        names=names,
    )
    field = f"files.{slot.key}" if slot is not None else f"authors.{min(each.key for each in young)}.guardian"
    return [look_again("guardian_paper", book, what, field)]


def consent_stands(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """Who took back the consent to the use of name and organ cannot be judged and named in passing: a person looks.

    The entrant's declaration spoke for all authors when it was made; by law the author's own later word goes before it.
    """
    return [
        Finding(
            "consent",
            "",
            "amber",
            _("Cần xem lại: tác giả %(name)s đã rút lại sự đồng ý sử dụng thông tin cá nhân.", name=author.legal_name),
            f"authors.{author.key}.legal_name",
        )
        for author in facts.authors
        if author.consent_withdrawn
    ]


def organisers(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """Whether who helps to run the edition may enter works. A namesake of one asks for another look."""
    body = _Body(
        _("tác giả %(name)s là thành viên Ban Tổ chức Giải, Tổ Thư ký"),
        _("tác giả %(name)s trùng tên với một thành viên Ban Tổ chức Giải, Tổ Thư ký"),
        _("%(name)s là thành viên Ban Tổ chức Giải, Tổ Thư ký, được dự Giải."),
        _("Tác giả không thuộc Ban Tổ chức Giải, Tổ Thư ký."),
    )
    sits = [(author, author.organiser, author.organiser_namesake) for author in facts.authors]
    return _of_body("organisers_enter", book, sits, body, may_enter=book.organisers_enter)


def judges(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """Whether who sits on a council may enter works. A namesake of one asks for another look."""
    body = _Body(
        _("tác giả %(name)s là thành viên Hội đồng"),
        _("tác giả %(name)s trùng tên với một thành viên Hội đồng"),
        _("%(name)s là thành viên Hội đồng, được dự Giải."),
        _("Tác giả không thuộc Hội đồng."),
    )
    sits = [(author, author.judge, author.judge_namesake) for author in facts.authors]
    return _of_body("judges_enter", book, sits, body, may_enter=book.judges_enter)


def judged_by_others(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """What a judge's own work, where it is taken, means for the judging."""
    code = "conflict_policy"
    own = [author for author in facts.authors if author.judge]
    if book.members is None or book.judges_enter is False or not own:
        return [not_applicable(code, "authors.add")]
    return [met(code, book, _keeps_away(book, author.legal_name), f"authors.{author.key}.legal_name") for author in own]


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
                "Nếu bài ký bút danh, ghi thêm bút danh ấy ở mục tác giả; "
                "nếu là tác giả mà bài không ghi tên, đề nghị cơ quan báo chí xác nhận.",
                name=author.legal_name,
            )
            found.append(Finding("byline", "", "amber", sentence, field))
    return found


class _Body(NamedTuple):
    """What is said of an author who sits on a body, who has the name of one who does, who may enter, and of others."""

    member: str
    namesake: str
    welcome: str
    stranger: str


def _of_body(
    code: str,
    book: RuleBook,
    sits: list[tuple[AuthorFacts, bool, bool]],
    body: _Body,
    *,
    may_enter: bool | None,
) -> list[Finding]:
    """Of each author who sits on the body, and of each namesake of one where its members may not enter."""
    if may_enter is None:
        return [not_applicable(code, "authors.add")]
    found = []
    for author, member, namesake in sits:
        field, names = f"authors.{author.key}.legal_name", {"name": author.legal_name}
        if member and may_enter:
            found.append(met(code, book, body.welcome % names, field))
        elif member:
            found.append(unmet(code, book, body.member % names, field))
        elif namesake and not may_enter:
            found.append(look_again(code, book, body.namesake % names, field))
    if found:
        return found
    verdict: Colour = "not_applicable" if may_enter else "green"
    return [Finding(code, book.source(code), verdict, body.stranger, "authors.add")]


def _keeps_away(book: RuleBook, name: str) -> str:
    """What a member's own work means for the judging."""
    words = {
        "none": _("%(name)s là thành viên Hội đồng, chấm mọi tác phẩm được phân công.", name=name),
        "own_work": _("%(name)s là thành viên Hội đồng, không chấm tác phẩm của mình.", name=name),
        "own_newsroom": _(
            "%(name)s là thành viên Hội đồng, không chấm tác phẩm của mình và của cơ quan mình.", name=name
        ),
    }
    return str(words[book.members or "none"])
