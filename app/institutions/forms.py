"""Forms of the directory."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.ids import typed_id
from app.core.mail import valid_address
from app.core.typed import stripped
from app.institutions.enums import InstitutionType
from app.institutions.services import ContactDetails

MOST_CONTACTS = 20
SALUTATIONS = [SelectChoice("", _l("ohne Anrede")), SelectChoice("Frau", _l("Frau")), SelectChoice("Herr", _l("Herr"))]


class ContactForm(Form):
    """One contact person; a block left empty is ignored."""

    contact_id = HiddenField()
    salutation = SelectField(_l("Anrede"), choices=SALUTATIONS, default="")
    first_name = StringField(_l("Vorname"), filters=[stripped], validators=[Length(max=80)])
    last_name = StringField(_l("Nachname"), filters=[stripped], validators=[Length(max=80)])
    role = StringField(_l("Funktion"), filters=[stripped], validators=[Length(max=120)])
    email = EmailField(_l("E-Mail-Adresse"), filters=[stripped], validators=[Length(max=254)])
    remove = BooleanField(_l("Diese Kontaktperson entfernen"))

    @property
    def is_used(self) -> bool:
        """Whether anything was typed and the person is to stay."""
        typed = self.first_name.data or self.last_name.data or self.role.data or self.email.data
        return bool(typed) and not self.remove.data

    @property
    def details(self) -> ContactDetails:
        """What the services take."""
        return ContactDetails(
            id=typed_id(self.contact_id.data),
            salutation=self.salutation.data,
            first_name=self.first_name.data,
            last_name=self.last_name.data,
            role=self.role.data,
            email=self.email.data,
        )

    def validate_last_name(self, field: StringField) -> None:
        """A person needs a name to be written to."""
        if self.is_used and not field.data:
            raise ValidationError(_("Geben Sie den Nachnamen ein oder leeren Sie die übrigen Felder dieser Person."))

    def validate_email(self, field: EmailField) -> None:
        """An address is optional, a wrong one is not."""
        if self.is_used and field.data and not valid_address(field.data):
            raise ValidationError(_("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@verband.de"))


class InstitutionForm(FlaskForm):
    """An institution with areas and contact people; choices of `areas` are passed in."""

    name = StringField(
        _l("Name"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie den Namen der Institution ein.")), Length(max=160)],
    )
    short_name = StringField(_l("Kurzname"), filters=[stripped], validators=[Length(max=60)])
    type = SelectField(
        _l("Art"), choices=InstitutionType.choices, validators=[InputRequired(_l("Wählen Sie die Art."))]
    )
    umbrella = StringField(_l("Dachverband"), filters=[stripped], validators=[Length(max=80)])
    areas = SelectMultipleField(_l("Gebiete"), coerce=int)
    note = TextAreaField(_l("Notiz"), filters=[stripped], validators=[Length(max=2000)])
    contacts = FieldList(FormField(ContactForm), min_entries=1, max_entries=MOST_CONTACTS)

    @property
    def contact_details(self) -> list[ContactDetails]:
        """The people to keep, in the order of the page."""
        return [block.form.details for block in self.contacts if block.form.is_used]

    def offer_another_contact(self) -> None:
        """Add an empty block, as long as there is room."""
        if len(self.contacts) < MOST_CONTACTS:
            self.contacts.append_entry()


class SingleContactForm(FlaskForm, ContactForm):
    """One more contact person, on the institution's page."""

    contact_id = None
    remove = None
    last_name = StringField(
        _l("Nachname"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie den Nachnamen ein.")), Length(max=80)],
    )

    @property
    def is_used(self) -> bool:
        """The whole form is this person."""
        return True

    @property
    def details(self) -> ContactDetails:
        """What the services take."""
        return ContactDetails(
            salutation=self.salutation.data,
            first_name=self.first_name.data,
            last_name=self.last_name.data,
            role=self.role.data,
            email=self.email.data,
        )
