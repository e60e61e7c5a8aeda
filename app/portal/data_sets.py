"""Which open data a municipality has, described for people and for data portals."""

from dataclasses import dataclass
from datetime import date

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import AreaScheme
from app.indicators import queries as indicators
from app.indicators.catalogue_queries import clearances_held
from app.indicators.models import Clearance, Indicator
from app.portal.dcat import Catalogue, Dataset, File, Publisher

RULE = (
    "Zahlen, an denen Einzelne erkennbar wären, sind geheim. Die Regel steht bei jedem Indikator: Weniger Fälle als "
    "die kleinste Fallzahl und Quoten mit einer kleineren Bezugsgröße werden nicht veröffentlicht, ebenso Zahlen, aus "
    "denen man sie errechnen könnte. Geheim, nicht vorhanden und null sind drei verschiedene Zustände."
)


@dataclass(frozen=True)
class Holdings:
    """What is open: indicators, their reference dates in the current scheme, and who cleared the values."""

    scheme: AreaScheme | None
    catalogue: list[Indicator]
    days: dict[int, list[date]]
    clearances: list[Clearance]

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last reference date of open values."""
        days = [day for one in self.catalogue for day in self.days.get(one.id, [])]
        return (min(days), max(days)) if days else None


@dataclass(frozen=True)
class Addresses:
    """Absolute addresses of the catalogue and of its files."""

    home: str
    page: str
    catalogue: str
    csv: str
    json: str
    geojson: str


def holdings_of(municipality: Municipality) -> Holdings:
    """What a municipality publishes now, in at most four statements."""
    catalogue = indicators.list_public_indicators(municipality)
    scheme = areas.find_current_scheme(municipality)
    if scheme is None:
        return Holdings(None, catalogue, {}, [])
    days, cleared, open_ = indicators.dates_held(scheme.id), clearances_held(scheme.id), {one.id for one in catalogue}
    found = {row.id: row for (indicator_id, _day), row in cleared.items() if indicator_id in open_}
    latest_first = sorted(found.values(), key=lambda row: (row.cleared_on, row.id), reverse=True)
    return Holdings(scheme, catalogue, days, latest_first)


def describe(municipality: Municipality, holdings: Holdings, addresses: Addresses) -> Catalogue:
    """The catalogue of a municipality's open data."""
    name = municipality.name
    return Catalogue(
        url=addresses.catalogue,
        page=addresses.page,
        title=f"Offene Sozialdaten: {name}",
        description=f"Indikatoren und Gebiete der Sozialplanung, veröffentlicht von: {name}.",
        publisher=Publisher(name, addresses.home, municipality.contact_email),
        datasets=[_indicators(name, holdings, addresses), _areas(name, holdings, addresses)],
    )


def _indicators(name: str, holdings: Holdings, addresses: Addresses) -> Dataset:
    days = [row.cleared_on for row in holdings.clearances]
    sources = "; ".join(sorted({one.source for one in holdings.catalogue if one.source}))
    listed = ", ".join(one.name for one in holdings.catalogue) or "noch keine"
    return Dataset(
        key="indikatoren",
        title=f"Sozialindikatoren nach Gebieten: {name}",
        description=f"Werte je Gebiet, Indikator und Stichtag, wo bekannt mit Zähler und Nenner. Dabei: {listed}.",
        keywords=["Sozialplanung", "Sozialraum", "Indikatoren", *(one.short_name for one in holdings.catalogue)],
        provenance=f"{RULE} Quellen: {sources or 'nicht angegeben'}.",
        frequency="ANNUAL",
        period=holdings.period,
        issued=min(days, default=None),
        modified=max(days, default=None),
        files=[
            File("Indikatoren als CSV", addresses.csv, "CSV", "text/csv"),
            File("Indikatoren als JSON", addresses.json, "JSON", "application/json"),
        ],
    )


def _areas(name: str, holdings: Holdings, addresses: Addresses) -> Dataset:
    scheme = holdings.scheme
    return Dataset(
        key="gebiete",
        title=f"Gebiete der Sozialplanung: {name}",
        description=f"Schlüssel, Namen, Ebenen und Umrisse der Gliederung „{scheme.name if scheme else 'noch keine'}“.",
        keywords=["Sozialplanung", "Sozialraum", "Gebietsgliederung", "Geodaten"],
        provenance="Umrisse in WGS 84. Größere Gebiete ohne eigenen Umriss sind aus ihren Teilen zusammengesetzt.",
        frequency="IRREG",
        issued=scheme.valid_from if scheme else None,
        files=[File("Gebiete als GeoJSON", addresses.geojson, "GEOJSON", "application/geo+json")],
    )
