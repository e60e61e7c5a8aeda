"""What the frozen figures are today: read live, shown beside, never written back."""

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.indicators import queries as indicators
from app.indicators.reading import figures_for_areas
from app.papers.frozen_figures import frozen, key_of


def figures_today(municipality: Municipality, document: dict) -> dict[tuple[str, str, str], dict]:
    """Today's figure for every frozen one whose indicator and area still exist, by `key_of`."""
    then = [*document["area_figures"], *(one for row in document["recommendations"] for one in row["figures"])]
    keys, places = {figure["indicator"] for figure in then}, {key_of(figure)[1:] for figure in then}
    wanted = [one for one in indicators.list_public_indicators(municipality) if one.key in keys]
    scheme = areas.find_scheme(municipality, document["area_scheme"]["name"])
    if scheme is None or not wanted:
        return {}
    found = [area for area in areas.list_areas_of_scheme(scheme) if (area.level.name, area.code) in places]
    now = [frozen(figure) for row in figures_for_areas(found, wanted).values() for figure in row]
    return {key_of(figure): figure for figure in now if figure["reference_date"]}
