"""The languages guests may read in; the office speaks German.

Catalogues are plain `.po` files, read once and compiled in memory: nothing generated lies around. Leichte Sprache is
German with a catalogue of its own.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, Response, g, request
from flask_babel import Domain
from markupsafe import Markup

from app.core.clock import BERLIN
from app.extensions import babel

CATALOGUES = Path(__file__).resolve().parents[1] / "translations"
COOKIE = "sprache"
A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Language:
    """A language as people choose it; `locale` writes its dates, `catalogue` is the file of its words."""

    code: str
    name: str
    locale: str
    direction: str = "ltr"

    @property
    def tag(self) -> str:
        """The language tag of the page: Leichte Sprache is German."""
        return "de" if self.code == "leicht" else self.code


LANGUAGES = {
    language.code: language
    for language in (
        Language("de", "Deutsch", "de"),
        Language("leicht", "Leichte Sprache", "de"),
        Language("en", "English", "en_GB"),
        Language("tr", "Türkçe", "tr"),
        Language("ar", "العربية", "ar", "rtl"),
        Language("uk", "Українська", "uk"),
    )
}
GERMAN = LANGUAGES["de"]


class GuestDomain(Domain):
    """Looks words up in the catalogue of the guest's language."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the language of this request."""
        return catalogue(spoken().code)


GUESTS = GuestDomain()


@cache
def catalogue(code: str) -> NullTranslations:
    """The words of a language; German needs none."""
    path = CATALOGUES / f"{code}.po"
    if code == GERMAN.code or not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(source, locale=LANGUAGES[code].locale))
    compiled.seek(0)
    return Translations(fp=compiled)


def spoken() -> Language:
    """The language of this request; German outside of guest pages and requests."""
    return g.get("language", GERMAN) if g else GERMAN


def speak_to_guests(bp: Blueprint) -> None:
    """Let the pages of a blueprint speak the guest's language: chosen on the page, remembered, or the browser's."""
    bp.before_request(_choose)
    bp.after_request(_remember)


def init_app(app: Flask) -> None:
    """Bind the catalogues, tell templates the language of the page, and write days and numbers as it does."""
    babel.init_app(app, locale_selector=lambda: spoken().locale)
    app.context_processor(
        lambda: {
            "page_language": spoken().tag,
            "page_direction": spoken().direction,
            "language": spoken(),
            "languages": list(LANGUAGES.values()) if "language" in g else [],
            "address_in": address_in,
            "in_german": in_german(),
        }
    )
    for filter_ in (guest_day, guest_time, guest_number):
        app.add_template_filter(filter_, filter_.__name__)


def address_in(language: Language) -> str:
    """This page in another language: the address keeps its other parameters."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "sprache"]
    return "?" + urlencode([*kept, ("sprache", language.code)])


def in_german() -> Markup:
    """Attributes for what the municipality wrote, on a page in another language: it stays German, and says so."""
    return Markup("") if spoken().tag == GERMAN.tag else Markup(' lang="de" dir="ltr"')


def guest_day(moment: datetime) -> str:
    """„Samstag, 13. April 2024“ in the language of the page, in German time."""
    return format_date(moment.astimezone(BERLIN).date(), "full", locale=spoken().locale)


def guest_time(moment: datetime) -> str:
    """„17:05“ in the language of the page, in German time."""
    return format_time(moment, "short", tzinfo=BERLIN, locale=spoken().locale)


def guest_number(value: float) -> str:
    """A number as the language of the page writes it."""
    return format_decimal(value, locale=spoken().locale)


def _choose() -> None:
    chosen = LANGUAGES.get(request.args.get("sprache", "")) or LANGUAGES.get(request.cookies.get(COOKIE, ""))
    g.language = chosen or LANGUAGES.get(_wanted_by_browser(), GERMAN)
    GUESTS.as_default()


def _wanted_by_browser() -> str:
    offered = [code for code in LANGUAGES if code != "leicht"]
    return request.accept_languages.best_match(offered, default=GERMAN.code)


def _remember(response: Response) -> Response:
    if request.args.get("sprache") in LANGUAGES:
        response.set_cookie(COOKIE, request.args["sprache"], max_age=A_YEAR, httponly=True, samesite="Lax")
    response.vary.add("Accept-Language")
    response.vary.add("Cookie")
    return response
