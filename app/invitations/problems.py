"""What may be wrong with an answer, in words guests read."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class AnswerProblem(LabelledEnum):
    """What may be wrong with an answer; as text it is the sentence that says so, in the reader's language."""

    NOBODY = "nobody", _l("Nennen Sie mindestens eine Person, die kommt.")
    CROWD = "crowd", _l("Höchstens 3 Personen je Einladung. Rufen Sie uns an, wenn mehr kommen möchten.")
    HALF_A_NAME = "half_a_name", _l("Geben Sie für jede Person Vorname und Nachname an.")
    TWICE = "twice", _l("Eine Person ist zweimal genannt.")
    MANY_WISHES = "many_wishes", _l("Höchstens 3 Themen.")
    SAME_WISH = "same_wish", _l("Wählen Sie jedes Thema nur einmal.")
    FOREIGN_WISH = "foreign_wish", _l("Ein Thema gehört nicht zu dieser Konferenz. Laden Sie die Seite neu.")

    def __str__(self) -> str:
        return str(self.label)
