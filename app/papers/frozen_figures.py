"""Figures as the document keeps them, and whether today's would read differently."""

from app.indicators.figures import Figure


def frozen(figure: Figure) -> dict:
    """The figure with everything a reader needs to check it; a secret one leaves its counts outside."""
    indicator, area, known = figure.indicator, figure.area, figure.value is not None
    return {
        "indicator": indicator.key,
        "name": indicator.name,
        "unit": figure.unit,
        "digits": figure.digits,
        "polarity": {"key": indicator.polarity.value, "label": str(indicator.polarity.label)},
        "source": figure.source,
        "numerator_name": indicator.numerator,
        "denominator_name": indicator.denominator,
        "area": {"code": area.code, "name": area.name, "level": area.level.name},
        "reference_date": _day(figure.reference_date),
        "state": figure.state.value,
        "value": _rounded(figure.value),
        "numerator": _rounded(figure.numerator) if known else None,
        "denominator": _rounded(figure.denominator) if known else None,
        "town_value": _rounded(figure.town_value),
        "previous_value": _rounded(figure.previous_value),
        "previous_date": _day(figure.previous_date),
    }


def _day(day) -> str | None:
    return day.isoformat() if day else None


def _rounded(value: float | None) -> float | None:
    """Six digits: enough for every page, and the same text on every machine."""
    return None if value is None else round(float(value), 6)


def key_of(figure: dict) -> tuple[str, str, str]:
    """What a frozen figure and today's have in common: indicator, area level and area code."""
    return figure["indicator"], figure["area"]["level"], figure["area"]["code"]


def differs(then: dict, now: dict) -> bool:
    """Whether today's figure would be printed differently: another state or another rounded value."""
    if then["state"] != now["state"]:
        return True
    if then["value"] is None or now["value"] is None:
        return False
    return round(then["value"], then["digits"]) != round(now["value"], then["digits"])
