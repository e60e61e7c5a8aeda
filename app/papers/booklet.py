"""What readers read, in sentences: made from a frozen document alone, the same for page, PDF and Word."""

from datetime import datetime
from unicodedata import bidirectional

from app.core import german
from app.papers import figure_tables
from app.papers.frozen_figures import key_of
from app.papers.outline import count, enumerate_words

WITHOUT_FIELD = "Weitere Empfehlungen"


def booklet(document: dict, sha256: str, today: dict[tuple, dict] | None = None) -> dict:
    """The document as text: every number, date and list is spelled out here and nowhere else.

    `today` holds live figures by `frozen_figures.key_of`; they only ever stand beside the frozen ones.
    """
    voices = {row["id"]: _voice(row) for row in document["contributions"]}
    recommendations = [_recommendation(row, voices, today) for row in document["recommendations"]]
    return {
        "title": document["title"],
        "municipality": document["municipality"],
        "subtitle": _subtitle(document),
        "version": document["version"],
        "frozen_at": int(_moment(document["frozen_at"]).timestamp()),
        "version_line": _version_line(document),
        "replaces_line": _replaces_line(document),
        "sha256": sha256,
        "facts": _facts(document),
        "sections": _sections(document),
        "area": {**document["area"], "scheme": document["area_scheme"]},
        "area_figures": figure_tables.groups(own_figures(document), today),
        "area_tables": figure_tables.area_tables(document),
        "legend": figure_tables.LEGEND,
        "fields": _fields(document, recommendations),
        "recommendations": recommendations,
        "points": [_point(row, document, voices) for row in document["points"]],
        "tables": _tables(document, voices),
        "set_aside": _set_aside(document, voices),
        "open_line": _open_line(document["open_contributions"]),
    }


def _sections(document: dict) -> list[dict]:
    """The sections with something to read in them."""
    filled = {
        "method": True,
        "area": bool(document["area_figures"]),
        "dialogue": bool(document["points"]),
        "fields": bool(document["recommendations"]),
    }
    return [row for row in document["sections"] if row["body"].strip() or filled.get(row["key"])]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _subtitle(document: dict) -> str:
    area, conference = document["area"], document["conference"]
    return f"{area['level']} {area['name']} · {conference['title']} am {german.day(_moment(conference['starts_at']))}"


def _version_line(document: dict) -> str:
    return f"Version {document['version']} vom {german.day(_moment(document['frozen_at']))}"


def _replaces_line(document: dict) -> str:
    older = document["replaces"]
    if not older:
        return ""
    return f"Ersetzt Version {older['number']}, veröffentlicht am {german.day(_moment(older['published_at']))}."


def _facts(document: dict) -> list[dict]:
    conference = document["conference"]
    rows = [
        ("Veranstaltung", f"{conference['title']}, {german.long_day(_moment(conference['starts_at']))}"),
        ("Ort", ", ".join(filter(None, [conference["venue"], conference["venue_address"]]))),
        ("Eingeladen", _counted(conference["institutions_invited"], "Institution", "Institutionen")),
        ("Angemeldet", _attending(conference)),
        ("Gesprochen", _at_tables(conference["tables"])),
        ("Beiträge", _counted(_all_voices(document), "Beitrag", "Beiträge")),
        ("Ergebnispunkte", _counted(len(document["points"]), "Ergebnispunkt", "Ergebnispunkte")),
    ]
    return [{"name": name, "text": text} for name, text in rows if text]


def _attending(conference: dict) -> str:
    institutions, persons = conference["institutions_attending"], conference["persons_attending"]
    if not institutions:
        return ""
    return f"{count(institutions, 'Institution', 'Institutionen')} mit {count(persons, 'Person', 'Personen')}"


def _at_tables(tables: list[dict]) -> str:
    topics = {table["topic"] for table in tables}
    if not tables:
        return ""
    return f"an {count(len(tables), 'Tisch', 'Tischen')} zu {count(len(topics), 'Thema', 'Themen')}"


def _all_voices(document: dict) -> int:
    return len(document["contributions"]) + document["open_contributions"]


def _counted(number: int, one: str, many: str) -> str:
    return count(number, one, many) if number else ""


def _open_line(number: int) -> str:
    if not number:
        return ""
    verb = "ist" if number == 1 else "sind"
    return f"{count(number, 'Beitrag', 'Beiträge')} {verb} in dieser Version noch nicht ausgewertet."


def _voice(row: dict) -> dict:
    about = [row["kind"]["label"], f"Tisch {row['table']}"]
    if row["target_group"]:
        about.append(row["target_group"]["label"])
    if row["area"]:
        about.append(row["area"])
    if row["dots"]:
        about.append(count(row["dots"], "Punkt", "Punkte"))
    return {
        "id": row["id"],
        "text": row["text"],
        "language": row["language"] or "",
        "direction": _direction(row["text"]),
        "table": row["table"],
        "about": " · ".join(about),
        "reason": "",
        "dots": row["dots"],
    }


def _strongest_first(ids: list[int], voices: dict[int, dict]) -> list[dict]:
    return sorted((voices[id_] for id_ in ids), key=lambda voice: (-voice["dots"], voice["id"]))


def _direction(text: str) -> str:
    """„rtl“ when the first letter with a direction is Arabic or Hebrew."""
    strong = next((kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if strong == "L" else "rtl"


def _weight(row: dict) -> str:
    voices, tables = len(row["voices"]), len(row["voices_by_table"])
    return f"{count(voices, 'Stimme', 'Stimmen')} von {count(tables, 'Tisch', 'Tischen')}"


def _recommendation(row: dict, voices: dict[int, dict], today: dict[tuple, dict] | None) -> dict:
    figures = figure_tables.groups(row["figures"], today)
    figures_line = _counted(len(figures), "Kennzahl", "Kennzahlen")
    voices_line = _weight(row) if row["voices"] else ""
    evidence_line = ", ".join(filter(None, [voices_line, figures_line]))
    return {
        "number": row["number"],
        "title": row["title"],
        "text": row["text"],
        "anchor": f"empfehlung-{row['number']}",
        "field": row["action_field"],
        "strength": row["strength"]["label"],
        "lead": row["lead"] or "noch offen",
        "horizon": row["time_horizon"]["label"],
        "priority": row["priority"]["label"],
        "priority_key": row["priority"]["key"],
        "terms": _terms(row),
        "evidence_line": evidence_line,
        "voices_line": voices_line,
        "figures_line": figures_line,
        "evidence_text": _evidence_text(row, evidence_line),
        "voices": _strongest_first(row["voices"], voices),
        "figures": figures,
        "points": row["points"],
        "no_evidence_reason": row["no_evidence_reason"] or "",
    }


def _terms(row: dict) -> list[dict]:
    terms = [
        ("Verbindlichkeit", row["strength"]["label"]),
        ("Federführung", row["lead"] or "noch offen"),
        ("Beteiligte", ", ".join(filter(None, map(str.strip, row["partners"].splitlines())))),
        ("Zuständigkeit", row["competence"]["label"]),
        ("Zeithorizont", row["time_horizon"]["label"]),
        ("Priorität", row["priority"]["label"]),
        ("Zielgruppen", ", ".join(group["label"] for group in row["target_groups"])),
        ("Räume", ", ".join(area["name"] for area in row["areas"])),
        ("Ziel", row["goal"]),
    ]
    return [{"name": name, "text": text} for name, text in terms if text]


def _evidence_text(row: dict, evidence_line: str) -> str:
    """What the recommendation rests on, in full sentences."""
    sentences = [f"{evidence_line}." if evidence_line else "Keine Stimmen, keine Kennzahlen."]
    by_table = [f"Tisch {part['table']}: {german.number(part['voices'])}" for part in row["voices_by_table"]]
    if by_table:
        sentences.append(f"Stimmen nach Tischen: {', '.join(by_table)}.")
    if row["no_evidence_reason"]:
        sentences.append(f"Ohne Beleg aufgenommen, weil: {row['no_evidence_reason']}")
    return " ".join(sentences)


def _fields(document: dict, recommendations: list[dict]) -> list[dict]:
    named = [
        {"name": name, "recommendations": [row for row in recommendations if row["field"] == name]}
        for name in document["action_fields"]
    ]
    rest = {"name": WITHOUT_FIELD, "recommendations": [row for row in recommendations if row["field"] is None]}
    return [group for group in [*named, rest] if group["recommendations"]]


def _point(row: dict, document: dict, voices: dict[int, dict]) -> dict:
    used_in = [one["number"] for one in document["recommendations"] if row["number"] in one["points"]]
    leads_to = ""
    if used_in:
        word = "Empfehlung" if len(used_in) == 1 else "Empfehlungen"
        leads_to = f"{word} {enumerate_words([str(number) for number in used_in])}"
    weight = _weight(row) if row["voices"] else "ohne veröffentlichte Stimme"
    return {
        "number": row["number"],
        "title": row["title"],
        "summary": row["summary"],
        "field": row["action_field"] or "",
        "weight": weight,
        "minority": row["minority"],
        "about": " · ".join(filter(None, [weight, row["action_field"], leads_to and f"führt zu {leads_to}"])),
        "recommendations": used_in,
        "leads_to": leads_to,
        "voices": _strongest_first(row["voices"], voices),
    }


def _tables(document: dict, voices: dict[int, dict]) -> list[dict]:
    used = {id_ for point in document["points"] for id_ in point["voices"]}
    tables = []
    for table in document["conference"]["tables"]:
        said = [voice for id_, voice in voices.items() if id_ in used and voice["table"] == table["number"]]
        if said:
            tables.append({"name": f"Tisch {table['number']}: {table['title']}", "voices": said})
    return tables


def _set_aside(document: dict, voices: dict[int, dict]) -> list[dict]:
    return [{**voices[row["contribution"]], "reason": row["reason"]} for row in document["set_aside"]]


def own_figures(document: dict) -> list[dict]:
    """The figures of the conference's own area, without those of its parts."""
    own = document["area"]
    return [row for row in document["area_figures"] if key_of(row)[1:] == (own["level"], own["code"])]
