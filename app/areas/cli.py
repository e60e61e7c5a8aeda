"""Commands of the areas floor."""

import sys
from pathlib import Path

import click
from flask import Blueprint

from app.areas import queries
from app.areas.imports import AreaColumns, import_areas, read_file
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db

bp = Blueprint("areas_cli", __name__, cli_group=None)


@bp.cli.group("areas")
def areas() -> None:
    """Areas: schemes, levels, outlines."""


@areas.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--scheme", required=True, help="Name der Gebietsgliederung; eine neue wird angelegt.")
@click.option("--level", required=True, help="Name der Ebene; eine neue kommt unter die vorhandenen.")
@click.option("--code", default="code", show_default=True, help="Spalte mit dem Schlüssel.")
@click.option("--name", default="name", show_default=True, help="Spalte mit dem Namen.")
@click.option("--parent", help="Spalte mit dem Schlüssel des Gebiets eine Ebene darüber.")
@click.option("--municipality", "slug", help="Kürzel der Kommune; nötig, wenn es mehrere gibt.")
def import_(file: Path, scheme: str, level: str, code: str, name: str, parent: str | None, slug: str | None) -> None:
    """Take over the areas of one level from CSV, Excel, GeoJSON or a zipped Shapefile, coarse levels first."""
    try:
        municipality = queries.get_municipality_meant(slug)
        report = import_areas(
            municipality=municipality,
            sheet=read_file(file, municipality),
            scheme_name=scheme.strip(),
            level_name=level.strip(),
            columns=AreaColumns(code, name, parent),
            user=None,
            now=clock.now(),
        )
    except RuleBroken as error:
        sys.exit(str(error))
    click.echo("\n".join(report.lines("Gebiete")))
    if report.nothing_taken:
        sys.exit("Keine Zeile wurde übernommen.")
    db.session.commit()
