"""The console's part."""

import click
from flask.cli import with_appcontext

from award.files.store import prepare
from uploads.storage import StoreUnavailable


@click.command("prepare-store")
@with_appcontext
def prepare_store() -> None:
    """Let browsers send files from the pages of this application into the bucket. Doing it again changes nothing."""
    try:
        prepare()
    except StoreUnavailable as fault:
        raise click.ClickException(f"The object store does not answer: {fault}") from fault
