"""What is chosen beside the columns when values are imported."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from app.core.typed import stripped


class RawChoices(FlaskForm):
    """Areas, day, and the indicator of a series; choices are passed in."""

    areas = SelectField(
        _l("Gebiete"),
        validators=[DataRequired(_l("Wählen Sie die Gebiete. Gibt es noch keine, importieren Sie sie zuerst."))],
        description=_l("Wo die Schlüssel der Datei gelten."),
    )
    reference_date = DateField(
        _l("Stichtag"), validators=[Optional()], description=_l("Bleibt leer, wenn die Datei ihn selbst nennt.")
    )
    indicator = SelectField(
        _l("Indikator"), description=_l("Nur wenn alle Spalten Werte desselben Indikators sind, etwa je Jahr.")
    )
    source = StringField(
        _l("Quelle"),
        filters=[stripped],
        validators=[Length(max=255)],
        description=_l("Steht bei Indikatoren, die mit dieser Datei neu kommen."),
    )


class ValueChoices(RawChoices):
    """Also who cleared the values: without that nothing is published."""

    cleared_by = StringField(
        _l("Freigegeben von"),
        filters=[stripped],
        validators=[DataRequired(_l("Nennen Sie die Stelle, die die Werte freigegeben hat.")), Length(max=160)],
        description=_l("zum Beispiel Statistikstelle der Stadt"),
    )
    cleared_on = DateField(
        _l("Freigegeben am"), validators=[DataRequired(_l("Nennen Sie den Tag der Freigabe, zum Beispiel 01.03.2026."))]
    )
