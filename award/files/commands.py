"""The console's part."""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from award.files.store import prepare
from award.files.store import storage as store
from uploads import probe
from uploads.storage import StoreUnavailable


@click.command("prepare-store")
@with_appcontext
def prepare_store() -> None:
    """Let browsers send files from the pages of this application into the bucket. Doing it again changes nothing."""
    try:
        prepare()
    except StoreUnavailable as fault:
        raise click.ClickException(f"The object store does not answer: {fault}") from fault


storage = AppGroup("storage", help="The object store: whether it can be relied upon, what it holds, what is missing.")


@storage.command("check")
def check() -> None:
    """Try out on the configured store everything that uploads and readers rely on. Ends with 1 where it fails."""
    click.echo(f"{store().public_address}, for pages of {current_app.extensions['settings'].base_url}")
    try:
        prepare()
    except StoreUnavailable as fault:
        raise click.ClickException(f"The object store does not answer: {fault}") from fault
    findings = []
    for finding in probe.examine(store(), current_app.extensions["settings"].base_url):
        findings.append(finding)
        word = "ok  " if not finding.fault else ("FAIL" if finding.needed else "note")
        click.echo(f"{word}  {finding.promise}" + (f"\n      {finding.fault}" if finding.fault else ""))
    failed = sum(bool(finding.fault) and finding.needed for finding in findings)
    if failed:
        raise click.ClickException(f"{failed} of {len(findings)} checks failed: do not keep files in this store.")
    click.echo(f"All {len(findings)} checks passed.")
