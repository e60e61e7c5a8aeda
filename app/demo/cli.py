"""The demo town on the command line."""

import json
import sys

import click
from flask import Blueprint, current_app
from sqlalchemy.exc import DBAPIError

from app.core import clock
from app.core.delivery import deliver_released
from app.core.errors import RuleBroken
from app.core.jobs import jobs
from app.demo import info as demo_info
from app.demo.services import Stage, seed
from app.extensions import db

bp = Blueprint("demo_cli", __name__, cli_group="demo")
NOT_MIGRATED = "Die Datenbank antwortet nicht oder ist noch leer: flask --app wsgi db upgrade"
bp.cli.help = "The demo town Auenbrück."


@bp.cli.command("seed")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), default=Stage.CONSOLIDATED.value)
def demo_seed(stage: str) -> None:
    """Seed the demo town at a stage; what is there already stays."""
    click.echo("Demostadt Auenbrück wird eingerichtet …")
    try:
        done = seed(stage=Stage(stage), base_url=demo_info.base_url(), now=clock.now())
    except RuleBroken as error:
        sys.exit(str(error))
    except DBAPIError:
        sys.exit(NOT_MIGRATED)
    db.session.commit()
    jobs.enqueue(current_app, deliver_released)
    for sentence in done or ["Alles ist schon da."]:
        click.echo(f"  {sentence}")


@bp.cli.command("info")
@click.option("--json", "as_json", is_flag=True, help="for scripts")
def demo_show(as_json: bool) -> None:
    """Print addresses and sign-in data of the demo town."""
    try:
        info = demo_info.collect(demo_info.base_url())
    except RuleBroken as error:
        sys.exit(str(error))
    except DBAPIError:
        sys.exit(NOT_MIGRATED)
    click.echo(json.dumps(info, ensure_ascii=False) if as_json else demo_info.for_people(info))
