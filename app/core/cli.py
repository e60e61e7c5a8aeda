"""Commands of the house itself: worker, backup, restore, nightly retention."""

import sys
from pathlib import Path

import click
from flask import Blueprint, current_app

from app.core import archive, bounces, clock
from app.core import delivery as delivery  # the worker delivers every minute
from app.core.errors import RuleBroken
from app.core.retention import run_retention
from app.extensions import db

bp = Blueprint("core", __name__, cli_group=None)


@bp.cli.command("worker")
def worker() -> None:
    """Run queued and periodic jobs until stopped."""
    consumer = current_app.extensions["jobs"].create_consumer(workers=2, check_worker_health=False)
    consumer.run()


@bp.cli.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write database and files into one archive, while the server runs."""
    try:
        members = archive.write(file)
    except archive.ArchiveError as error:
        sys.exit(str(error))
    click.echo(f"{file}: {members} Dateien gesichert")


@bp.cli.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put database and files back; released mails wait for a person afterwards."""
    try:
        held = archive.read(file)
    except archive.ArchiveError as error:
        sys.exit(str(error))
    click.echo(f"{file}: wiederhergestellt, {held} freigegebene Mails zurückgestellt")


@bp.cli.group("retention")
def retention() -> None:
    """Deletion of personal data when its time has come."""


@retention.command("run")
def retention_run() -> None:
    """Delete what is due now, as every night."""
    for name, count in run_retention(clock.now()).items():
        click.echo(f"{name}: {count}")


@bp.cli.group("mail")
def mail() -> None:
    """What mail servers tell us."""


@mail.command("bounce")
@click.argument("file", type=click.File("rb"))
def mail_bounce(file) -> None:
    """Read a delivery status notification from a file, or from a mail server's pipe with „-“."""
    try:
        message = bounces.note_report(bounces.read_report(file.read(bounces.LONGEST_REPORT + 1)), clock.now())
    except RuleBroken as error:
        sys.exit(str(error))
    db.session.commit()
    click.echo(f"Mail {message.id}: als zurückgekommen vermerkt")
