"""Forms of the office: enter somebody by hand, change what is known of them, let somebody move up."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, FieldList, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.core.mail import valid_address
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.invitations.answer_forms import Wishes, no_wish
from app.invitations.forms import line, text
from app.invitations.models import Registration
from app.invitations.rules import MOST_WISHES, Person
from app.registrations.rules import Entry

LONGEST_NEED = 1000


class PersonForm(FlaskForm, Wishes):
    """What is known of somebody who comes; without institution and organisation a private person."""

    institution = SelectField(_l("Fachbereich oder Institution"), filters=[no_wish])
    organisation = StringField(
        _l("Andere Organisation, die nicht im Verzeichnis steht"), filters=[line], validators=[Length(max=160)]
    )
    first_name = StringField(
        _l("Vorname"), filters=[line], validators=[DataRequired(_l("Geben Sie den Vornamen an.")), Length(max=80)]
    )
    last_name = StringField(
        _l("Nachname"), filters=[line], validators=[DataRequired(_l("Geben Sie den Nachnamen an.")), Length(max=80)]
    )
    email = EmailField(_l("E-Mail-Adresse"), filters=[line], validators=[Length(max=254)])
    wishes = FieldList(SelectField(_l("Thema"), filters=[no_wish]), min_entries=MOST_WISHES, max_entries=MOST_WISHES)

    def offer_institutions(self, directory: list[Institution]) -> None:
        """Departments first: they prepare and come without invitation."""
        departments = [row for row in directory if row.type is InstitutionType.DEPARTMENT]
        others = [row for row in directory if row.type is not InstitutionType.DEPARTMENT]
        self.institution.choices = [
            SelectChoice("", _("keine: Privatperson oder andere Organisation")),
            *(
                SelectChoice(str(row.id), row.name, optgroup=group)
                for group, rows in [(_("Fachbereiche"), departments), (_("Institutionen"), others)]
                for row in rows
            ),
        ]

    def validate_organisation(self, field) -> None:
        """One of the two."""
        if field.data and self.institution.data:
            raise ValidationError(_("Wählen Sie oben eine Institution oder nennen Sie hier eine andere, nicht beides."))

    def validate_email(self, field) -> None:
        """An address one could write to, or none."""
        if field.data and not valid_address(field.data):
            raise ValidationError(_("Geben Sie eine E-Mail-Adresse wie name@verein.example ein."))

    def validate(self, extra_validators=None) -> bool:
        """Fields first, then the wishes together."""
        return super().validate(extra_validators) and self.accepts_wishes()

    @property
    def entry(self) -> Entry:
        """What was typed."""
        return Entry(
            person=Person(self.first_name.data, self.last_name.data, self.email.data),
            institution_id=int(self.institution.data) if self.institution.data else None,
            organisation=self.organisation.data,
            wishes=tuple(self.topic_ids),
        )


class EnterForm(PersonForm):
    """Somebody new, with what they need; who sees needs is said beside the field."""

    needs = TextAreaField(_l("Bedarf an Unterstützung"), filters=[text], validators=[Length(max=LONGEST_NEED)])
    accessible_place = BooleanField(_l("Braucht einen barrierefreien Platz"))

    @property
    def entry(self) -> Entry:
        """What was typed."""
        known = super().entry
        return Entry(
            person=known.person,
            institution_id=known.institution_id,
            organisation=known.organisation,
            wishes=known.wishes,
            needs=self.needs.data,
            accessible_place=self.accessible_place.data,
        )


class ReasonForm(FlaskForm):
    """Why somebody moves up before the others."""

    reason = StringField(
        _l("Warum vor den anderen?"),
        filters=[line],
        validators=[
            DataRequired(_l("Schreiben Sie in einem Satz, warum diese Person vor den anderen einen Platz bekommt.")),
            Length(max=200),
        ],
    )


def known_so_far(row: Registration) -> dict:
    """What the form shows first when somebody is changed."""
    return {
        "institution": str(row.institution_id or ""),
        "organisation": row.organisation,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "wishes": [str(wish.topic_id) for wish in row.wishes],
    }
