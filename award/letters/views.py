"""The doors of letters: the edition's own words, letters to many, reminders, texts to paste into a chat."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.correspondence import HOUSE_SUBJECT, HOUSE_WORDS, Audience, LetterKind, Recipient
from award.db import unit_of_work
from award.doors import deed, found
from award.editions.entering import entered
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.languages import OWN
from award.letters import offers, operations, queries, showing
from award.letters.forms import MailingForm, WordsForm
from award.letters.permissions import can_see_letters, can_word, can_write_to_many
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require

blueprint = Blueprint("letters", __name__)

Answer = str | BaseResponse | tuple[str, int]


def _staff(slug: str) -> tuple[Edition, Capacity]:
    return entered(slug, can_see_letters)


@blueprint.get("/<slug>/thu")
@sign_in_required
def home(slug: str) -> Answer:
    edition, by = _staff(slug)
    audiences = offers.audiences()
    return render_template(
        "letters/home.html",
        audiences=[(each, queries.reach(each.people(edition.id))) for each in audiences.values()],
        kinds=list(offers.kinds().values()),
        own=queries.standing(edition.id),
        rules=list(offers.rules().values()),
        off=queries.reminders_off(edition.id),
        title=showing.title,
        page=queries.mailings(edition.id, Turn.read(request.args)),
        named={code: each.name for code, each in audiences.items()},
        may_word=bool(can_word(by, edition)),
        may_write=can_write_to_many(by, edition),
    )


@blueprint.post("/<slug>/thu/nhac/<rule>")
@sign_in_required
def switch(slug: str, rule: str) -> Answer:
    edition, by = _staff(slug)
    meant = found(offers.rules().get(rule))
    with deed() as done:
        operations.switch(by=by, edition=edition, rule=meant, on=request.form.get("bat") == "1")
        return done(url_for("letters.home", slug=slug, _anchor="nhac"))


def _wording(
    edition: Edition,
    by: Capacity,
    kind: LetterKind,
    form: WordsForm,
    *,
    overtaken: bool = False,
    refused: str = "",
    in_use: tuple[str, str] | None = None,
) -> str:
    """The page of one letter; with `in_use` it shows that letter, and what is typed once somebody asks to see it."""
    versions, words = queries.versions(edition.id, kind.code), in_use or form.written
    with force_locale(OWN):
        people = list(kind.recipients(edition.id))
        one = showing.chosen(people, request.values.get("nguoi", ""))
        looked_at = showing.preview(edition, words, one) if one else showing.sample(edition, words, kind)
    return render_template(
        "letters/wording.html",
        kind=kind,
        form=form,
        places=showing.places(kind),
        people=people,
        one=one,
        letter=None if form.errors else looked_at,
        versions=versions,
        version=versions[0][0].version if versions else 0,
        overtaken=overtaken,
        refused=refused,
        in_use=in_use,
        own=bool(versions and versions[0][0].body),
        may_word=can_word(by, edition),
    )


@blueprint.get("/<slug>/thu/mau/<kind>")
@sign_in_required
def wording(slug: str, kind: str) -> Answer:
    edition, by = _staff(slug)
    meant = found(offers.kinds().get(kind))
    earlier = request.args.get("ban", "")
    standing = queries.standing(edition.id).get(kind)
    begins = next((w for w, _who in queries.versions(edition.id, kind) if str(w.version) == earlier), standing)
    if begins and begins.body:
        return _wording(edition, by, meant, WordsForm(None, meant, (), subject=begins.subject, body=begins.body))
    with force_locale(OWN):
        subject, body = (str(each) for each in meant.beginning)
    house = f"{{{HOUSE_SUBJECT}}}", f"{{{HOUSE_WORDS}}}"
    return _wording(edition, by, meant, WordsForm(None, meant, (), subject=subject, body=body), in_use=house)


@blueprint.post("/<slug>/thu/mau/<kind>")
@sign_in_required
def save_wording(slug: str, kind: str) -> Answer:
    """Looked at, tried on oneself, kept, or given back to the house: as the button says."""
    edition, by = _staff(slug)
    meant, act = found(offers.kinds().get(kind)), request.form.get("viec")
    require(can_word(by, edition))
    form = WordsForm(request.form, meant)
    if act != "bo" and not form.validate():
        return _wording(edition, by, meant, form), 422
    if act == "thu":
        refused = _try(edition, form.written, lambda: meant.recipients(edition.id))
        return _wording(edition, by, meant, form, refused=refused), 429 if refused else 200
    if act not in {"luu", "bo"}:
        return _wording(edition, by, meant, form)
    subject, body = ("", "") if act == "bo" else form.written
    with deed() as done:
        on = showing.whole(request.form.get("ban", ""))
        if operations.save_words(by=by, edition=edition, kind=meant, subject=subject, body=body, on=on) is not None:
            done.after(lambda: flash(_("Đã lưu mẫu thư.") if body else _("Đã dùng lại mẫu chung."), "ok"))
            return done(url_for("letters.wording", slug=slug, kind=kind))
    return _wording(edition, by, meant, form, overtaken=True), 409


def _try(edition: Edition, words: tuple[str, str], people: Callable[[], Sequence[Recipient]]) -> str:
    """The letter as the chosen one of these would have it goes to who asks; or why it does not."""
    try:
        with unit_of_work() as after:
            written = showing.preview(edition, words, showing.chosen(people(), request.form.get("nguoi", "")))
            operations.try_on_oneself(person=signed_in(), written=written)
            user = signed_in().user
            after(lambda: flash(_("Đã gửi thư thử đến %(email)s.", email=user.email if user else ""), "ok"))
    except Refused as refused:
        return refused.verdict.sentence
    return ""


def _people(edition: Edition, audience: Audience) -> queries.Reach:
    """To whom it would go now, with what the letter says of each in the language of letters, whoever looks."""
    with force_locale(OWN):
        return queries.reach(audience.people(edition.id))


def _compose(
    edition: Edition,
    audience: Audience,
    reach: queries.Reach,
    form: MailingForm,
    *,
    look: bool = False,
    moved: str = "",
    refused: str = "",
) -> str:
    people = reach.people
    with force_locale(OWN):
        one = showing.chosen(people, request.values.get("nguoi", ""))
        letter = showing.preview(edition, form.written, one) if one and look else None
    return render_template(
        "letters/compose.html",
        audience=audience,
        people=people,
        unreached=reach.unreached,
        form=form,
        places=showing.places(audience),
        one=one,
        letter=letter,
        looked_at=showing.print_of(people, form.words),
        moved=moved,
        refused=refused,
    )


@blueprint.get("/<slug>/thu/gui/<audience>")
@sign_in_required
def compose(slug: str, audience: str) -> Answer:
    edition, by = _staff(slug)
    require(can_write_to_many(by, edition))
    meant = found(offers.audiences().get(audience))
    reach = _people(edition, meant)
    with force_locale(OWN):
        beginning = {"subject": str(meant.subject), "body": str(meant.body)}
    return _compose(edition, meant, reach, MailingForm(None, meant, reach.people, **beginning))


@blueprint.post("/<slug>/thu/gui/<audience>")
@sign_in_required
def send(slug: str, audience: str) -> Answer:
    """Looked at with the number of letters, tried on oneself, or sent: only what was looked at, to who was counted."""
    edition, by = _staff(slug)
    require(can_write_to_many(by, edition))
    meant, act = found(offers.audiences().get(audience)), request.form.get("viec")
    reach = _people(edition, meant)
    people = reach.people
    form = MailingForm(request.form, meant, people)
    if not form.validate():
        return _compose(edition, meant, reach, form), 422
    if act == "thu":
        refused = _try(edition, form.written, lambda: people)
        return _compose(edition, meant, reach, form, look=True, refused=refused), 429 if refused else 200
    if act != "gui" or not people:
        return _compose(edition, meant, reach, form, look=True)
    if moved := showing.differs(showing.print_of(people, form.words), request.form.get("danh_sach", "")):
        return _compose(edition, meant, reach, form, look=True, moved=moved), 409
    with deed() as done:
        sent = operations.send_to_many(by=by, edition=edition, audience=meant, people=people, **form.words)
        return done(url_for("letters.mailing", slug=slug, mailing_id=sent.public_id))


@blueprint.get("/<slug>/thu/da-gui/<mailing_id>")
@sign_in_required
def mailing(slug: str, mailing_id: str) -> Answer:
    edition, by = _staff(slug)
    sent = found(queries.mailing(edition.id, mailing_id))
    audience = offers.audiences().get(sent.mailing.audience)
    return render_template(
        "letters/mailing.html",
        sent=sent,
        title=showing.title(edition, sent.mailing),
        name=audience.name if audience else sent.mailing.audience,
        failed=queries.failed(sent.mailing.id),
        may_write=bool(can_write_to_many(by, edition)),
    )


@blueprint.post("/<slug>/thu/da-gui/<mailing_id>/gui-lai")
@sign_in_required
def send_again(slug: str, mailing_id: str) -> Answer:
    edition, by = _staff(slug)
    require(can_write_to_many(by, edition))
    sent = found(queries.mailing(edition.id, mailing_id))
    with deed() as done:
        tried = operations.send_failed_again(by=by, edition=edition, mailing=sent.mailing)
        done.after(lambda: flash(_("Đang gửi lại %(n)s thư.", n=tried), "ok"))
        return done(url_for("letters.mailing", slug=slug, mailing_id=mailing_id))


@blueprint.get("/<slug>/thu/tin-nhan")
@sign_in_required
def short(slug: str) -> Answer:
    edition, by = _staff(slug)
    require(can_write_to_many(by, edition))
    with force_locale(OWN):
        texts = showing.marked_texts(edition, offers.short_texts(edition.id))
    return render_template("letters/short.html", texts=texts)
