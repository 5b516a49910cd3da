"""What the rules say of numbers: parts of a series, people of a group, works of an author, a group, an organ.

Each number may be the edition's, the category's, or both. For parts and people the category's takes the place of the
edition's; works are counted twice, in the whole edition and in the category, and neither count may pass its limit.
"""

from collections.abc import Iterator
from typing import NamedTuple

from flask_babel import gettext as _

from award.rules.facts import AuthorFacts, EntryFacts, Finding, RuleBook
from award.rules.ruling import look_again, met, not_applicable, unmet


def max_parts(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    code, field, n = "max_parts", "parts.add", len(facts.parts)
    limit, clause = _in_place(code, facts, book.max_parts)
    if limit is None:
        return [not_applicable(code, field)]
    if n <= limit:
        return [met(code, book, _("Tác phẩm nhiều kỳ không quá %(n)s kỳ.", n=limit), field, clause)]
    return [unmet(code, book, _("tác phẩm có %(n)s kỳ (tối đa %(limit)s kỳ)", n=n, limit=limit), field, clause)]


def max_group_size(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    code, field, n = "max_group_size", "authors.add", len(facts.authors)
    limit, clause = _in_place(code, facts, book.max_group_size)
    if limit is None:
        return [not_applicable(code, field)]
    if n <= limit:
        return [met(code, book, _("Nhóm tác giả không quá %(n)s người.", n=limit), field, clause)]
    what = _("nhóm tác giả có %(n)s người (tối đa %(limit)s người)", n=n, limit=limit)
    return [unmet(code, book, what, field, clause)]


def works_per_author(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """No author has more works than allowed. A namesake who may be another person only warns."""
    code = "max_works_per_author"
    found = [
        _author(author, facts, book, each)
        for each in _beside(code, facts, book.max_works_per_author)
        for author in facts.authors
    ]
    return found or [not_applicable(code, "authors.add")]


def works_per_group(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """No group, the same people together, has more works than allowed. Who works alone is no group."""
    code, field = "max_works_per_group", "authors.add"
    limits = list(_beside(code, facts, book.max_works_per_group)) if len(facts.authors) > 1 else []
    return [_group(facts, book, each) for each in limits] or [not_applicable(code, field)]


def works_per_newsroom(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """No organ has more works than allowed, counted by where works and their parts appeared or where authors work."""
    code = "max_works_per_newsroom"
    counted = [_Organ(facts.publisher, facts.publisher_works, facts.publisher_works_here, "work.publisher")]
    counted += [
        _Organ(part.outlet, part.outlet_works, part.outlet_works_here, f"parts.{part.key}.outlet")
        for part in facts.parts
    ]
    if book.newsroom_means == "employer":
        counted = [
            _Organ(a.employer, a.employer_works, a.employer_works_here, f"authors.{a.key}.employer")
            for a in facts.authors
        ]
    organs = [organ for organ in counted if organ.name]
    limits = list(_beside(code, facts, book.max_works_per_newsroom)) if organs else []
    return [_organ(organs, book, each) for each in limits] or [not_applicable(code, "work.publisher")]


class _Limit(NamedTuple):
    """A limit of works: how many, of which clause, and the category it counts in; empty for the whole edition."""

    most: int
    clause: str
    category: str


class _Organ(NamedTuple):
    name: str
    works: int
    works_here: int
    field: str


def _in_place(code: str, facts: EntryFacts, general: int | None) -> tuple[int | None, str]:
    """The category's number with its clause, where it has one; else the edition's, which knows its own."""
    if code in facts.limits.numbers:
        return facts.limits.numbers[code], facts.limits.source
    return general, ""


def _beside(code: str, facts: EntryFacts, general: int | None) -> Iterator[_Limit]:
    if general is not None:
        yield _Limit(general, "", "")
    if code in facts.limits.numbers:
        yield _Limit(facts.limits.numbers[code], facts.limits.source, facts.category)


def _author(author: AuthorFacts, facts: EntryFacts, book: RuleBook, limit: _Limit) -> Finding:
    code, field, most = "max_works_per_author", f"authors.{author.key}.legal_name", limit.most
    sure, perhaps = author.works, author.works + author.namesakes
    if limit.category:
        sure, perhaps = author.works_here, author.works_here + author.namesakes_here
    words = {"name": author.legal_name, "n": sure if sure >= most else perhaps, "limit": most}
    if limit.category:
        words["category"] = facts.category
        what = _(
            "tác giả %(name)s đã có %(n)s tác phẩm loại hình %(category)s "
            "(tối đa %(limit)s tác phẩm mỗi tác giả trong loại hình này)",
            **words,
        )
    else:
        what = _("tác giả %(name)s đã có %(n)s tác phẩm dự Giải (tối đa %(limit)s tác phẩm mỗi tác giả)", **words)
    if sure >= most:
        return unmet(code, book, what, field, limit.clause)
    if perhaps >= most:
        return look_again(code, book, _("%(what)s, tính cả người trùng tên", what=what), field)
    return met(code, book, _("Mỗi tác giả không quá %(n)s tác phẩm.", n=most), field, limit.clause)


def _group(facts: EntryFacts, book: RuleBook, limit: _Limit) -> Finding:
    code, field = "max_works_per_group", "authors.add"
    works = facts.group_works_here if limit.category else facts.group_works
    if works < limit.most:
        said = _("Mỗi nhóm tác giả không quá %(n)s tác phẩm.", n=limit.most)
        return met(code, book, said, field, limit.clause)
    words = {"n": works, "limit": limit.most}
    if limit.category:
        what = _(
            "nhóm tác giả này đã có %(n)s tác phẩm loại hình %(category)s "
            "(tối đa %(limit)s tác phẩm mỗi nhóm trong loại hình này)",
            category=limit.category,
            **words,
        )
    else:
        what = _("nhóm tác giả này đã có %(n)s tác phẩm dự Giải (tối đa %(limit)s tác phẩm mỗi nhóm)", **words)
    return unmet(code, book, what, field, limit.clause)


def _organ(organs: list[_Organ], book: RuleBook, limit: _Limit) -> Finding:
    """What the limit says of the organ that has most works."""
    code = "max_works_per_newsroom"
    organ = max(organs, key=lambda each: each.works_here if limit.category else each.works)
    works = organ.works_here if limit.category else organ.works
    if works < limit.most:
        said = _("Mỗi cơ quan không quá %(n)s tác phẩm.", n=limit.most)
        return met(code, book, said, organ.field, limit.clause)
    words = {"organ": organ.name, "n": works, "limit": limit.most}
    if limit.category:
        what = _(
            "%(organ)s đã có %(n)s tác phẩm loại hình %(category)s "
            "(tối đa %(limit)s tác phẩm mỗi cơ quan trong loại hình này)",
            category=limit.category,
            **words,
        )
    else:
        what = _("%(organ)s đã có %(n)s tác phẩm dự Giải (tối đa %(limit)s tác phẩm mỗi cơ quan)", **words)
    return unmet(code, book, what, organ.field, limit.clause)
