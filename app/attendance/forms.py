"""Forms of the attendance floor."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.core.typed import stripped


class WalkInForm(FlaskForm):
    """Somebody without registration; everything may stay empty. Choices are passed in."""

    first_name = StringField(_l("Vorname"), filters=[stripped], validators=[Length(max=80)])
    last_name = StringField(_l("Nachname"), filters=[stripped], validators=[Length(max=80)])
    institution = SelectField(_l("Institution aus dem Verzeichnis"), coerce=int)
    organisation = StringField(_l("Andere Institution"), filters=[stripped], validators=[Length(max=160)])
    table = SelectField(_l("Tisch"), coerce=int)


class TableForm(FlaskForm):
    """Another table for somebody; choices are passed in."""

    table = SelectField(_l("Tisch"), coerce=int)


class FeedbackForm(FlaskForm):
    """Two marks and two texts."""

    useful = RadioField(_l("Wie nützlich war die Veranstaltung für Sie?"), coerce=int)
    heard = RadioField(_l("Wurden Sie gehört?"), coerce=int)
    good = TextAreaField(_l("Was war gut?"), filters=[stripped], validators=[Length(max=2000)])
    better = TextAreaField(_l("Was sollte besser werden?"), filters=[stripped], validators=[Length(max=2000)])

    def offer(self, useful: list[tuple[int, str]], heard: list[tuple[int, str]], missing: str) -> None:
        """Set the marks to choose from, and the sentence for a mark that is missing."""
        for field, choices in ((self.useful, useful), (self.heard, heard)):
            field.choices = choices
            field.validators = [InputRequired(missing)]
