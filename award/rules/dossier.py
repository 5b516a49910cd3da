"""What the rules say of the rest of the dossier: files, prizes already had, declarations."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.rules.facts import DECLARATIONS, EntryFacts, Finding, PriorPrizeFacts, RuleBook, SlotFacts
from award.rules.ruling import lacking, met, not_applicable, present, unmet
from award.text import folded


def files(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    """Each slot holds as many files as it asks for, whole or begun."""
    return [finding for slot in facts.slots for finding in _slot(slot, facts)]


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
    if facts.no_prior_prize is None or (not facts.no_prior_prize and not facts.prior_prizes):
        return [lacking(code, _("giải thưởng đã đạt (hoặc chưa đạt giải)"), field)]
    found = []
    for prize in facts.prior_prizes:
        if not prize.award_name:
            field_of_name = f"declarations.{prize.key}.award_name"
            found.append(lacking(code, _("tên giải thưởng đã đạt"), field_of_name))
        elif (verdict := _prior_prize(prize, book)) is not None:
            found.append(verdict)
    if found:
        return found
    if book.prior_prizes is None:
        return [not_applicable(code, field)]
    return [met(code, book, _("Giải thưởng đã đạt phù hợp quy định."), field)]


def declarations(facts: EntryFacts, book: RuleBook) -> list[Finding]:  # noqa: ARG001
    words = {"commitment": _("cam kết của tác giả"), "consent": _("đồng ý sử dụng thông tin cá nhân")}
    return [
        present("declarations", code in facts.declared, words[code], f"declarations.{code}") for code in DECLARATIONS
    ]


def _slot(slot: SlotFacts, facts: EntryFacts) -> Sequence[Finding]:
    field = f"files.{slot.key}" + (f".{slot.part_key}" if slot.part_key else "")
    label = slot.label[:1].lower() + slot.label[1:]
    if slot.part_ordinal is not None and len(facts.parts) > 1:
        label = _("%(what)s kỳ %(n)s", what=label, n=slot.part_ordinal)
    found = []
    if slot.held + slot.coming < slot.at_least:
        found.append(lacking("files", label, field))
    elif slot.held + slot.coming > slot.at_most:
        sentence = _("Cần xem lại: %(what)s có nhiều hơn %(n)s tệp.", what=label, n=slot.at_most)
        found.append(Finding("files", "", "amber", sentence, field))
    else:
        found.append(Finding("files", "", "green", _("Đủ tệp: %(what)s.", what=label), field))
    if slot.refused:
        sentence = _("Cần xem lại: %(what)s có %(n)s tệp không dùng được.", what=label, n=slot.refused)
        found.append(Finding("files", "", "amber", sentence, field))
    return found


def _prior_prize(prize: PriorPrizeFacts, book: RuleBook) -> Finding | None:
    named = folded(prize.award_name)
    barred = any(folded(name).removeprefix("giai ") in named for name in book.barred_prizes if name.strip())
    if book.prior_prizes == "barred" and barred:
        field = f"declarations.{prize.key}.award_name"
        return unmet("prior_prizes", book, _("tác phẩm đã đoạt giải tại %(award)s", award=prize.award_name), field)
    return None
