"""Forms of guests: register without an invitation, and change what is on everybody's own page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.core.mail import valid_address
from app.invitations.answer_forms import Wishes, no_wish
from app.invitations.forms import line, text
from app.invitations.models import AssistanceNeed, Registration
from app.invitations.rules import MOST_WISHES, Person
from app.registrations.office_forms import LONGEST_NEED
from app.registrations.rules import Entry

FOR_INSTITUTION, PRIVATE = "institution", "privat"


class DetailsForm(FlaskForm, Wishes):
    """What people may change themselves at any time: wishes and needs."""

    wishes = FieldList(SelectField(_l("Thema"), filters=[no_wish]), min_entries=MOST_WISHES, max_entries=MOST_WISHES)
    needs = TextAreaField(
        _l("Brauchen Sie Unterstützung, um teilzunehmen?"),
        filters=[text],
        validators=[Length(max=LONGEST_NEED, message=_l("Bitte kürzer: höchstens 1.000 Zeichen."))],
    )
    accessible_place = BooleanField(_l("Ich brauche einen barrierefreien Platz."))

    def validate(self, extra_validators=None) -> bool:
        """Fields first, then the wishes together."""
        return super().validate(extra_validators) and self.accepts_wishes()


class OpenForm(DetailsForm):
    """Somebody registers without an invitation. `website` is a trap: people do not see it, programs fill it in."""

    first_name = StringField(
        _l("Vorname"),
        filters=[line],
        validators=[DataRequired(_l("Geben Sie Ihren Vornamen an.")), Length(max=80)],
        render_kw={"autocomplete": "given-name"},
    )
    last_name = StringField(
        _l("Nachname"),
        filters=[line],
        validators=[DataRequired(_l("Geben Sie Ihren Nachnamen an.")), Length(max=80)],
        render_kw={"autocomplete": "family-name"},
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        filters=[line],
        validators=[DataRequired(_l("Geben Sie Ihre E-Mail-Adresse an.")), Length(max=254)],
        render_kw={"autocomplete": "email"},
    )
    comes_as = RadioField(
        _l("Für wen kommen Sie?"),
        choices=[
            SelectChoice(FOR_INSTITUTION, _l("Ich komme für eine Institution")),
            SelectChoice(PRIVATE, _l("Ich komme als Privatperson")),
        ],
        default=FOR_INSTITUTION,
        validate_choice=False,
    )
    institution = StringField(
        _l("Name der Institution"),
        filters=[line],
        validators=[Length(max=160)],
        render_kw={"autocomplete": "organization", "required": False},
    )
    website = StringField(filters=[line])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.institution.flags.required = True  # shown so; private persons leave it out

    def validate_email(self, field) -> None:
        """An address one can write to."""
        if field.data and not valid_address(field.data):
            raise ValidationError(_("Geben Sie eine E-Mail-Adresse wie name@verein.example ein."))

    def validate_comes_as(self, field) -> None:
        """One of the two."""
        if field.data not in {FOR_INSTITUTION, PRIVATE}:
            raise ValidationError(_("Wählen Sie aus, für wen Sie kommen."))

    def validate_institution(self, field) -> None:
        """A name, where somebody comes for an institution."""
        if self.comes_as.data == FOR_INSTITUTION and not field.data:
            raise ValidationError(_("Geben Sie an, für welche Institution Sie kommen."))

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in the form."""
        return bool(self.website.data)

    @property
    def entry(self) -> Entry:
        """What was typed; the institution is looked up later."""
        return Entry(
            person=Person(self.first_name.data, self.last_name.data, self.email.data),
            organisation=self.institution.data if self.comes_as.data == FOR_INSTITUTION else "",
            wishes=tuple(self.topic_ids),
            needs=self.needs.data,
            accessible_place=self.accessible_place.data,
        )


def details_so_far(registration: Registration, need: AssistanceNeed | None) -> dict:
    """What the own page's form shows first."""
    return {
        "wishes": [str(wish.topic_id) for wish in registration.wishes],
        "needs": need.text if need else "",
        "accessible_place": bool(need and need.accessible_place),
    }
