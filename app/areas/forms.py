"""Forms of the areas floor; choices are passed in."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.areas.choices import area_choices
from app.areas.models import Area, AreaLevel
from app.core.ids import typed_id
from app.core.typed import stripped


class Day(DateField):
    """A calendar day that may be left out."""

    def __init__(self, label, **options):
        super().__init__(label, validators=[Optional()], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; raises ValueError with a sentence that says how to write it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("Geben Sie einen Tag ein, zum Beispiel 31.12.2026.")) from error


class SchemeForm(FlaskForm):
    """Name and validity of a scheme."""

    name = StringField(
        _l("Name"), filters=[stripped], validators=[DataRequired(_l("Geben Sie den Namen ein.")), Length(max=120)]
    )
    valid_from = Day(_l("Gültig ab"))
    valid_to = Day(_l("Gültig bis"))
    note = TextAreaField(_l("Anmerkung"), filters=[stripped], validators=[Length(max=2000)])


class LevelForm(FlaskForm):
    """One more level, below those there are."""

    name = StringField(
        _l("Name der Ebene"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie den Namen der Ebene ein.")), Length(max=80)],
    )


class AreaForm(FlaskForm):
    """Name and place of an area."""

    name = StringField(
        _l("Name"), filters=[stripped], validators=[DataRequired(_l("Geben Sie den Namen ein.")), Length(max=160)]
    )
    parent = SelectField(_l("Liegt in"), filters=[stripped], validators=[Optional()])

    def offer_parents(self, areas: Sequence[Area]) -> None:
        """Set the areas that may lie above."""
        self.parent.choices = [
            SelectChoice("", _l("keinem anderen Gebiet")),
            *(SelectChoice(str(area_id), label) for area_id, label in area_choices(areas)),
        ]

    @property
    def parent_id(self) -> int | None:
        """The chosen area above."""
        return typed_id(self.parent.data)


class NewAreaForm(AreaForm):
    """An area added by hand."""

    code = StringField(
        _l("Schlüssel"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie den Schlüssel ein.")), Length(max=40)],
    )
    level = SelectField(_l("Ebene"), filters=[stripped], validators=[InputRequired(_l("Wählen Sie die Ebene."))])

    def offer_levels(self, levels: Sequence[AreaLevel]) -> None:
        """Set the levels an area can be on."""
        self.level.choices = [SelectChoice(str(level.id), level.name) for level in levels]


class GroupForm(FlaskForm):
    """Areas taken together. Action areas have a reason and a day, groupings a family."""

    name = StringField(
        _l("Name"), filters=[stripped], validators=[DataRequired(_l("Geben Sie den Namen ein.")), Length(max=160)]
    )
    family = StringField(_l("Was wird zusammengefasst?"), filters=[stripped], validators=[Length(max=80)])
    areas = SelectMultipleField(
        _l("Gebiete"), coerce=int, validators=[InputRequired(_l("Wählen Sie mindestens ein Gebiet."))]
    )
    reason = TextAreaField(_l("Begründung"), filters=[stripped], validators=[Length(max=2000)])
    confirmed_on = Day(_l("Bestätigt am"))

    @property
    def given(self) -> dict:
        """What the acts take beside kind and areas."""
        return {
            "name": self.name.data,
            "family": self.family.data,
            "reason": self.reason.data,
            "confirmed_on": self.confirmed_on.data,
        }


class CrosswalkChoice(FlaskForm):
    """Which older scheme, and which levels are compared; sent by GET, so without token."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    aelter = SelectField(_l("Frühere Gliederung"), filters=[stripped], validators=[Optional()])
    von = SelectField(_l("Ebene der früheren"), filters=[stripped], validators=[Optional()])
    nach = SelectField(_l("Ebene der neuen"), filters=[stripped], validators=[Optional()])


class CrosswalkFile(FlaskForm):
    """A crosswalk as a table."""

    file = FileField(_l("Datei"), validators=[FileRequired(_l("Wählen Sie eine Datei."))])
