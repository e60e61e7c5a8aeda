"""Every message guests may read: the one list of files they come from, and what stands in them."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "app" / "translations"
LANGUAGES = ("leicht", "en", "tr", "ar", "uk")
GUEST_PAGES = (
    "templates/skeleton.html",
    "templates/guest.html",
    "templates/error.html",
    "templates/_messages.html",
    "templates/components/forms.html",
    "templates/components/languages.html",
    "templates/invitations/answer.html",
    "templates/invitations/_answer_fields.html",
    "templates/invitations/_wishes.html",
    "templates/invitations/other_link.html",
    "templates/invitations/unknown_link.html",
    "templates/registrations/_event.html",
    "templates/registrations/_guest_foot.html",
    "templates/registrations/_needs.html",
    "templates/registrations/_privacy.html",
    "templates/registrations/not_open.html",
    "templates/registrations/open.html",
    "templates/registrations/open_done.html",
    "templates/registrations/other_link.html",
    "templates/registrations/own.html",
    "templates/attendance/feedback.html",
)
GUEST_CODE = (
    "app/core/errors.py",
    "app/invitations/public.py",
    "app/invitations/answer_forms.py",
    "app/invitations/answering.py",
    "app/invitations/problems.py",
    "app/registrations/public.py",
    "app/registrations/own_routes.py",
    "app/registrations/own_place.py",
    "app/registrations/opening.py",
    "app/registrations/entering.py",
    "app/registrations/guest_forms.py",
    "app/registrations/enums.py",
    "app/attendance/public.py",
    "app/attendance/forms.py",
)
FUNCTIONS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2), "_n": (1, 2)}


def messages() -> Iterator[tuple[str | tuple[str, str], str]]:
    """Each message (singular and plural as a pair) with the file it stands in."""
    for method, files in (("jinja2", GUEST_PAGES), ("python", GUEST_CODE)):
        for name in files:
            for _line, message, _comments, _context in extract_from_file(method, str(ROOT / name), FUNCTIONS):
                yield message, name


def catalogue(code: str) -> Catalog:
    """The words of one language as they are written down."""
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        return read_po(source, locale="de" if code == "leicht" else code)
