"""Forms of the offers floor."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.vocabulary import TargetGroup

NO_CHOICE = SelectChoice("", _l("alle"))
GROUPS = [SelectChoice(one.value, one.label) for one in TargetGroup if one is not TargetGroup.ALL]


def stripped(value: str | None) -> str:
    """A choice without surrounding space: `Optional` takes blank ones for empty ones, so must everybody after it."""
    return (value or "").strip()


class OfferFilter(FlaskForm):
    """What readers narrow the list by; sent by GET, so without token."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    kategorie = SelectField(_l("Kategorie"), filters=[stripped], validators=[Optional()])
    zielgruppe = SelectField(
        _l("Zielgruppe"),
        filters=[stripped],
        validators=[Optional()],
        choices=[NO_CHOICE, *GROUPS],
    )
    gebiet = SelectField(_l("Gebiet"), filters=[stripped], validators=[Optional()])

    def offer(self, categories: list[str], areas: list[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.kategorie.choices = [NO_CHOICE, *(SelectChoice(name) for name in categories)]
        self.gebiet.choices = [
            SelectChoice("", _l("ganze Kommune")),
            *(SelectChoice(str(area_id), label) for area_id, label in areas),
        ]
