"""Forms of answering: by link and by phone."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, FieldList, Form, FormField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.conferences.models import Topic
from app.core.mail import valid_address
from app.invitations import rules
from app.invitations.enums import Answer
from app.invitations.forms import line, text
from app.invitations.models import Invitation
from app.invitations.rules import MOST_PEOPLE, MOST_WISHES, Person

ANSWERS = [Answer.YES, Answer.SUBSTITUTE, Answer.NO]
NAMES = ("first_name", "last_name")
ASKED_OF_GUESTS = [
    SelectChoice(Answer.YES.value, _l("Ja, wir kommen")),
    SelectChoice(Answer.SUBSTITUTE.value, _l("Eine Kollegin oder ein Kollege kommt an meiner Stelle")),
    SelectChoice(Answer.NO.value, _l("Nein, wir können nicht kommen")),
]


def no_wish(value: str | None) -> str:
    """A wish that was not sent is none."""
    return value or ""


class PersonForm(Form):
    """One person who comes; a block left empty is ignored."""

    first_name = StringField(_l("Vorname"), filters=[line], validators=[Length(max=80)])
    last_name = StringField(_l("Nachname"), filters=[line], validators=[Length(max=80)])

    @property
    def person(self) -> Person:
        """Who was typed."""
        return Person(self.first_name.data, self.last_name.data)


class SubstituteForm(PersonForm):
    """A colleague who comes instead."""

    email = EmailField(_l("E-Mail-Adresse"), filters=[line], validators=[Length(max=254)])

    @property
    def person(self) -> Person:
        """Who was typed."""
        return Person(self.first_name.data, self.last_name.data, self.email.data)


class Wishes:
    """Three selects of topics; mixed into forms that have `wishes`."""

    def offer(self, topics: list[Topic]) -> None:
        """Fill the selects."""
        choices = [SelectChoice("", _("kein Wunsch"))]
        choices += [SelectChoice(str(topic.id), topic_label(topic)) for topic in topics]
        for field in self.wishes:
            field.choices = choices

    @property
    def topic_ids(self) -> list[int]:
        """The wishes made, best first, without gaps."""
        return [int(field.data) for field in self.wishes if field.data]

    def accepts_wishes(self) -> bool:
        """Note on the repeated select what is wrong with the wishes."""
        problem = rules.wishes_problem(self.topic_ids, self.topic_ids)
        if problem:
            seen = [field for n, field in enumerate(self.wishes) if field.data in [f.data for f in self.wishes][:n]]
            seen[-1].errors = [*seen[-1].errors, problem]
        return problem is None


class AnswerForm(FlaskForm, Wishes):
    """An institution's answer, by link or by phone."""

    answer = SelectField(
        _l("Antwort"),
        choices=[SelectChoice(answer.value, answer.label) for answer in ANSWERS],
        validators=[InputRequired(_l("Wählen Sie eine Antwort."))],
        validate_choice=False,
    )
    people = FieldList(FormField(PersonForm), min_entries=MOST_PEOPLE, max_entries=MOST_PEOPLE)
    substitute = FormField(SubstituteForm)
    wishes = FieldList(SelectField(_l("Thema"), filters=[no_wish]), min_entries=MOST_WISHES, max_entries=MOST_WISHES)
    message = TextAreaField(_l("Nachricht"), filters=[text], validators=[Length(max=2000)])

    def speak_to_guest(self) -> None:
        """Ask in the words of the answer page instead of the office's."""
        self.answer.label.text = _("Ihre Antwort")
        self.answer.choices = ASKED_OF_GUESTS

    @property
    def chosen(self) -> Answer:
        """The answer chosen."""
        return Answer(self.answer.data)

    @property
    def named(self) -> list[Person]:
        """The people who come according to the answer chosen."""
        if self.chosen is Answer.SUBSTITUTE:
            return [self.substitute.form.person]
        if self.chosen is Answer.NO:
            return []
        return [block.person for block in self.people if any(block.form[name].data for name in NAMES)]

    def validate_answer(self, field) -> None:
        """One of the three."""
        if field.data not in {answer.value for answer in ANSWERS}:
            raise ValidationError(_("Wählen Sie eine Antwort."))

    def validate(self, extra_validators=None) -> bool:
        """What the answer chosen needs, noted beside the field it is missing from."""
        if not super().validate(extra_validators):
            return False
        if self.chosen is Answer.NO:
            return True
        complete = self._substitute_named() if self.chosen is Answer.SUBSTITUTE else self._people_named()
        return self.accepts_wishes() and complete

    def _people_named(self) -> bool:
        problem = rules.people_problem(self.named)
        if problem is None:
            return True
        incomplete = [
            block for block in self.people if bool(block.form.first_name.data) != bool(block.form.last_name.data)
        ]
        field = _first_empty((incomplete or self.people.entries)[0].form)
        field.errors = [*field.errors, problem]
        return False

    def _substitute_named(self) -> bool:
        form = self.substitute.form
        problem = rules.people_problem(self.named, most=1)
        if problem:
            field = _first_empty(form)
            field.errors = [*field.errors, problem]
        if not valid_address(form.email.data):
            form.email.errors = [*form.email.errors, _("Geben Sie eine E-Mail-Adresse wie name@verein.example ein.")]
            return False
        return problem is None


def topic_label(topic: Topic) -> str:
    """The topic as people choose it; an open one gets its title on the day."""
    return _("%(title)s (freies Thema)", title=topic.title) if topic.is_open else topic.title


def answer_so_far(invitation: Invitation) -> dict:
    """What the form shows first: the last answer, or the contact as the one who would come."""
    people = [{"first_name": row.first_name, "last_name": row.last_name} for row in invitation.registrations]
    contact = invitation.contact
    if not people and contact is not None:
        people = [{"first_name": contact.first_name, "last_name": contact.last_name}]
    substitute = {}
    if invitation.answer is Answer.SUBSTITUTE and invitation.registrations:
        row = invitation.registrations[0]
        substitute = {"first_name": row.first_name, "last_name": row.last_name, "email": row.email}
    wishes = invitation.registrations[0].wishes if invitation.registrations else []
    return {
        "answer": None if invitation.answer is Answer.NONE else invitation.answer.value,
        "people": people,
        "substitute": substitute,
        "wishes": [str(wish.topic_id) for wish in wishes],
        "message": invitation.message,
    }


def _first_empty(form: Form):
    return next((form[name] for name in NAMES if not form[name].data), form[NAMES[0]])
