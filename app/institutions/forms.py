"""Forms of the directory."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.ids import typed_id
from app.core.mail import valid_address
from app.core.typed import stripped
from app.institutions import rules
from app.institutions.enums import InstitutionType, LegalBasis
from app.institutions.models import Contact, Institution
from app.institutions.records import CONTACT_FIELDS
from app.institutions.services import ContactDetails

LEGAL_BASES = [
    SelectChoice("", _l("nicht festgehalten")),
    *(SelectChoice(one.value, one.label) for one in LegalBasis),
]
SALUTATIONS = [SelectChoice("", _l("ohne Anrede")), SelectChoice("Frau", _l("Frau")), SelectChoice("Herr", _l("Herr"))]


class ContactForm(Form):
    """One contact person; a block left empty is ignored."""

    contact_id = HiddenField()
    salutation = SelectField(_l("Anrede"), choices=SALUTATIONS, default="")
    first_name = StringField(_l("Vorname"), filters=[stripped], validators=[Length(max=80)])
    last_name = StringField(_l("Nachname"), filters=[stripped], validators=[Length(max=80)])
    role = StringField(_l("Funktion"), filters=[stripped], validators=[Length(max=120)])
    email = EmailField(_l("E-Mail-Adresse"), filters=[stripped], validators=[Length(max=254)])
    phone = TelField(_l("Telefon"), filters=[stripped], validators=[Length(max=60)])
    legal_basis = SelectField(_l("Rechtsgrundlage"), choices=LEGAL_BASES, default="")
    legal_basis_note = StringField(_l("Hinweis zur Rechtsgrundlage"), filters=[stripped], validators=[Length(max=200)])
    remove = BooleanField(_l("Diese Kontaktperson entfernen"))

    @property
    def is_used(self) -> bool:
        """Whether anything was typed and the person is to stay."""
        typed = (self.first_name, self.last_name, self.role, self.email, self.phone)
        return any(field.data for field in typed) and not self.remove.data

    @property
    def details(self) -> ContactDetails:
        """What the services take."""
        values = {name: self[name].data for name in CONTACT_FIELDS}
        values["legal_basis"] = LegalBasis(values["legal_basis"]) if values["legal_basis"] else None
        return ContactDetails(id=typed_id(self.contact_id.data) if self.contact_id else None, **values)

    def validate_last_name(self, field: StringField) -> None:
        """A person needs a name to be written to."""
        if self.is_used and not field.data:
            raise ValidationError(_("Geben Sie den Nachnamen ein oder leeren Sie die übrigen Felder dieser Person."))

    def validate_email(self, field: EmailField) -> None:
        """An address is optional, a wrong one is not."""
        if self.is_used and field.data and not valid_address(field.data):
            raise ValidationError(_("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@verband.de"))


class InstitutionForm(FlaskForm):
    """An institution with areas and contact people; choices of `areas` and the `known` topics are passed in."""

    known: tuple[str, ...] = ()
    umbrellas: tuple[str, ...] = ()

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
    topics = StringField(_l("Themen"), filters=[stripped], validators=[Length(max=1000)])
    confirmed_on = DateField(_l("Zuletzt bestätigt am"), validators=[Optional()])
    note = TextAreaField(_l("Notiz"), filters=[stripped], validators=[Length(max=2000)])
    contacts = FieldList(FormField(ContactForm), min_entries=1, max_entries=rules.MOST_CONTACTS)

    def validate_topics(self, field: StringField) -> None:
        """A few words, none a sentence."""
        if problem := rules.problems_with_topics(rules.topics_of(field.data)):
            raise ValidationError(problem)

    def validate_confirmed_on(self, field: DateField) -> None:
        """A day of our time."""
        if field.data and not rules.is_plausible(field.data):
            raise ValidationError(_("Prüfen Sie das Jahr."))

    @property
    def contact_details(self) -> list[ContactDetails]:
        """The people to keep, in the order of the page."""
        return [block.form.details for block in self.contacts if block.form.is_used]

    def offer_another_contact(self) -> None:
        """Add an empty block, as long as there is room."""
        if len(self.contacts) < rules.MOST_CONTACTS:
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


def values_of(row: Institution) -> dict:
    """What a form for an institution (areas and contacts loaded) begins with."""
    plain = ("name", "short_name", "umbrella", "note", "confirmed_on")
    return {
        **{name: getattr(row, name) for name in plain},
        "type": row.type.value,
        "topics": ", ".join(row.topics),
        "areas": [area.id for area in row.areas],
        "contacts": [_values_of_contact(contact) for contact in row.contacts],
    }


def _values_of_contact(contact: Contact) -> dict:
    values = {name: getattr(contact, name) for name in CONTACT_FIELDS}
    return values | {"contact_id": contact.id, "legal_basis": contact.legal_basis.value if contact.legal_basis else ""}
