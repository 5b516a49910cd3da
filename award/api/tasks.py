"""The worker's part: what happened is noted for each receiver, and told."""

import json

from award.api import operations, queries, sending
from award.api.models import Webhook, WebhookDelivery
from award.api.receiving import loopback_allowed
from award.clock import now
from award.db import unit_of_work
from award.jobs import task


@task("api.note", every="* * * * *")
def note() -> None:
    """Receivers that are on have a telling for whatever happened since the minute before."""
    with unit_of_work():
        for webhook in queries.receiving():
            operations.note(webhook)
        operations.put_in_line()


@task("api.deliver")
def deliver(delivery_id: int) -> None:
    """The receiver is told, or the telling waits for its next time. While it is told no transaction is open."""
    with unit_of_work():
        claimed = operations.claim(delivery_id)
        written = None if claimed is None else _written(*claimed)
    if written is None:
        return
    status, fault = None, ""
    try:
        status = sending.tell(*written, loopback=loopback_allowed())
    except sending.Unreachable as reason:
        status, fault = reason.status, reason.fault
    with unit_of_work():
        operations.settle(delivery_id, status, fault)


def _written(delivery: WebhookDelivery, webhook: Webhook) -> tuple[str, bytes, dict[str, str]]:
    """Address, body and signed head of the telling."""
    at = now()
    body = json.dumps({"id": delivery.public_id, "at": delivery.created_at.isoformat(), **delivery.body}).encode()
    signing = [webhook.secret]
    if webhook.former_secret and webhook.former_until and webhook.former_until > at:
        signing.append(webhook.former_secret)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "giai-bao-chi",
        sending.ID: delivery.public_id,
        sending.SIGNATURE: sending.signature(signing, at, body),
    }
    return webhook.url, body, headers
