"""Pages of receivers: which programs are told by themselves of what happens, and what they were told."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as BaseResponse

from award.api import operations, queries, receiving
from award.api.forms import WebhookForm
from award.api.pages import blueprint
from award.api.queries import Receiver
from award.db import session, unit_of_work
from award.doors import deed, found
from award.paging import Turn
from award.people.freshness import step_up
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused

Answer = str | BaseResponse | tuple[str, int]

KINDS = {
    "entry.submitted": lazy_gettext("Đã nộp"),
    "entry.correction": lazy_gettext("Được đề nghị bổ sung"),
    "entry.eligible": lazy_gettext("Đủ điều kiện"),
    "entry.ineligible": lazy_gettext("Không đủ điều kiện"),
    "results.published": lazy_gettext("Đã công bố kết quả"),
    "results.changed": lazy_gettext("Kết quả thay đổi sau công bố"),
}
STATES = {
    "queued": ("doing", lazy_gettext("Chờ gửi")),
    "sent": ("done", lazy_gettext("Đã gửi")),
    "failed": ("bad", lazy_gettext("Không gửi được")),
}
FAULTS = {
    "unknown_host": lazy_gettext("Không tìm thấy tên máy"),
    "inside": lazy_gettext("Địa chỉ thuộc mạng nội bộ"),
    "unusable": lazy_gettext("Địa chỉ không dùng được"),
    "silent": lazy_gettext("Không kết nối được trong 5 giây"),
    "answered": lazy_gettext("Nơi nhận từ chối"),
}
OFF = {
    "owner": lazy_gettext("Đã tắt"),
    "rights": lazy_gettext("Đã tắt: người lập không còn quyền xem nội dung này"),
    "taken_back": lazy_gettext("Đã tắt: tài khoản đã bị đăng xuất khỏi mọi nơi"),
    "failing": lazy_gettext("Đã tắt: không gửi được trong 3 ngày"),
}


def _mark(receiver: Receiver) -> tuple[str, str]:
    """Mark and word of where the receiver stands."""
    if receiver.webhook.state == "on":
        return "done", _("Đang nhận")
    return "none", str(OFF[receiver.webhook.off_why])


def _list(form: WebhookForm) -> str:
    form.of.choices = [(each.key, each.words) for each in receiving.offered(signed_in())]
    shown = queries.receivers(signed_in().id)
    return render_template(
        "api/webhooks.html", form=form, receivers=shown, mark=_mark, loopback=receiving.loopback_allowed()
    )


def _one(receiver: Receiver, *, secret: str = "") -> str:
    return render_template(
        "api/webhook.html",
        receiver=receiver,
        webhook=receiver.webhook,
        page=queries.page_of_deliveries(receiver.webhook.id, Turn.read(request.args)),
        mark=_mark(receiver),
        kinds=KINDS,
        states=STATES,
        faults=FAULTS,
        secret=secret,
        at=lambda turn: url_for("programs.webhook", webhook_id=receiver.webhook.public_id, **turn),
    )


def _at(webhook_id: str) -> Receiver:
    return found(queries.receiver(signed_in().id, webhook_id))


@blueprint.get("/tai-khoan/bao-tu-dong")
@sign_in_required
@step_up
def webhooks() -> Answer:
    """The password is asked for before anything is typed, so that nothing typed is lost."""
    return _list(WebhookForm(None))


@blueprint.post("/tai-khoan/bao-tu-dong/moi")
@sign_in_required
@step_up
def make_webhook() -> Answer:
    """The secret stands on this answer alone; who sends the form again comes to the list."""
    form, person = WebhookForm(), signed_in()
    offers = {each.key: each for each in receiving.offered(person)}
    form.of.choices = [(each.key, each.words) for each in offers.values()]
    if not form.validate():
        return _list(form), 422
    offer = offers[form.of.data]
    try:
        with deed() as done:
            made, secret = operations.set_up(
                person=person, edition=offer.edition, newsroom=offer.newsroom, url=form.url.data or ""
            )
            done(url_for("programs.webhooks"))
    except Refused as refused:
        form.url.errors = [refused.verdict.sentence]
        return _list(form), 422
    return _one(_at(made.public_id), secret=secret)


@blueprint.get("/tai-khoan/bao-tu-dong/<webhook_id>")
@sign_in_required
def webhook(webhook_id: str) -> Answer:
    return _one(_at(webhook_id))


@blueprint.post("/tai-khoan/bao-tu-dong/<webhook_id>/doi-ma")
@sign_in_required
@step_up
def change_secret(webhook_id: str) -> Answer:
    """Another secret, shown on this answer alone."""
    receiver = _at(webhook_id)
    with deed() as done:
        secret = operations.change_secret(webhook=receiver.webhook)
        done(url_for("programs.webhook", webhook_id=webhook_id))
    return _one(receiver, secret=secret)


@blueprint.post("/tai-khoan/bao-tu-dong/<webhook_id>/<any(tat, bat):act>")
@sign_in_required
def switch(webhook_id: str, act: str) -> Answer:
    receiver = _at(webhook_id)
    with unit_of_work():
        if act == "bat":
            operations.switch_on(webhook=receiver.webhook)
        elif receiver.webhook.state == "on":
            operations.switch_off(webhook=receiver.webhook)
    session.refresh(receiver.webhook)
    flash(_mark(receiver)[1], "ok")
    return redirect(url_for("programs.webhook", webhook_id=webhook_id), code=303)
