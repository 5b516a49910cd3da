"""What the rules say of the rest of the dossier: files, prizes already had, declarations."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.editions.lengths import measured
from award.history.naming import names, own_level, prize_words, same_award
from award.rules.facts import (
    DECLARATIONS,
    EntryFacts,
    Finding,
    LengthFacts,
    PriorPrizeFacts,
    PrizedFacts,
    RuleBook,
    SlotFacts,
)
from award.rules.ruling import lacking, met, not_applicable, present, unmet

HANDED_OVER_LATER = 1
"""Years by which the year people remember may be later than the edition's: technique of recognising, no rule."""


def files(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """Each slot holds as many files as it asks for: whole, or begun while what was begun may still come.

    Where the edition takes a form before its files, what is not there yet may follow, too.
    """
    still_come = book.files_still_come if facts.files_still_come is None else facts.files_still_come
    may_follow = still_come and book.files_may_follow
    return [
        finding for slot in facts.slots for finding in _slot(slot, facts, still_come=still_come, may_follow=may_follow)
    ]


def lengths(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """No file is longer than its place takes. What nobody has opened yet has no length, and nothing is said of it."""
    return [_length(each, slot, facts, book) for slot in facts.slots for each in slot.lengths]


def captions(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """Every picture of a slot that asks for it has words under it."""
    return [
        present(
            "caption", picture.caption, _("chú thích ảnh %(n)s", n=picture.ordinal), f"captions.{picture.key}.caption"
        )
        for picture in facts.captions
    ]


def prior_prizes(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    code, field = "prior_prizes", "declarations.no_prior_prize"
    recorded = _recorded(facts, book)
    if facts.no_prior_prize is None or (not facts.no_prior_prize and not facts.prior_prizes):
        return [lacking(code, _("giải thưởng đã đạt (hoặc chưa đạt giải)"), field), *recorded]
    found = []
    for prize in facts.prior_prizes:
        if not prize.award_name:
            field_of_name = f"declarations.{prize.key}.award_name"
            found.append(lacking(code, _("tên giải thưởng đã đạt"), field_of_name))
        elif (verdict := _prior_prize(prize, book)) is not None:
            found.append(verdict)
    found += recorded
    if found:
        return found
    if book.prior_prizes is None:
        return [not_applicable(code, field)]
    return [met(code, book, _("Giải thưởng đã đạt phù hợp quy định."), field)]


def declarations(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    words = {"commitment": _("cam kết của tác giả"), "consent": _("đồng ý sử dụng thông tin cá nhân")}
    return [
        lacking("declarations", _("%(what)s theo nội dung mới", what=words[code]), f"declarations.{code}")
        if code in facts.declared_before
        else present("declarations", code in facts.declared, words[code], f"declarations.{code}")
        for code in DECLARATIONS
    ]


def _length(each: LengthFacts, slot: SlotFacts, facts: EntryFacts, book: RuleBook) -> Finding:
    code, field, clause = "file_length", _place(slot), facts.limits.source
    if each.n <= each.most:
        return met(code, book, _("Độ dài tệp trong mức quy định."), field, clause)
    words = {"file": each.file, "n": measured(each.measure, each.n), "most": measured(each.measure, each.most)}
    return unmet(code, book, _("tệp “%(file)s” dài %(n)s (tối đa %(most)s)", **words), field, clause)


def _place(slot: SlotFacts) -> str:
    return f"files.{slot.key}" + (f".{slot.part_key}" if slot.part_key else "")


def _slot(slot: SlotFacts, facts: EntryFacts, *, still_come: bool, may_follow: bool) -> Sequence[Finding]:
    field = _place(slot)
    label = slot.label[:1].lower() + slot.label[1:]
    if slot.part_ordinal is not None and len(facts.parts) > 1:
        label = _("%(what)s kỳ %(n)s", what=label, n=slot.part_ordinal)
    found = []
    there = slot.held + (slot.coming if still_come else 0)
    if there < slot.at_least and may_follow:
        sentence = _("Cần xem lại: %(what)s chưa gửi, được gửi tiếp sau khi nộp.", what=label)
        found.append(Finding("files", "", "amber", sentence, field))
    elif there < slot.at_least:
        found.append(lacking("files", label, field))
    elif there > slot.at_most:
        sentence = _("Cần xem lại: %(what)s có nhiều hơn %(n)s tệp.", what=label, n=slot.at_most)
        found.append(Finding("files", "", "amber", sentence, field))
    else:
        found.append(Finding("files", "", "green", _("Đủ tệp: %(what)s.", what=label), field))
    if slot.refused:
        sentence = _("Cần xem lại: %(what)s có %(n)s tệp không dùng được.", what=label, n=slot.refused)
        found.append(Finding("files", "", "amber", sentence, field))
    if slot.unchecked:
        sentence = _("Cần xem lại: %(what)s có %(n)s tệp máy chưa kiểm tra được.", what=label, n=slot.unchecked)
        found.append(Finding("files", "", "amber", sentence, field))
    return found


def recognised(facts: EntryFacts) -> dict[str, int]:
    """Key of a declared prize -> the prize on record that it is: of the same award, or of the same level and year."""
    found = {}
    for prize in facts.prior_prizes:
        known = next((each for each in facts.prized if _same_prize(prize, each)), None)
        if known is not None:
            found[prize.key] = known.key
    return found


def _same_prize(declared: PriorPrizeFacts, recorded: PrizedFacts) -> bool:
    """A prize is often handed over, and remembered, in the year after its edition."""
    if same_award(declared.award_name, recorded.award_name):
        return declared.year is None or 0 <= declared.year - recorded.year <= HANDED_OVER_LATER
    return declared.year == recorded.year and own_level(declared.level) == own_level(recorded.level)


def _recorded(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """Every recorded prize is declared; one that is not may be a namesake's, so it warns and never refuses."""
    known = set(recognised(facts).values())
    found = []
    for prize in facts.prized:
        words = {
            "name": prize.author,
            "prize": prize_words(prize.level),
            "award": f"{prize.award_name} {prize.edition}",
        }
        field, source = "declarations.no_prior_prize", book.source("prior_prizes")
        if prize.key in known:
            said = _("Đã kê khai: %(prize)s, %(award)s.", **words)
            found.append(Finding("prior_prizes", source, "green", said, field))
        elif book.prior_prizes != "allowed":
            said = _(
                "Cần xem lại: tác phẩm cùng tên của tác giả %(name)s đã đoạt %(prize)s, %(award)s. "
                "Nếu là tác phẩm này, đề nghị kê khai.",
                **words,
            )
            found.append(Finding("prior_prizes", source, "amber", said, field))
    return found


def _prior_prize(prize: PriorPrizeFacts, book: RuleBook) -> Finding | None:
    barred = any(names(name, prize.award_name) for name in book.barred_prizes)
    if book.prior_prizes == "barred" and barred:
        field = f"declarations.{prize.key}.award_name"
        return unmet("prior_prizes", book, _("tác phẩm đã đoạt giải tại %(award)s", award=prize.award_name), field)
    return None
