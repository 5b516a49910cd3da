"""The doors of prize money: a winner's own page, and the list of who pays."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.db import unit_of_work
from award.documents.answers import file_asked
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.entries.models import Entry
from award.entries.queries import own_entry
from award.payments import operations, papers, permissions, queries
from award.payments.forms import AccountForm, MistakeForm, PaidForm
from award.payments.owed import Owed, sums
from award.people.consents import PAYMENT, consent_words
from award.people.freshness import step_up
from award.people.signin import sign_in_required, signed_in
from award.results.models import Decision
from award.results.queries import decision, public_since
from award.verdicts import Refused, require

blueprint = Blueprint("payments", __name__)

Answer = str | BaseResponse | tuple[str, int]


def _mine(slug: str, entry_id: str) -> tuple[Edition, Entry, list[Owed]]:
    """A work of the signed-in person with what they are owed for it; not there before the results are public."""
    edition = found(edition_by_slug(slug))
    found(public_since(edition.id, now()))
    entry = found(own_entry(signed_in().id, edition.id, entry_id))
    lines = queries.own(edition.id, entry.id, signed_in().id)
    return edition, entry, found(lines or None)


def _account(entry: Entry, lines: list[Owed], form: AccountForm) -> str:
    return render_template(
        "payments/account.html",
        work=entry,
        lines=lines,
        accounts=queries.accounts(lines),
        open_=[each for each in lines if each.open],
        words=consent_words(PAYMENT),
        form=form,
    )


@blueprint.route("/<slug>/tac-pham/<entry_id>/tien-thuong", methods=["GET", "POST"])
@sign_in_required
def account(slug: str, entry_id: str) -> Answer:
    edition, entry, lines = _mine(slug, entry_id)
    form = AccountForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        return _account(entry, lines, form)
    unpaid = [each for each in lines if each.open]
    for each in unpaid or lines:
        require(permissions.can_tell(signed_in().id, each))
    if not form.validate():
        return _account(entry, lines, form), 422
    with deed() as done:
        told = {name: form[name].data for name in ("holder", "number", "bank")}
        operations.tell(person=signed_in(), edition=edition, keys=[each.key for each in unpaid], **told)
        done.after(lambda: flash(_("Đã lưu tài khoản nhận tiền thưởng."), "ok"))
        return done(url_for("payments.account", slug=slug, entry_id=entry_id))


@blueprint.post("/<slug>/tac-pham/<entry_id>/tien-thuong/xoa")
@sign_in_required
def take_back(slug: str, entry_id: str) -> Answer:
    """Whoever told an account deletes it, whether or not the prize still stands."""
    edition = found(edition_by_slug(slug))
    found(public_since(edition.id, now()))
    entry = found(own_entry(signed_in().id, edition.id, entry_id))
    with deed() as done:
        operations.take_back(person=signed_in(), edition=edition, entry=entry)
        done.after(lambda: flash(_("Đã xóa tài khoản nhận tiền thưởng."), "ok"))
        owed = queries.own(edition.id, entry.id, signed_in().id)
        return done(url_for("payments.account" if owed else "entries.tasks", slug=slug, entry_id=entry_id))


def _place(slug: str) -> tuple[Edition, Capacity, Decision | None]:
    edition = found(edition_by_slug(slug))
    by = capacity(signed_in(), edition)
    decided = decision(edition.id)
    require(permissions.can_read(by, decided))
    return edition, by, decided


def _list(
    edition: Edition,
    by: Capacity,
    decided: Decision | None,
    *,
    form: PaidForm | None = None,
    mistake: MistakeForm | None = None,
    accounts: queries.Accounts | None = None,
) -> str:
    lines = queries.owed(edition.id)
    paid = [each for each in lines if not each.open]
    return render_template(
        "payments/list.html",
        lines=lines,
        sums=sums(lines),
        tax=next((each.rule for each in lines), None),
        may_set=bool(permissions.can_set_terms(by)),
        accounts=accounts,
        may_pay=bool(permissions.can_pay(by, decided)),
        unpaid=[each for each in lines if each.open],
        paid=paid,
        chosen=request.form.getlist("line"),
        form=form or PaidForm(None),
        mistake=mistake or MistakeForm.of(paid, None),
        faulty=form or mistake,
    )


@blueprint.get("/<slug>/chi-tra", endpoint="list")
@sign_in_required
def listed(slug: str) -> Answer:
    edition, by, decided = _place(slug)
    return _list(edition, by, decided)


@blueprint.post("/<slug>/chi-tra/xem")
@sign_in_required
@step_up
def look(slug: str) -> Answer:
    """The list with the accounts, once the look at them stands in the log."""
    edition, by, decided = _place(slug)
    with unit_of_work():
        accounts = operations.look(by=by, edition=edition, lines=queries.owed(edition.id))
    return _list(edition, by, decided, accounts=accounts)


@blueprint.post("/<slug>/chi-tra/danh-sach.<ending>")
@sign_in_required
@step_up
def paper(slug: str, ending: str) -> Response:
    """The list to pay by, as a paper or a workbook; that it was taken stands in the log."""
    edition, by, decided = _place(slug)
    require(permissions.can_pay(by, decided))
    found(ending if ending in {"pdf", "docx", "xlsx"} else None)
    lines = queries.owed(edition.id)
    with unit_of_work():
        accounts = operations.look(by=by, edition=edition, lines=lines, taken=ending)
    return file_asked(
        f"chi-tien-thuong-{slug}",
        ending,
        paper=lambda: papers.paying(edition, lines, accounts, queries.tax_rules(edition.id).get("prize")),
        sheet=lambda: papers.listed(edition, lines, accounts),
    )


@blueprint.post("/<slug>/chi-tra/da-chi")
@sign_in_required
def pay(slug: str) -> Answer:
    """To whom and how much in all is said before it is recorded; `viec` says which of the two is asked for."""
    edition, by, decided = _place(slug)
    require(permissions.can_pay(by, decided))
    form, picked = PaidForm(), set(request.form.getlist("line"))
    if not form.validate() or not picked:
        if not picked:
            form.form_errors.append(_("Chưa chọn người nhận nào."))
        return _list(edition, by, decided, form=form), 422
    if request.form.get("viec") == "sua":
        return _list(edition, by, decided, form=form)
    if request.form.get("viec") != "ghi":
        return _confirm(edition, picked, form)
    with deed() as done:
        assert form.day.data is not None
        operations.pay(by=by, edition=edition, chosen=picked, paid_on=form.day.data)
        done.after(lambda: flash(_("Đã ghi việc chi. Số tài khoản tương ứng đã xóa."), "ok"))
        return done(url_for("payments.list", slug=slug))


def _confirm(edition: Edition, picked: set[str], form: PaidForm) -> Answer:
    """Who is about to be recorded, with how many they are and how much it is together."""
    lines = [each for each in queries.owed(edition.id) if each.key in {one.partition("=")[0] for one in picked}]
    for each in lines:
        require(permissions.can_record(each, picked))
    if len(lines) < len(picked):
        raise Refused(permissions.gone())
    return render_template("payments/confirm.html", lines=lines, sums=sums(lines), form=form)


@blueprint.post("/<slug>/chi-tra/xoa-ghi-nhan")
@sign_in_required
def undo(slug: str) -> Answer:
    """What was recorded by mistake is owed again, once `viec` says that this is meant after it was asked."""
    edition, by, decided = _place(slug)
    require(permissions.can_pay(by, decided))
    paid = [each for each in queries.owed(edition.id) if not each.open]
    form = MistakeForm.of(paid, request.form)
    if not form.validate():
        return _list(edition, by, decided, mistake=form), 422
    if request.form.get("viec") != "xoa":
        line = next(each for each in paid if each.key == form.paid.data)
        return render_template("payments/undoing.html", line=line, form=form)
    with deed() as done:
        operations.undo(by=by, edition=edition, key=form.paid.data, reason=form.reason.data)
        done.after(lambda: flash(_("Đã xóa ghi nhận chi."), "ok"))
        return done(url_for("payments.list", slug=slug))
