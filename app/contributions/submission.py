"""What a phone sent, as form or JSON, checked field by field. Pure: no request, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.contributions import rules
from app.contributions.enums import Kind
from app.core.vocabulary import TargetGroup


@dataclass
class Submission:
    """The checked values; `errors` maps a field to messages and is empty when everything can be stored."""

    text: str = ""
    kind: Kind | None = None
    client_id: str | None = None
    target_group: TargetGroup | None = None
    area_id: int | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)


def read(given: Mapping, quarters: Mapping[str, int]) -> Submission:
    """Check what was sent; `quarters` maps the codes and ids that may be named to area ids."""
    sent = Submission(text=rules.clean_text(_string(given, "text")))
    sent.client_id = rules.clean_client_id(_string(given, "client_id"))
    sent.kind = _member(Kind, _string(given, "kind"))
    if not sent.text:
        sent.errors["text"] = [_("Schreiben Sie bitte, was Sie beitragen möchten.")]
    elif len(sent.text) > rules.MAX_TEXT:
        sent.errors["text"] = [
            _(
                "Der Text ist zu lang: höchstens %(limit)s Zeichen, jetzt sind es %(count)s. "
                "Kürzen Sie ihn oder senden Sie zwei Beiträge.",
                limit=f"{rules.MAX_TEXT:,}".replace(",", "."),
                count=f"{len(sent.text):,}".replace(",", "."),
            )
        ]
    if sent.kind is None:
        sent.errors["kind"] = [_("Wählen Sie aus, was Ihr Beitrag ist.")]
    if sent.client_id is None:
        sent.errors["client_id"] = [_("Es fehlt eine gültige Kennung (UUID). Laden Sie die Seite neu.")]
    _read_optional(sent, given, quarters)
    return sent


def _read_optional(sent: Submission, given: Mapping, quarters: Mapping[str, int]) -> None:
    if group := _string(given, "target_group"):
        sent.target_group = _member(TargetGroup, group)
        if sent.target_group is None:
            sent.errors["target_group"] = [_("Diese Zielgruppe steht nicht zur Auswahl.")]
    if area := _string(given, "area"):
        sent.area_id = quarters.get(area)
        if sent.area_id is None:
            sent.errors["area"] = [_("Dieses Quartier gehört nicht zum Gebiet der Konferenz.")]


def _string(given: Mapping, name: str) -> str:
    """The field as text; numbers count (an id sent as JSON), lists and objects do not."""
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return value.strip() if isinstance(value, str) and name != "text" else str(value)


def _member(enum, value: str):
    try:
        return enum(value)
    except ValueError:
        return None
