"""The console's part."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from award.dates import moment, size
from award.files import holdings, queries
from award.files.store import prepare, quota
from award.files.store import storage as store
from uploads import probe
from uploads.storage import StoreUnavailable
from uploads.sweep import LEFT_BEHIND

HEAVIEST = 10


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


@storage.command("report")
@click.option("--read", "reads", is_flag=True, help="Also read every byte of what was verified. Takes its time.")
def report(reads: bool) -> None:
    """What the store holds and for whom, what is unfinished, named by nobody, or missing. Ends with 1 for the last."""
    try:
        found = holdings.holdings()
        wrong = [*found.missing, *(holdings.changed() if reads else ())]
    except StoreUnavailable as fault:
        raise click.ClickException(f"The object store does not answer: {fault}") from fault
    click.echo(f"{found.count} objects, {size(found.size)}")
    for sort in (*queries.held(), *queries.made()):
        click.echo(f"  {sort.what:<9} {sort.state:<9} {sort.number:>8}  {size(sort.size)}")
    click.echo(f"Who sent most (each may send {size(quota())}):")
    for name, count, held in queries.heaviest(HEAVIEST):
        click.echo(f"  {name}: {count} files, {size(held)}")
    since = f", the oldest of {moment(found.oldest)}" if found.oldest else ""
    click.echo(f"{found.unfinished} unfinished uploads{since}; given up after {LEFT_BEHIND.days * 24} hours")
    for stray in found.strays:
        click.echo(f"{stray.count} objects under {stray.room}/ that no file names, {size(stray.size)}")
    for each in wrong:
        click.echo(f"MISSING  {each.sentence}")
    if wrong:
        raise click.ClickException(f"{len(wrong)} objects are not what their rows say: restore them from a copy.")


@storage.command("unnamed")
@click.option("--to", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Copy them there.")
def unnamed(folder: Path | None) -> None:
    """What people sent and no row names, by the fingerprint that stands on its receipt: after the database came back
    older than the store, files of works that have to be entered again. Reads all of it and changes nothing."""
    try:
        for found in holdings.nobodys():
            click.echo(f"{found.fingerprint}  {size(found.size)}  {moment(found.came_at)}  {found.key}")
            if folder is not None:
                with (folder / found.fingerprint).open("wb") as copy:
                    copy.writelines(store().stream(found.key))
    except StoreUnavailable as fault:
        raise click.ClickException(f"The object store does not answer: {fault}") from fault
