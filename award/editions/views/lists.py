"""Lists of set-up whose members have pages of their own: categories and rounds; adding to them and removing."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions import operations
from award.editions.calendar import ROUND_WORDS, called
from award.editions.known import BY_CODE, KNOWN, KnownCategory
from award.editions.models import Edition
from award.editions.operations import SlotSpec
from award.editions.permissions import Capacity, can_arrange_rounds, can_set_up, can_set_up_round
from award.editions.progress import period
from award.editions.queries import category_of, round_of, with_rules
from award.editions.saving import MEGABYTE
from award.editions.views.doors import Answer, blueprint, edition_in_setup
from award.people.signin import sign_in_required
from award.text import one_line
from award.verdicts import Verdict, require


@blueprint.get("/<slug>/thiet-lap/loai-hinh")
@sign_in_required
def categories(slug: str) -> Answer:
    edition, by = edition_in_setup(slug)
    taken = {category.code for category in edition.categories}
    offered = [known for known in KNOWN if known.code not in taken]
    frozen = _sentence(can_set_up(by, edition))
    return render_template("editions/setup/categories.html", edition=edition, offered=offered, frozen=frozen)


@blueprint.post("/<slug>/thiet-lap/loai-hinh")
@sign_in_required
def add_category(slug: str) -> Answer:
    """Adds one of the known ones with what it usually has, all the offered ones, or an empty one of one's own."""
    edition, by = edition_in_setup(slug)
    require(can_set_up(by, edition))
    asked = request.form.get("category", "")
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        if asked == "all":
            taken = {category.code for category in edition.categories}
            for known in KNOWN:
                if known.code not in taken:
                    _add(by, edition, known)
            return done(url_for("editions.categories", slug=slug))
        made = _add(by, edition, found(BY_CODE.get(asked)) if asked else _own(edition))
        return done(url_for("editions.category", slug=slug, category_id=made))


@blueprint.route("/<slug>/thiet-lap/loai-hinh/<category_id>/xoa", methods=["GET", "POST"])
@sign_in_required
def remove_category(slug: str, category_id: str) -> Answer:
    edition, by = edition_in_setup(slug)
    category = found(category_of(edition, category_id))
    require(can_set_up(by, edition))
    back = url_for("editions.categories", slug=slug)
    if request.method == "GET":
        question = _("Xóa loại hình %(name)s?", name=category.name)
        what = _("Thể loại và mục tệp của loại hình này cũng được xóa.")
        words = {"question": question, "what": what, "do": _("Xóa loại hình"), "keep": _("Giữ lại")}
        return render_template("editions/setup/confirm.html", edition=edition, back=back, **words)
    with deed() as done:
        operations.remove_category(by=by, edition=edition, category=category)
        done.after(lambda: flash(_("Đã xóa loại hình %(name)s.", name=category.name), "ok"))
        return done(back)


@blueprint.get("/<slug>/thiet-lap/vong-cham")
@sign_in_required
def rounds(slug: str) -> Answer:
    edition, by = edition_in_setup(slug)
    return render_template(
        "editions/setup/rounds.html",
        edition=edition,
        round_words=ROUND_WORDS,
        days={each.id: period(each.opens_on, each.ends_on) for each in edition.rounds},
        frozen=_sentence(can_arrange_rounds(by, edition)),
    )


@blueprint.post("/<slug>/thiet-lap/vong-cham")
@sign_in_required
def add_round(slug: str) -> Answer:
    edition, by = edition_in_setup(slug)
    require(can_arrange_rounds(by, edition))
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        name = one_line(request.form.get("name", "")) or _("Vòng %(n)s", n=len(edition.rounds) + 1)
        made = operations.add_round(by=by, edition=edition, name=name)
        return done(url_for("editions.round", slug=slug, ordinal=made.ordinal))


@blueprint.route("/<slug>/thiet-lap/vong-cham/<int:ordinal>/xoa", methods=["GET", "POST"])
@sign_in_required
def remove_round(slug: str, ordinal: int) -> Answer:
    edition, by = edition_in_setup(slug)
    in_round = found(round_of(edition, ordinal))
    require(can_set_up_round(by, edition, in_round))
    back = url_for("editions.rounds", slug=slug)
    if request.method == "GET":
        question = _("Xóa vòng %(name)s?", name=called(in_round))
        what = _("Tiêu chí và tiểu ban của vòng này cũng được xóa.")
        words = {"question": question, "what": what, "do": _("Xóa vòng chấm"), "keep": _("Giữ lại")}
        return render_template("editions/setup/confirm.html", edition=edition, back=back, **words)
    with deed() as done:
        operations.remove_round(by=by, edition=edition, round=in_round)
        done.after(lambda: flash(_("Đã xóa vòng %(name)s.", name=called(in_round)), "ok"))
        return done(back)


def _sentence(verdict: Verdict) -> str | None:
    return None if verdict else str(verdict.sentence)


def _add(by: Capacity, edition: Edition, known: KnownCategory) -> str:
    slots = [
        SlotSpec(
            label=slot.label,
            kinds=slot.kinds,
            max_bytes=slot.megabytes * MEGABYTE,
            at_least=slot.at_least,
            at_most=slot.at_most,
            blind=slot.blind,
            captions=slot.captions,
            proof=slot.proof,
            for_judges=slot.for_judges,
            for_minors=slot.for_minors,
        )
        for slot in known.slots
    ]
    made = operations.add_category(
        by=by,
        edition=edition,
        code=known.code,
        name=known.name,
        medium=known.medium,
        genres=known.genres,
        slots=slots,
        needed=known.needed,
    )
    return made.public_id


def _own(edition: Edition) -> KnownCategory:
    """A loại hình to be named on its page, with letters that no other has."""
    taken = {category.code for category in edition.categories}
    code = next(f"LH{n}" for n in range(1, 100) if f"LH{n}" not in taken)
    return KnownCategory(code, _("Loại hình mới"), "print", (), ())
