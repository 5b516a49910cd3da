"""The doors of results: the decision and the publication for the staff, the front page for everybody."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from award.clock import now
from award.documents.answers import certificates_asked, list_asked
from award.doors import deed, found
from award.editions.entering import entered
from award.editions.issuing import KINDS
from award.editions.models import Edition
from award.editions.permissions import Capacity, can_countersign, can_settle_papers
from award.editions.queries import capacity, confirmed_countersign, edition_by_slug, waiting_countersign
from award.entries.queries import entry_for_staff
from award.features import number_remark, suggested_number
from award.issued.operations import code_typed, grouped
from award.issued.queries import of_code
from award.opinions.permissions import can_read as can_read_opinions
from award.opinions.queries import answered
from award.paging import Turn
from award.people.freshness import step_up
from award.people.letters import address
from award.people.queries import legal_name
from award.people.signin import sign_in_required, signed_in
from award.results import (
    drafts,
    feedback,
    front,
    lists,
    matters,
    numbering,
    operations,
    organs,
    papers,
    permissions,
    queries,
    rechecked,
)
from award.results.forms import AsideForm, CertificatesForm, DecisionForm, PublicationForm, RemarkForm
from award.results.models import Honour, Result
from award.results.recorded import Recorded, recorded
from award.results.remembered import Answer, cached, drawn_once
from award.results.words import FIELD_WORDS
from award.verdicts import require

blueprint = Blueprint("results", __name__)


def staff_of(slug: str) -> tuple[Edition, Capacity]:
    return entered(slug, permissions.can_read)


def _decision(at: Recorded, by: Capacity, form: DecisionForm, certificates: CertificatesForm | None = None) -> str:
    edition, decided = at.edition, at.decision
    found_levels, works = queries.ladder(edition.id, "proposed", "decided")
    honours, since = queries.honours(edition.id, "proposed", "decided"), rechecked.since_proposed(edition.id)
    levels = front.by_level(works, found_levels, honours)
    return render_template(
        "results/decision.html",
        levels=levels,
        decision=decided,
        issued=at.issued,
        recorded_by=at.recorded_by,
        may_decide=bool(permissions.can_decide(by, edition, decided)),
        may_set_aside=bool(permissions.can_set_aside(by, edition, decided)),
        may_set_honour_aside=bool(permissions.can_set_honour_aside(by, edition, decided, at.commendation)),
        may_settle=bool(can_settle_papers(by, edition)),
        may_certify=bool(permissions.can_take_certificates(by, decided)),
        certificates=certificates or CertificatesForm(None),
        may_correct=bool(permissions.can_correct(by, proposed=bool(works), tied=False)),
        drafts=drafts.of(edition.id, decided),
        next_number="" if decided else suggested_number(edition.id, "decision"),
        matters=[] if decided else matters.told(at, since, works, levels),
        since=since,
        may_ask=bool(can_read_opinions(by)),
        field_words=FIELD_WORDS,
        ended=bool(works or honours) or queries.has_outcome(edition.id),
        form=form,
    )


def deciding(slug: str) -> tuple[Recorded, Capacity]:
    """What is recorded, and who of the staff comes in."""
    at = found(recorded(slug))
    by = capacity(signed_in(), at.edition)
    require(permissions.can_read(by))
    return at, by


@blueprint.get("/<slug>/quyet-dinh")
@sign_in_required
def decision(slug: str) -> Answer:
    """With the data of the paper in the address, the question before it is recorded stands in the place of the page."""
    at, by = deciding(slug)
    states = (at.edition.id, "proposed", "decided")
    given = partial(papers.listed, at.edition, staff=True)
    taken = list_asked(f"giai-{slug}", lambda: given(queries.prize_works(*states), queries.honours(*states)))
    if taken:
        return taken
    form, ask = DecisionForm.of_address()
    if not ask or not permissions.can_decide(by, at.edition, at.decision):
        return _decision(at, by, form)
    if not form.validate():
        return _decision(at, by, form), 422
    return numbering.ask_decision(at, form)


@blueprint.get("/<slug>/quyet-dinh/giay-chung-nhan.pdf")
@sign_in_required
def certificates(slug: str) -> Answer:
    """For each work or each author, whole or onto printed stock, moved by as much as the printer is off."""
    at, by = deciding(slug)
    edition, form = at.edition, CertificatesForm(request.args)
    require(permissions.can_take_certificates(by, at.decision))
    if not form.validate():
        return _decision(at, by, DecisionForm(None), certificates=form), 422
    with force_locale("vi"):
        checked = address("results.certificate_asked")
        if request.args.get("apart") == "1":
            made, issuer = papers.commended(edition, checked_at=checked)
        else:
            made, issuer = papers.certificates(edition, each_author=form.each_author, checked_at=checked)
    return certificates_asked(f"giay-chung-nhan-{slug}", made, issuer, stock=form.onto_stock, shift=form.shift)


@blueprint.post("/<slug>/quyet-dinh")
@sign_in_required
def decide(slug: str) -> Answer:
    at, by = deciding(slug)
    edition, form = at.edition, DecisionForm()
    require(permissions.can_decide(by, edition, at.decision))
    if not form.validate():
        return _decision(at, by, form), 422
    with deed() as done:
        operations.decide(by=by, edition=edition, **form.paper)
        done.after(lambda: flash(_("Đã ghi quyết định trao giải."), "ok"))
        if told := number_remark(edition.id, "decision"):
            done.after(lambda: flash(told, "warn"))
        return done(url_for("results.publish", slug=slug))


def _proposal(slug: str, result_id: str) -> tuple[Edition, Capacity, Result]:
    edition, by = staff_of(slug)
    require(permissions.can_set_aside(by, edition, queries.decision(edition.id)))
    return edition, by, found(queries.proposed(edition.id, result_id))


def _aside(edition: Edition, result: Result, form: AsideForm) -> str:
    entry, level = queries.entry_and_level(result)
    return render_template("results/aside.html", edition=edition, result=result, entry=entry, level=level, form=form)


@blueprint.get("/<slug>/quyet-dinh/<result_id>/khong-trao")
@sign_in_required
def setting_aside(slug: str, result_id: str) -> Answer:
    edition, _by, result = _proposal(slug, result_id)
    return _aside(edition, result, AsideForm(None).of(answered(edition.id)))


@blueprint.post("/<slug>/quyet-dinh/<result_id>/khong-trao")
@sign_in_required
def set_aside(slug: str, result_id: str) -> Answer:
    edition, by, result = _proposal(slug, result_id)
    said = answered(edition.id)
    form = AsideForm().of(said)
    if not form.validate():
        return _aside(edition, result, form), 422
    with deed() as done:
        reason, followed = form.reason.data or "", form.followed(said)
        operations.set_aside(by=by, edition=edition, result=result, reason=reason, opinion=followed)
        return done(url_for("results.decision", slug=slug))


def _honour(slug: str, honour_id: str) -> tuple[Edition, Capacity, Honour]:
    edition, by = staff_of(slug)
    apart = queries.commendation(edition.id)
    require(permissions.can_set_honour_aside(by, edition, queries.decision(edition.id), apart))
    return edition, by, found(queries.proposed_honour(edition.id, honour_id))


def _honour_aside(edition: Edition, honour: Honour, form: AsideForm) -> str:
    level = queries.level_of(honour)
    return render_template("results/honour_aside.html", edition=edition, honour=honour, level=level, form=form)


@blueprint.get("/<slug>/quyet-dinh/tap-the/<honour_id>/khong-trao")
@sign_in_required
def setting_honour_aside(slug: str, honour_id: str) -> Answer:
    edition, _by, honour = _honour(slug, honour_id)
    return _honour_aside(edition, honour, AsideForm(None).of(answered(edition.id)))


@blueprint.post("/<slug>/quyet-dinh/tap-the/<honour_id>/khong-trao")
@sign_in_required
def set_honour_aside(slug: str, honour_id: str) -> Answer:
    edition, by, honour = _honour(slug, honour_id)
    said = answered(edition.id)
    form = AsideForm().of(said)
    if not form.validate():
        return _honour_aside(edition, honour, form), 422
    with deed() as done:
        reason, followed = form.reason.data or "", form.followed(said)
        operations.set_aside(by=by, edition=edition, result=honour, reason=reason, opinion=followed)
        return done(url_for("results.decision", slug=slug))


def _publish(edition: Edition, by: Capacity, form: PublicationForm, *, ask: bool = False) -> str:
    waiting = waiting_countersign(edition.id, "publish", edition.public_id)
    publication = queries.publication(edition.id)
    told = queries.figures(edition.id)
    sign = waiting or (confirmed_countersign(edition.id, "publish", edition.public_id) if publication else None)
    return render_template(
        "results/publish.html",
        form=form,
        ask=ask,
        decision=queries.decision(edition.id),
        waiting=waiting,
        waiting_at=operations.named_instant(waiting) if waiting else None,
        publication=publication,
        public=publication is not None and publication.at <= now(),
        works=told["prizes"],
        honours=told["honours"],
        letters=len(queries.addressees(edition.id)),
        open_matters=matters.open_matters(edition),
        first=legal_name(sign.proposed_by_id) if sign else "",
        second=legal_name(sign.confirmed_by_id) if sign else "",
        sign=sign,
        may_publish=bool(permissions.can_publish(by, queries.decision(edition.id), publication)),
        may_disclose=bool(permissions.can_disclose(by, queries.decision(edition.id))),
        may_confirm=waiting is not None and bool(can_countersign(by, waiting)),
        may_withdraw=waiting is not None and bool(permissions.can_withdraw(by, waiting)),
        now=now(),
    )


@blueprint.get("/<slug>/cong-bo")
@sign_in_required
def publish(slug: str) -> Answer:
    """With day and hour in the address, the question with its consequences stands in the place of the form."""
    edition, by = staff_of(slug)
    asked = "day" in request.args or "hour" in request.args
    form = PublicationForm(request.args if asked else None)
    if asked and not form.validate():
        return _publish(edition, by, form), 422
    return _publish(edition, by, form, ask=asked)


@blueprint.post("/<slug>/cong-bo")
@sign_in_required
def propose(slug: str) -> Answer:
    edition, by = staff_of(slug)
    require(permissions.can_publish(by, queries.decision(edition.id), queries.publication(edition.id)))
    form = PublicationForm()
    if not form.validate():
        return _publish(edition, by, form), 422
    with deed() as done:
        operations.propose_publication(by=by, edition=edition, at=form.at)
        return done(url_for("results.publish", slug=slug))


@blueprint.post("/<slug>/cong-bo/xac-nhan")
@sign_in_required
@step_up
def confirm(slug: str) -> Answer:
    edition, by = staff_of(slug)
    with deed() as done:
        operations.confirm_publication(by=by, edition=edition)
        return done(url_for("results.publish", slug=slug))


@blueprint.post("/<slug>/cong-bo/rut")
@sign_in_required
def withdraw(slug: str) -> Answer:
    edition, by = staff_of(slug)
    with deed() as done:
        operations.withdraw_publication(by=by, edition=edition)
        return done(url_for("results.publish", slug=slug))


@blueprint.get("/<slug>/ket-qua")
@drawn_once
def public(slug: str) -> Answer:
    told = found(queries.told(slug, now()))
    edition, since = told.edition, told.publication
    if since is None:
        return not_yet(edition)
    levels, works = queries.ladder(edition.id, "decided", "revoked")
    honours = front.known(queries.honours(edition.id, "decided", "revoked"), since.at)
    asked = front.narrowed(request.args)
    works, newsrooms = organs.placed(edition, [work.for_public() for work in front.known(works, since.at)])
    taken = [work for work in works if asked.takes(work)], [each for each in honours if asked.honours(each)]
    return list_asked(
        f"ket-qua-{slug}", lambda: papers.listed(edition, *front.standing(*taken), staff=False)
    ) or cached(
        render_template(
            "results/public.html",
            publication=since,
            front=front.front(works, levels, asked, honours),
            categories=front.categories(works),
            newsrooms=newsrooms,
            levels=[each.level for each in front.by_level(works, levels, honours) if each.given],
            total=front.distinct(works),
            honoured=sum(each.state != "revoked" for each in honours),
            asked=asked,
            decision=told.decision,
        )
    )


@blueprint.get("/<slug>/ket-qua/<entry_id>")
@drawn_once
def work(slug: str, entry_id: str) -> Answer:
    told = found(queries.told(slug, now()))
    if told.publication is None:
        return not_yet(told.edition)
    since, decided = told.publication, told.decision
    given = queries.prize_works(told.edition.id, "decided", "revoked", entry_id=entry_id)
    works = [each.for_public() for each in front.known(given, since.at)]
    shown = found(works[0] if works else None)
    return cached(render_template("results/work.html", publication=since, work=shown, prizes=works, decision=decided))


@blueprint.get("/<slug>/van-ban")
def issued(slug: str) -> Answer:
    """Whether a paper is genuine, asked with the code of its annex."""
    edition = found(edition_by_slug(slug))
    if queries.public_since(edition.id, now()) is None:
        return not_yet(edition)
    if typed := code_typed(request.args.get("ma", "")):
        return redirect(url_for("results.issued_paper", slug=slug, code=grouped(typed[:40])), code=303)
    return render_template("results/issued.html", code="", paper=None)


@blueprint.get("/<slug>/van-ban/<code>")
def issued_paper(slug: str, code: str) -> Answer:
    edition = found(edition_by_slug(slug))
    if queries.public_since(edition.id, now()) is None:
        return not_yet(edition)
    paper = of_code(edition.id, code_typed(code))
    label = KINDS[paper.kind].label if paper else ""
    page = render_template("results/issued.html", code=grouped(code_typed(code)), paper=paper, label=label)
    return page if paper else (page, 404)


def not_yet(edition: Edition) -> Answer:
    """The same for every edition that is no draft, whatever has been decided, whatever the address names."""
    found(edition if edition.state != "draft" else None)
    return render_template("results/not_yet.html"), 404


@blueprint.get("/<slug>/nhan-xet")
@sign_in_required
def remarks(slug: str) -> Answer:
    """The works that were judged, with what their authors will read of them."""
    edition, by = staff_of(slug)
    taken = list_asked(f"nhan-xet-{slug}", lambda: lists.remarks(edition, feedback.every_remark(edition.id)))
    return taken or render_template(
        "results/remarks.html",
        page=feedback.remarked(edition.id, Turn.read(request.args)),
        may_remark=feedback.may_remark(by, edition),
        released=feedback.released(edition),
    )


@blueprint.route("/<slug>/nhan-xet/<entry_id>", methods=["GET", "POST"])
@sign_in_required
def remark(slug: str, entry_id: str) -> Answer:
    edition, by = staff_of(slug)
    require(feedback.may_remark(by, edition))
    entry = found(entry_for_staff(edition.id, entry_id))
    found(feedback.reached(entry.id) or None)
    kept = feedback.remark_of(entry.id)
    form = RemarkForm(request.form if request.method == "POST" else None, words=kept.words if kept else "")
    if request.method == "GET" or not form.validate():
        page = render_template("results/remark.html", entry=entry, form=form)
        return (page, 422) if request.method == "POST" else page
    with deed() as done:
        feedback.remark(by=by, edition=edition, entry=entry, words=form.words.data or "")
        done.after(lambda: flash(_("Đã lưu nhận xét gửi tác giả."), "ok"))
        return done(url_for("results.remarks", slug=slug, _anchor=entry_id))
