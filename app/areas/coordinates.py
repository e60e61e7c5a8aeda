"""Which coordinate system a file really uses: what it declares is checked against where its shapes would lie."""

import math
from dataclasses import dataclass
from functools import cache

import numpy
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from app.core.errors import RuleBroken

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees

WGS84 = 4326
KNOWN_CRS = (25832, 25833, 4326, 3857)
ZONE_PREFIXED = (4647, 5650)  # UTM 32 and 33 with the zone in front of the easting, as some Länder write it
SAME_AS = {4258: 4326, 4979: 4326, 32632: 25832, 32633: 25833, 900913: 3857, 102100: 3857}
GERMANY: Bounds = (5.5, 47.0, 15.5, 55.5)  # with some margin
FAR_KM = 100
LONGEST_WKT = 10_000
NAMES = {
    25832: "EPSG:25832 (UTM 32)",
    25833: "EPSG:25833 (UTM 33)",
    4326: "EPSG:4326 (Längen- und Breitengrade)",
    3857: "EPSG:3857 (Web Mercator)",
    4647: "EPSG:4647 (UTM 32 mit Zonennummer)",
    5650: "EPSG:5650 (UTM 33 mit Zonennummer)",
}
NOTHING_FITS = (
    "Mit keinem bekannten Koordinatensystem liegen die Gebiete in Deutschland. Exportieren Sie die Datei in einem "
    "von diesen: {known}."
)


@dataclass(frozen=True)
class Recognised:
    """The coordinate system to use. `swapped`: the file writes latitude (northing) first. `note` says what was odd."""

    crs: int
    swapped: bool = False
    note: str | None = None


def crs_of_code(code: int) -> int | None:
    """The coordinate system we use for an EPSG number, or None for one that is not supported."""
    code = SAME_AS.get(code, code)
    return code if code in KNOWN_CRS or code in ZONE_PREFIXED else None


def crs_of_wkt(wkt: str) -> int | None:
    """The system a `.prj` file names, or None when it cannot be told. Raises RuleBroken for a strange one."""
    try:
        code = CRS.from_wkt(wkt[:LONGEST_WKT]).to_epsg(min_confidence=25)
    except CRSError:
        return None
    known = crs_of_code(code) if code else None
    if code and known is None:
        raise unsupported(f"EPSG:{code}")
    return known


def unsupported(name: str) -> RuleBroken:
    """The refusal of a coordinate system nobody here knows."""
    known = ", ".join(f"EPSG:{code}" for code in KNOWN_CRS)
    return RuleBroken(f"Das Koordinatensystem „{name[:60]}“ wird nicht unterstützt. Möglich sind {known}.")


def to_wgs84(crs: int) -> Transformer:
    """A transformer to longitude and latitude."""
    return _transformer(crs, WGS84)


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def between(source: int, target: int) -> Transformer:
    """A transformer between two known systems; x (longitude, easting) always comes first."""
    return _transformer(source, target)


def recognise(centres: numpy.ndarray, declared: int | None, near: Bounds | None = None) -> Recognised:
    """The system in which the areas lie in Germany; `centres` are n × 2 file coordinates.

    What is declared counts unless most areas would lie outside Germany. UTM 32 and 33 often both fit: then `near`,
    the bounds of outlines the municipality has already, decides when the declared one lies more than 100 km away.
    Raises RuleBroken when nothing fits.
    """
    finite = centres[numpy.isfinite(centres).all(axis=1)]
    if not len(finite):
        return Recognised(declared or WGS84)
    fitting = [found for found in _candidates(declared) if _fits(finite, *found)]
    if not fitting:
        raise RuleBroken(NOTHING_FITS.format(known=", ".join(f"EPSG:{code}" for code in KNOWN_CRS)))
    best = fitting[0]
    if near is not None and _distance(finite, *best, near) > FAR_KM:
        best = min(fitting, key=lambda found: _distance(finite, *found, near))
        best = best if _distance(finite, *best, near) <= FAR_KM else fitting[0]
    return Recognised(*best, _note(declared, best, fitting, decided=near is not None))


def _candidates(declared: int | None) -> list[tuple[int, bool]]:
    """What to try, the most believable first."""
    known = [*KNOWN_CRS, *ZONE_PREFIXED]
    straight = [(crs, False) for crs in dict.fromkeys([declared or WGS84, *known])]
    return straight + [(crs, True) for crs, _swapped in straight]


def _degrees(points: numpy.ndarray, crs: int, swapped: bool) -> numpy.ndarray:
    x, y = (points[:, 1], points[:, 0]) if swapped else (points[:, 0], points[:, 1])
    return numpy.column_stack(to_wgs84(crs).transform(x, y))


def _fits(points: numpy.ndarray, crs: int, swapped: bool) -> bool:
    degrees = _degrees(points, crs, swapped)
    west, south, east, north = GERMANY
    with numpy.errstate(invalid="ignore"):
        inside = (degrees >= (west, south)) & (degrees <= (east, north))
    return bool(inside.all(axis=1).mean() >= 0.5)


def _distance(points: numpy.ndarray, crs: int, swapped: bool, near: Bounds) -> float:
    """Kilometres from the middle of the areas to the nearest place within `near`."""
    degrees = _degrees(points, crs, swapped)
    x, y = numpy.median(degrees[numpy.isfinite(degrees).all(axis=1)], axis=0)
    beside = max(near[0] - x, x - near[2], 0) * math.cos(math.radians(y))
    return 111.2 * math.hypot(beside, max(near[1] - y, y - near[3], 0))


def _note(
    declared: int | None, best: tuple[int, bool], fitting: list[tuple[int, bool]], *, decided: bool
) -> str | None:
    crs, swapped = best
    turned = " Dabei wurden die beiden Achsen getauscht." if swapped else ""
    if declared == crs:
        return f"Die Koordinaten stehen in umgekehrter Reihenfolge.{turned}" if swapped else None
    if declared is not None:
        return (
            f"Die Datei nennt {NAMES[declared]}, das passt nicht zu den Koordinaten. Gelesen als {NAMES[crs]}.{turned}"
        )
    if crs == WGS84 and not swapped:
        return None
    unsure = not decided and {(25832, False), (25833, False)} <= set(fitting)
    check = " Prüfen Sie die Lage auf der Karte: auch UTM 33 wäre möglich." if unsure else ""
    return f"Die Datei nennt kein Koordinatensystem. Gelesen als {NAMES[crs]}.{turned}{check}"
