"""Forms of the offers floor that only look: what lists are narrowed by, sent by GET."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from app.core.ids import typed_id
from app.core.typed import stripped
from app.core.vocabulary import TargetGroup
from app.offers.enums import Standing
from app.offers.rules import Wanted

NO_CHOICE = SelectChoice("", _l("alle"))
GROUPS = [SelectChoice(one.value, one.label) for one in TargetGroup if one is not TargetGroup.ALL]
MOST_PAGES = 10_000


class Filter(FlaskForm):
    """What both lists are narrowed by."""

    class Meta:
        """Nothing is changed by looking, so there is no token."""

        csrf = False

    suche = StringField(_l("Suche"), filters=[stripped], validators=[Length(max=100)])
    kategorie = SelectField(_l("Kategorie"), filters=[stripped], validators=[Optional()])
    zielgruppe = SelectField(
        _l("Zielgruppe"), filters=[stripped], validators=[Optional()], choices=[NO_CHOICE, *GROUPS]
    )
    gebiet = SelectField(_l("Gebiet"), filters=[stripped], validators=[Optional()])
    seite = IntegerField(_l("Seite"), validators=[Optional(), NumberRange(1, MOST_PAGES)])

    def offer(self, categories: list[str], areas: list[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.kategorie.choices = [NO_CHOICE, *(SelectChoice(name) for name in categories)]
        self.gebiet.choices = [
            SelectChoice("", _l("ganze Kommune")),
            *(SelectChoice(str(area_id), label) for area_id, label in areas),
        ]

    @property
    def page(self) -> int:
        """The page asked for, the first by default."""
        return self.seite.data or 1

    @property
    def area_id(self) -> int | None:
        """The area chosen, or None."""
        return typed_id(self.gebiet.data)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(field.data for field in self if field is not self.seite)

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        return Wanted(
            words=self.suche.data,
            category=self.kategorie.data or None,
            target_group=TargetGroup(self.zielgruppe.data) if self.zielgruppe.data else None,
        )

    def address_values(self, page: int) -> dict:
        """The same search on another page, as values of an address."""
        asked = {one.name: "1" if one.data is True else one.data for one in self if one.data and one is not self.seite}
        return {**asked, "seite": page}


class OfferFilter(Filter):
    """The search of the readers."""

    sprache = SelectField(_l("Sprache"), filters=[stripped], validators=[Optional()])
    stufenlos = BooleanField(_l("stufenlos erreichbar"))
    kostenlos = BooleanField(_l("kostenlos"))
    bestaetigt = BooleanField(_l("in den letzten 12 Monaten bestätigt"))

    def offer_languages(self, languages: list[str]) -> None:
        """Set the languages that can be chosen."""
        self.sprache.choices = [NO_CHOICE, *(SelectChoice(name) for name in languages)]

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        return Wanted(
            words=self.suche.data,
            category=self.kategorie.data or None,
            target_group=TargetGroup(self.zielgruppe.data) if self.zielgruppe.data else None,
            language=self.sprache.data or None,
            step_free=self.stufenlos.data,
            free=self.kostenlos.data,
            confirmed=self.bestaetigt.data,
        )


class AtlasFilter(Filter):
    """The search of the office."""

    traeger = SelectField(_l("Träger"), filters=[stripped], validators=[Optional()])
    stand = SelectField(
        _l("Stand"),
        filters=[stripped],
        validators=[Optional()],
        choices=[
            SelectChoice("", _l("alle laufenden")),
            *(SelectChoice(one.value, one.label) for one in Standing),
        ],
    )

    def offer_providers(self, providers: list[tuple[int, str]]) -> None:
        """Set the providers that can be chosen."""
        self.traeger.choices = [NO_CHOICE, *(SelectChoice(str(id_), name) for id_, name in providers)]

    @property
    def provider_id(self) -> int | None:
        """The provider chosen, or None."""
        return typed_id(self.traeger.data)

    @property
    def standing(self) -> Standing | None:
        """The standing chosen; None is everything that has not ended."""
        return Standing(self.stand.data) if self.stand.data else None
