"""The console's part: whether the log is what its checkpoints say."""

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from award.db import session
from award.log import tree
from award.log.checkpoints import signer
from award.log.models import Checkpoint, Event

log = AppGroup("log", help="The log of events: whether every checkpoint still fits it.")


@log.command("check")
@with_appcontext
def check() -> None:
    """Recompute every leaf and every checkpoint of every award. Ends with 1 where one does not fit."""
    wrong = 0
    for award_id in session.scalars(select(Event.award_id).distinct().order_by(Event.award_id)):
        events = session.execute(
            select(Event.payload, Event.leaf_hash)
            .where(Event.award_id.is_not_distinct_from(award_id))
            .order_by(Event.seq)
        ).all()
        leaves = [tree.leaf(payload) for payload, _leaf in events]
        bad = sum(made != kept for made, (_payload, kept) in zip(leaves, events, strict=True))
        taken = session.scalars(
            select(Checkpoint).where(Checkpoint.award_id == award_id).order_by(Checkpoint.size)
        ).all()
        unfit = sum(tree.root(leaves[: each.size]) != each.root or len(leaves) < each.size for each in taken)
        wrong += bad + unfit
        name = signer(award_id).name if award_id is not None else "the house"
        click.echo(f"{name}: {len(events)} events, {len(taken)} checkpoints, {bad + unfit} do not fit")
    if wrong:
        raise click.ClickException(f"{wrong} do not fit: the log was changed.")
