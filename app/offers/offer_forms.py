"""Forms that change offers: the office's, the provider's, the end of an offer, one name for categories."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.areas.models import Area
from app.core.letters import one_line
from app.core.mail import valid_address
from app.core.typed import stripped
from app.core.vocabulary import TargetGroup
from app.offers import categories, rules
from app.offers.enums import Entrance
from app.offers.models import Offer

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
TEXTS = ("schedule", "waiting", "cost", "access", "phone", "email", "website", "address", "description")


def line(name: str, label, hint_of_length: bool = True) -> StringField:
    """A field of one line as long as its column."""
    most = rules.LENGTHS[name]
    too_long = _l("Bitte kürzen Sie auf höchstens %(most)s Zeichen.", most=most) if hint_of_length else None
    return StringField(label, filters=[stripped, one_line], validators=[Length(max=most, message=too_long)])


class WholeNumber(IntegerField):
    """A count people type; German words where it is none."""

    def process_formdata(self, valuelist) -> None:
        """Read; raises ValueError for anything but digits."""
        typed = valuelist[0].strip() if valuelist else ""
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= 9):
            self.data = None
            raise ValueError(_("Geben Sie eine ganze Zahl ein, zum Beispiel 12, oder lassen Sie das Feld leer."))
        self.data = int(typed) if typed else None


class Day(DateField):
    """A day, as the browser's calendar sends it or as typed in Germany."""

    def process_formdata(self, valuelist) -> None:
        """Read; raises ValueError for what is no day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Geben Sie einen Tag so ein: 31.12.2027.")) from None


class DetailsForm(FlaskForm):
    """What office and provider both may say of an offer."""

    description = TextAreaField(
        _l("Beschreibung"),
        filters=[stripped],
        validators=[Length(max=4000, message=_l("Bitte kürzen Sie auf höchstens 4.000 Zeichen."))],
    )
    target_groups = SelectMultipleField(_l("Für wen?"), choices=TargetGroup.choices)
    schedule = line("schedule", _l("Öffnungs- und Sprechzeiten"))
    cost = line("cost", _l("Kosten"))
    languages = StringField(_l("Sprachen"), filters=[stripped], validators=[Length(max=400)])
    entrance = SelectField(_l("Zugang zum Gebäude"), choices=Entrance.choices)
    access = line("access", _l("Hinweise zum Zugang"))
    capacity = WholeNumber(_l("Plätze"), validators=[Optional(), NumberRange(0, rules.MOST_PLACES)])
    utilisation = WholeNumber(
        _l("Auslastung in Prozent"),
        validators=[
            Optional(),
            NumberRange(
                0,
                rules.MOST_UTILISATION,
                message=_l("Geben Sie eine Zahl von 0 bis %(most)s ein.", most=rules.MOST_UTILISATION),
            ),
        ],
    )
    waiting = line("waiting", _l("Warteliste oder Wartezeit"))
    funding_until = Day(_l("Förderung endet am"), format=DATE_FORMATS, validators=[Optional()])
    address = line("address", _l("Adresse"))
    phone = line("phone", _l("Telefon"))
    email = line("email", _l("E-Mail-Adresse"))
    website = line("website", _l("Webadresse"))

    def validate_email(self, field) -> None:
        """An address is optional, a wrong one is not."""
        if field.data and not valid_address(field.data):
            raise ValidationError(_("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@verband.de"))

    def validate_website(self, field) -> None:
        """Pages only: http or https."""
        if field.data and not rules.is_web_address(rules.web_address(field.data)):
            raise ValidationError(_("Das ist keine Webadresse. Sie sieht so aus: https://www.verband.de/angebot"))

    def validate_funding_until(self, field) -> None:
        """A day of our time."""
        if not rules.is_plausible(field.data):
            raise ValidationError(_("Prüfen Sie das Jahr."))

    def validate_languages(self, field) -> None:
        """As many as somebody speaks."""
        if len(rules.languages_of(field.data)) > rules.MOST_LANGUAGES:
            raise ValidationError(_("Nennen Sie höchstens %(most)s Sprachen.", most=rules.MOST_LANGUAGES))

    @property
    def changes(self) -> dict:
        """The values as the services take them."""
        plain = {name: getattr(self, name).data for name in TEXTS}
        return plain | {
            "target_groups": self.target_groups.data or [],
            "languages": rules.languages_of(self.languages.data),
            "entrance": Entrance(self.entrance.data),
            "capacity": self.capacity.data,
            "utilisation": self.utilisation.data,
            "funding_until": self.funding_until.data,
        }


class NewOfferForm(DetailsForm):
    """An offer the provider misses on the list."""

    name = StringField(
        _l("Name des Angebots"),
        filters=[stripped, one_line],
        validators=[DataRequired(_l("Geben Sie den Namen des Angebots ein.")), Length(max=160)],
    )
    category = StringField(
        _l("Kategorie"),
        filters=[stripped, one_line],
        validators=[DataRequired(_l("Wählen Sie eine Kategorie oder geben Sie eine neue ein.")), Length(max=80)],
        render_kw={"list": "kategorien", "autocomplete": "off"},
    )
    areas = SelectMultipleField(_l("Für welche Gebiete?"), coerce=int)
    known_categories: Iterable[str] = ()

    def offer(self, known: Iterable[str], areas: list[tuple[int, str]]) -> None:
        """Set what can be chosen, and which spelling of a category counts."""
        self.known_categories = known
        self.areas.choices = areas

    @property
    def changes(self) -> dict:
        """The values as the services take them, apart from the areas."""
        category = categories.spelled_as_known(self.category.data, self.known_categories)
        return {**super().changes, "name": self.name.data, "category": category}


class OfferForm(NewOfferForm):
    """All of an offer, for the office."""

    institution = SelectField(_l("Träger"), validators=[InputRequired(_l("Wählen Sie den Träger."))])
    place = SelectField(_l("Ort (Gebiet)"), validators=[Optional()])
    funding = line("funding", _l("Finanzierung"))

    def offer_places(self, providers: list[tuple[int, str]], areas: list[tuple[int, str]]) -> None:
        """Set providers and places that can be chosen."""
        self.institution.choices = [SelectChoice(str(id_), name) for id_, name in providers]
        self.place.choices = [SelectChoice("", _l("nicht bekannt")), *(SelectChoice(str(id_), n) for id_, n in areas)]

    @property
    def changes(self) -> dict:
        """The values as the services take them, apart from provider, place and areas."""
        return {**super().changes, "funding": self.funding.data}


def values_of(offer: Offer) -> dict:
    """What is known of an offer (relations loaded), as the forms show it."""
    plain = ("name", "category", "target_groups", "capacity", "utilisation", "funding", "funding_until", *TEXTS)
    return {name: getattr(offer, name) for name in plain} | {
        "languages": ", ".join(offer.languages),
        "entrance": offer.entrance.value,
        "institution": str(offer.institution_id),
        "place": str(offer.place_id or ""),
        "areas": [area.id for area in offer.areas],
    }


def older_areas(offer: Offer | None, offered: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Areas of an older scheme the offer still has: they stay choosable so that saving loses none."""
    known = {area_id for area_id, label in offered}
    had: list[Area] = [*offer.areas, *filter(None, [offer.place])] if offer else []
    return list({area.id: (area.id, area.name) for area in had if area.id not in known}.values())


class EndForm(FlaskForm):
    """Since when an offer is no longer there."""

    ended_on = Day(
        _l("Beendet am"), format=DATE_FORMATS, validators=[InputRequired(_l("Geben Sie den letzten Tag an."))]
    )
    today: date

    def validate_ended_on(self, field) -> None:
        """What has not ended yet goes on."""
        if field.data and (field.data > self.today or not rules.is_plausible(field.data)):
            raise ValidationError(
                _("Der Tag liegt in der Zukunft oder zu weit zurück. Tragen Sie den letzten Tag ein.")
            )


class CategoriesForm(FlaskForm):
    """Categories that shall have one name."""

    names = SelectMultipleField(
        _l("Kategorien"), validators=[InputRequired(_l("Kreuzen Sie mindestens eine Kategorie an."))]
    )
    new_name = StringField(
        _l("Künftiger Name"),
        filters=[stripped, one_line],
        validators=[DataRequired(_l("Geben Sie den künftigen Namen ein.")), Length(max=80)],
        render_kw={"list": "kategorien", "autocomplete": "off"},
    )
