"""Commands of the indicators floor."""

import json
import sys
from pathlib import Path

import click
from flask import Blueprint

from app.areas import queries as areas
from app.areas.imports import read_file
from app.core import clock
from app.core.database import reading as only_reading
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import index_services, queries
from app.indicators.cells import Unreadable, read_day
from app.indicators.enums import Centre, Deviation, IndexKind, Method, Orientation
from app.indicators.imports import import_values
from app.indicators.index_reading import IndexResult, compute_index

bp = Blueprint("indicators_cli", __name__, cli_group=None)


class Day(click.ParamType):
    """2025-12-31 or 31.12.2025."""

    name = "date"

    def convert(self, value, param, ctx):
        """The date, or a usage error."""
        try:
            return read_day(value)
        except Unreadable as problem:
            self.fail(str(problem), param, ctx)


@bp.cli.group("indicators")
def indicators() -> None:
    """Indicators and their values."""


@indicators.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area-code", "area_column", required=True, help="Spalte mit dem Schlüssel des Gebiets.")
@click.option("--date", "day", type=Day(), help="Stichtag; kann fehlen, wenn die Datei eine Spalte date hat.")
@click.option("--scheme", help="Gebietsgliederung; sonst die gültige.")
@click.option("--level", help="Ebene, wenn ein Schlüssel auf mehreren Ebenen vorkommt.")
@click.option("--source", default="", help="Quelle für Indikatoren, die neu angelegt werden.")
@click.option("--municipality", "slug", help="Kürzel der Kommune; nötig, wenn es mehrere gibt.")
def import_(file: Path, area_column: str, day, scheme: str | None, level: str | None, source: str, slug: str | None):
    """Take over cleared values from CSV or Excel: wide (a column per indicator) or long (a row per value)."""
    try:
        report = import_values(
            municipality=areas.get_municipality_meant(slug),
            sheet=read_file(file),
            area_column=area_column,
            reference_date=day,
            scheme_name=scheme,
            level_name=level,
            source=source,
            user=None,
            now=clock.now(),
        )
    except RuleBroken as error:
        sys.exit(str(error))
    click.echo("\n".join(report.lines("Werte")))
    if report.nothing_taken:
        sys.exit("Keine Zeile wurde übernommen.")
    db.session.commit()


@bp.cli.group("index")
def index() -> None:
    """The Sozialindex."""


def _choice(enum) -> click.Choice:
    return click.Choice([one.value for one in enum])


@index.command("define")
@click.argument("name")
@click.option("--level", "level_name", required=True, help="Gebietsebene, auf der gerechnet wird.")
@click.option("--date", "day", type=Day(), required=True, help="Stichtag der Werte.")
@click.option("--indicators", "keys", required=True, help="Schlüssel der Indikatoren, mit Komma getrennt.")
@click.option("--weights", default="", help="Gewichte in derselben Reihenfolge; sonst zählen alle gleich.")
@click.option("--method", type=_choice(Method), default=Method.Z_SUM.value, show_default=True)
@click.option("--centre", type=_choice(Centre), default=Centre.AREA_MEAN.value, show_default=True)
@click.option("--deviation", type=_choice(Deviation), default=Deviation.POPULATION.value, show_default=True)
@click.option("--limit", default=1.0, show_default=True, help="Ab wie vielen Abweichungen gezählt wird.")
@click.option("--kind", type=_choice(IndexKind), default=IndexKind.STATUS.value, show_default=True)
@click.option("--baseline", type=Day(), help="Früherer Stichtag eines Dynamikindex.")
@click.option("--orientation", type=_choice(Orientation), default=Orientation.HIGHER_IS_BURDEN.value, show_default=True)
@click.option("--breaks", default="", help="Klassen von unten: GRENZE=NAME,…,NAME; sonst die des Verfahrens.")
@click.option("--population", "population_key", help="Indikator mit der Einwohnerzahl.")
@click.option("--min-population", default=300, show_default=True)
@click.option("--exclude", "excluded", multiple=True, help="SCHLÜSSEL=GRUND, mehrfach möglich.")
@click.option("--note", default="", help="Was Leser*innen wissen sollen.")
@click.option("--municipality", "slug")
def define(name: str, level_name: str, slug: str | None, **given) -> None:
    """Define an index, or its next version."""
    try:
        municipality = areas.get_municipality_meant(slug)
        made = index_services.define_social_index(
            municipality=municipality,
            name=name,
            level=(level := _level(municipality, level_name)),
            now=clock.now(),
            **_definition(municipality, level, given),
        )
    except RuleBroken as error:
        sys.exit(str(error))
    db.session.commit()
    click.echo(f"Index „{name}“ festgelegt, Fassung {made.version}.")


def _definition(municipality, level, given: dict) -> dict:
    """What the options say, as `define_social_index` takes it."""
    chosen = [_indicator(municipality, key.strip()) for key in given["keys"].split(",")]
    weights = [_number(text) for text in given["weights"].split(",")] if given["weights"] else [1.0] * len(chosen)
    if len(weights) != len(chosen):
        raise RuleBroken(f"{len(chosen)} Indikatoren brauchen ebenso viele Gewichte, es sind {len(weights)}.")
    return {
        "reference_date": given["day"],
        "weights": dict(zip(chosen, weights, strict=True)),
        "kind": IndexKind(given["kind"]),
        "baseline_date": given["baseline"],
        "method": Method(given["method"]),
        "centre": Centre(given["centre"]),
        "deviation": Deviation(given["deviation"]),
        "deviation_limit": given["limit"],
        "orientation": Orientation(given["orientation"]),
        "class_breaks": _breaks(given["breaks"]),
        "population": _indicator(municipality, given["population_key"]) if given["population_key"] else None,
        "min_population": given["min_population"],
        "exclusions": _exclusions(level, given["excluded"]),
        "note": given["note"],
    }


def _breaks(text: str) -> list[list]:
    """„-1=hoch,1=mittel,niedrig“ as class breaks; the last class has no limit. Empty text gives none."""
    if not text:
        return []
    *limited, last = [entry.strip() for entry in text.split(",")]
    pairs = [entry.partition("=") for entry in limited]
    return [*([_number(limit), name.strip()] for limit, _, name in pairs), [None, last]]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise RuleBroken(f"„{text}“ ist keine Zahl. Schreiben Sie zum Beispiel 1.5.") from error


@index.command("compute")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.option("--municipality", "slug")
def compute(name: str, as_json: bool, slug: str | None) -> None:
    """Compute an index from the stored values."""
    with only_reading():
        try:
            municipality = areas.get_municipality_meant(slug)
            found = queries.find_index(municipality, name)
            if found is None:
                names = ", ".join(queries.list_index_names(municipality)) or "noch keinen"
                raise RuleBroken(f"Es gibt keinen Index „{name}“. Vorhanden: {names}.")
        except RuleBroken as error:
            sys.exit(str(error))
        result = compute_index(found)
    for warning in result.warnings:
        click.echo(warning, err=True)
    click.echo(_as_json(result) if as_json else _as_lines(result))


def _as_json(result: IndexResult) -> str:
    rows = [(area, result.verdicts[area.id]) for area in result.areas]
    return json.dumps(
        [
            {
                "code": area.code,
                "name": area.name,
                "index": verdict.index,
                "class": verdict.class_name,
                "z": dict(verdict.z),
                "included": verdict.included,
                "reason": verdict.reason,
            }
            for area, verdict in rows
        ],
        ensure_ascii=False,
        indent=1,
    )


def _as_lines(result: IndexResult) -> str:
    lines = [str(result.index.orientation.label)]
    for area in result.areas:
        verdict = result.verdicts[area.id]
        said = f"{verdict.index:8.4f}  {verdict.class_name}" if verdict.included else f"       –  {verdict.reason}"
        lines.append(f"{area.code}  {said}  {area.name}")
    return "\n".join(lines)


def _level(municipality, name: str):
    scheme = areas.find_current_scheme(municipality)
    levels = areas.list_levels(scheme) if scheme else []
    found = next((level for level in levels if level.name == name), None)
    if found is None:
        names = ", ".join(level.name for level in levels) or "noch keine"
        raise RuleBroken(f"Es gibt keine Ebene „{name}“. Vorhanden: {names}.")
    return found


def _indicator(municipality, key: str):
    found = queries.find_indicator(municipality, key)
    if found is None:
        raise RuleBroken(f"Es gibt keinen Indikator „{key}“.")
    return found


def _exclusions(level, entries: tuple[str, ...]) -> dict:
    by_code = {area.code: area for area in areas.list_areas(level)}
    found = {}
    for entry in entries:
        code, _, reason = entry.partition("=")
        if code not in by_code or not reason:
            raise RuleBroken(f"„{entry}“ ist nicht SCHLÜSSEL=GRUND eines Gebiets der Ebene „{level.name}“.")
        found[by_code[code]] = reason
    return found
