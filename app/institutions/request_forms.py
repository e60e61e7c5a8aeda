"""Forms around the wish to be invited: the one everybody may fill in, and those of the office."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.ids import typed_id
from app.core.mail import valid_address
from app.core.typed import stripped
from app.institutions.enums import InstitutionType, LegalBasis
from app.institutions.forms import SALUTATIONS
from app.institutions.models import InviteRequest
from app.institutions.requests import person_of
from app.institutions.services import ContactDetails

CHOOSE = SelectChoice("", _l("bitte wählen"))
TYPES = [CHOOSE, *(SelectChoice(one.value, one.label) for one in InstitutionType)]
WRONG_ADDRESS = _l("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@verband.de")


class AskForm(FlaskForm):
    """„Wir möchten eingeladen werden“; `website` is a trap that people do not see and programs fill in."""

    institution_name = StringField(
        _l("Name Ihrer Einrichtung, Ihres Vereins oder Ihrer Initiative"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie den Namen Ihrer Einrichtung ein.")),
            Length(max=160, message=_l("Bitte kürzen Sie den Namen auf höchstens 160 Zeichen.")),
        ],
    )
    person_name = StringField(
        _l("Ihr Name"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie Ihren Vor- und Nachnamen ein.")),
            Length(max=160, message=_l("Bitte kürzen Sie Ihren Namen auf höchstens 160 Zeichen.")),
        ],
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie die Adresse ein, an die wir die Einladung schicken können.")),
            Length(max=254, message=WRONG_ADDRESS),
        ],
    )
    area = SelectField(_l("Wo arbeiten Sie vor allem?"), validators=[Optional()])
    topics = StringField(
        _l("Woran arbeiten Sie?"),
        filters=[stripped],
        validators=[Length(max=300, message=_l("Bitte kürzen Sie auf höchstens 300 Zeichen."))],
    )
    message = TextAreaField(
        _l("Was möchten Sie uns noch sagen?"),
        filters=[stripped],
        validators=[Length(max=2000, message=_l("Bitte kürzen Sie auf höchstens 2000 Zeichen."))],
    )
    website = StringField(_l("Dieses Feld bitte leer lassen"), filters=[stripped])

    def offer_areas(self, areas: list[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        everywhere = SelectChoice("", _l("in der ganzen Kommune"))
        self.area.choices = [everywhere, *(SelectChoice(str(id_), label) for id_, label in areas)]

    @property
    def area_id(self) -> int | None:
        """The area chosen, or None."""
        return typed_id(self.area.data)

    @property
    def is_from_a_program(self) -> bool:
        """Whether something filled in what people do not see."""
        return bool(self.website.data)

    def validate_email(self, field: EmailField) -> None:
        """It must be possible to write there."""
        if field.data and not valid_address(field.data):
            raise ValidationError(WRONG_ADDRESS)


class PersonForm(FlaskForm):
    """Who asked, as the directory will keep it."""

    salutation = SelectField(_l("Anrede"), choices=SALUTATIONS, default="")
    first_name = StringField(_l("Vorname"), filters=[stripped], validators=[Length(max=80)])
    last_name = StringField(
        _l("Nachname"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie den Nachnamen ein.")), Length(max=80)],
    )

    def details_for(self, request: InviteRequest) -> ContactDetails:
        """What the services take; address and legal basis come with the request."""
        asked = person_of(request)
        return ContactDetails(
            salutation=self.salutation.data,
            first_name=self.first_name.data,
            last_name=self.last_name.data,
            email=asked.email,
            legal_basis=LegalBasis.CONSENT,
            legal_basis_note=asked.legal_basis_note,
        )


class TakeForm(PersonForm):
    """A new entry of the directory made of a request."""

    name = StringField(
        _l("Name der Institution"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie den Namen der Institution ein.")), Length(max=160)],
    )
    type = SelectField(_l("Art"), choices=TYPES, validators=[InputRequired(_l("Wählen Sie die Art."))])


class AttachForm(PersonForm):
    """The person as a contact of an institution that is there already."""

    institution = SelectField(_l("Institution"), validators=[InputRequired(_l("Wählen Sie die Institution."))])

    def offer_institutions(self, choices: list[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.institution.choices = [CHOOSE, *(SelectChoice(str(id_), name) for id_, name in choices)]

    def validate_institution(self, field: SelectField) -> None:
        """One of those offered."""
        if typed_id(field.data) is None:
            raise ValidationError(_("Wählen Sie die Institution."))
