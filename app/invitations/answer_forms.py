"""Forms of answering: by link and by phone."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.conferences.models import Topic
from app.core.mail import valid_address
from app.invitations import rules
from app.invitations.enums import Answer, Place
from app.invitations.forms import line, text
from app.invitations.models import Invitation
from app.invitations.rules import MOST_PEOPLE, MOST_WISHES, Need, Person

ANSWERS = [Answer.YES, Answer.SUBSTITUTE, Answer.NO]
NAMES = ("first_name", "last_name")
LONGEST_NEED = 1000
ADDRESS_WANTED = _l("Geben Sie eine E-Mail-Adresse wie name@verein.example ein.")
ASKED_OF_GUESTS = [
    SelectChoice(Answer.YES.value, _l("Ja, wir kommen")),
    SelectChoice(Answer.SUBSTITUTE.value, _l("Eine Kollegin oder ein Kollege kommt an meiner Stelle")),
    SelectChoice(Answer.NO.value, _l("Nein, wir können nicht kommen")),
]


def no_wish(value: str | None) -> str:
    """A wish that was not sent is none."""
    return value or ""


def short(most: int) -> Length:
    """At most so many characters, in the reader's language."""
    return Length(max=most, message=_l("Kürzen Sie den Text auf höchstens %(max)d Zeichen."))


class PersonForm(Form):
    """One person who comes; a block left empty is ignored.

    What a person needs is never shown back: whoever holds the link next need not know. `forget` takes it back.
    """

    first_name = StringField(_l("Vorname"), filters=[line], validators=[short(80)])
    last_name = StringField(_l("Nachname"), filters=[line], validators=[short(80)])
    email = EmailField(_l("E-Mail-Adresse"), filters=[line], validators=[short(254)])
    need = TextAreaField(
        _l("Was brauchen Sie, um gut teilnehmen zu können?"), filters=[text], validators=[short(LONGEST_NEED)]
    )
    accessible_place = BooleanField(_l("Ich brauche einen barrierefreien Platz"))
    forget = BooleanField(_l("Früher notierten Bedarf löschen"))

    @property
    def person(self) -> Person:
        """Who was typed, with what they need."""
        need = Need(self.need.data, self.accessible_place.data, self.forget.data)
        return Person(self.first_name.data, self.last_name.data, self.email.data, need)

    @property
    def is_used(self) -> bool:
        """Whether anything was typed that must not be lost."""
        return any(self[name].data for name in (*NAMES, "email", "need", "accessible_place"))


class Wishes:
    """Three selects of topics; mixed into forms that have `wishes`."""

    topics: list[Topic]

    def offer(self, topics: list[Topic]) -> None:
        """Fill the selects."""
        self.topics = topics
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
            seen[-1].errors = [*seen[-1].errors, str(problem)]
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
    substitute = FormField(PersonForm)
    wishes = FieldList(SelectField(_l("Thema"), filters=[no_wish]), min_entries=MOST_WISHES, max_entries=MOST_WISHES)
    message = TextAreaField(_l("Nachricht"), filters=[text], validators=[short(2000)])

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
        return [block.form.person for block in self._used_blocks]

    @property
    def _used_blocks(self) -> list[FormField]:
        return [block for block in self.people if block.form.is_used]

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
        if problem:
            incomplete = [block for block in self._used_blocks if not all(block.form[name].data for name in NAMES)]
            _note(_first_empty((incomplete or self.people.entries)[0].form), problem)
        wrong = [block.form.email for block in self._used_blocks if not _usable_or_empty(block.form.email.data)]
        for field in wrong:
            _note(field, ADDRESS_WANTED)
        return problem is None and not wrong

    def _substitute_named(self) -> bool:
        form = self.substitute.form
        problem = rules.people_problem(self.named, most=1)
        if problem:
            _note(_first_empty(form), problem)
        if not valid_address(form.email.data):
            _note(form.email, ADDRESS_WANTED)
            return False
        return problem is None


def topic_label(topic: Topic) -> str:
    """The topic as people choose it; an open one gets its title on the day."""
    return _("%(title)s (freies Thema)", title=topic.title) if topic.is_open else topic.title


def answer_so_far(invitation: Invitation) -> dict:
    """What the form shows first: the last answer, or the contact as the one who would come."""
    coming = [row for row in invitation.registrations if row.place is not Place.CANCELLED]
    named = [{"first_name": row.first_name, "last_name": row.last_name, "email": row.email} for row in coming]
    sent_somebody = invitation.answer is Answer.SUBSTITUTE
    contact = invitation.contact
    proposed = [{"first_name": contact.first_name, "last_name": contact.last_name}] if contact else []
    return {
        "answer": None if invitation.answer is Answer.NONE else invitation.answer.value,
        "people": named if named and not sent_somebody else proposed,
        "substitute": named[0] if named and sent_somebody else {},
        "wishes": [str(wish.topic_id) for wish in coming[0].wishes] if coming else [],
        "message": invitation.message,
    }


def mark_noted_needs(form: AnswerForm, invitation: Invitation, noted: Collection[int]) -> dict[str, bool]:
    """Which blocks of the form are for somebody with a need noted (ids in `noted`), by the name of their field."""
    keys = {Person(row.first_name, row.last_name).key for row in invitation.registrations if row.id in noted}
    return {block.name: block.form.person.key in keys for block in [*form.people, form.substitute]}


def _usable_or_empty(address: str) -> bool:
    return not address or valid_address(address)


def _note(field, problem: object) -> None:
    field.errors = [*field.errors, str(problem)]


def _first_empty(form: Form):
    return next((form[name] for name in NAMES if not form[name].data), form[NAMES[0]])
