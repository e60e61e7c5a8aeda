"""How an older scheme passes into a newer one: proposals from codes and outlines, and what may be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy
import shapely

Links = dict[tuple[int, int], float]  # (area of the older scheme, area of the newer one) → share of the older area

LEAST_SHARE = 0.02  # less is where two drawings of one border differ
WHOLE_SHARE = 0.98


@dataclass(frozen=True)
class Verdict:
    """What a crosswalk allows: the older `parts` of each comparable newer area, and the older areas that `passes`.

    An older area passes when it lies wholly inside one newer area.
    """

    parts: dict[int, list[int]] = field(default_factory=dict)
    passes: set[int] = field(default_factory=set)


def links_by_code(older: Iterable[tuple[int, str]], newer: Iterable[tuple[int, str]]) -> Links:
    """Areas with the same code are taken to be the same: a proposal that people confirm."""
    by_code = {code: area_id for area_id, code in newer}
    return {(area_id, by_code[code]): 1.0 for area_id, code in older if code in by_code}


def links_by_overlap(older: Mapping[int, str], newer: Mapping[int, str]) -> Links:
    """The share of each older area's surface that lies in each newer area, from GeoJSON outlines in WGS84.

    Shares below 2 % are left out and those from 98 % on are whole: two drawings of one border never agree exactly.
    """
    if not older or not newer:
        return {}
    old_ids, new_ids = list(older), list(newer)
    old_shapes, new_shapes = _flat(older.values()), _flat(newer.values())
    pairs = shapely.STRtree(new_shapes).query(old_shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(old_shapes[pairs[0]], new_shapes[pairs[1]]))
    shares = common / numpy.maximum(shapely.area(old_shapes)[pairs[0]], 1e-18)
    found = zip(pairs[0].tolist(), pairs[1].tolist(), shares.tolist(), strict=True)
    return {
        (old_ids[old], new_ids[new]): 1.0 if share >= WHOLE_SHARE else round(share, 3)
        for old, new, share in found
        if share >= LEAST_SHARE
    }


def _flat(outlines: Iterable[str]) -> numpy.ndarray:
    """Outlines stretched so that surfaces compare truly enough at one latitude."""
    shapes = shapely.make_valid(shapely.from_geojson(list(outlines)))
    latitude = numpy.radians(numpy.nanmean(shapely.bounds(shapes)[:, [1, 3]]))
    return shapely.transform(shapes, lambda xy: xy * (float(numpy.cos(latitude)), 1.0))


def verdict_on(links: Mapping[tuple[int, int], float]) -> Verdict:
    """Which newer areas can be compared with the older scheme: those all of whose older parts lie wholly in them."""
    parts: dict[int, list[int]] = {}
    broken: set[int] = set()
    passes: set[int] = set()
    for (older, newer), share in links.items():
        parts.setdefault(newer, []).append(older)
        if share >= 1:
            passes.add(older)
        else:
            broken.add(newer)
    return Verdict({newer: sorted(found) for newer, found in parts.items() if newer not in broken}, passes)


def problem_of(links: Mapping[tuple[int, int], float]) -> tuple[int, float] | None:
    """An older area whose shares add up to more than itself, with their sum, or None."""
    sums: dict[int, float] = {}
    for (older, _newer), share in links.items():
        sums[older] = sums.get(older, 0.0) + share
    return next(((older, total) for older, total in sums.items() if total > 1.03), None)
