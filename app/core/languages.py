"""The languages guests may read in; the office speaks German.

Catalogues are plain `.po` files, read once and compiled in memory: nothing generated lies around. Leichte Sprache is
German with a catalogue of its own.
"""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, Response, g, request
from flask_babel import Domain

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
    """Bind the catalogues, and tell templates the language of the page."""
    babel.init_app(app, locale_selector=lambda: spoken().locale)
    app.context_processor(
        lambda: {
            "page_language": spoken().tag,
            "page_direction": spoken().direction,
            "language": spoken(),
            "languages": list(LANGUAGES.values()),
        }
    )


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
