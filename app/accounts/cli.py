"""Commands for municipalities and people."""

import sys

import click
from flask import Blueprint

from app.accounts import queries, services
from app.accounts.enums import Role
from app.core import clock
from app.core.errors import NotFound, RuleBroken
from app.extensions import db

bp = Blueprint("accounts_cli", __name__, cli_group=None)


@bp.cli.group("municipality")
def municipality() -> None:
    """Municipalities."""


@municipality.command("create")
@click.argument("slug")
@click.argument("name")
def municipality_create(slug: str, name: str) -> None:
    """Add a municipality."""
    try:
        services.create_municipality(slug=slug, name=name)
    except RuleBroken as error:
        sys.exit(str(error))
    db.session.commit()
    click.echo(f"{name} angelegt: /k/{slug}/")


@bp.cli.group("user")
def user() -> None:
    """People of the administration."""


@user.command("create")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--municipality", "slug", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ORGANISER.value)
@click.password_option()
def user_create(email: str, name: str, slug: str, role: str, password: str) -> None:
    """Add a person with a role in a municipality."""
    try:
        services.create_user(
            email=email,
            name=name,
            password=password,
            municipality=queries.get_municipality(slug),
            role=Role(role),
            now=clock.now(),
        )
    except NotFound:
        sys.exit(f"Es gibt keine Kommune mit dem Kürzel „{slug}“.")
    except RuleBroken as error:
        sys.exit(str(error))
    db.session.commit()
    click.echo(f"{name} kann sich mit {email} anmelden.")
