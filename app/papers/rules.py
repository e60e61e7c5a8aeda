"""Pure decisions about papers: addresses, evidence, which version may go out."""

import re
import unicodedata

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug_for(area: str, year: int, taken: set[str]) -> str:
    """The address of a paper: „Mitte/Hafen“ in 2026 → „mitte-hafen-2026“; numbered where that is taken."""
    plain = unicodedata.normalize("NFKD", area.lower().translate(UMLAUTS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "papier"
    slug = base = f"{words}-{year}"
    further = 2
    while slug in taken:
        slug = f"{base}-{further}"
        further += 1
    return slug


def lacks_evidence(recommendation: dict) -> bool:
    """Whether a frozen recommendation rests on no voice and no known figure."""
    return not recommendation["voices"] and not any(figure["state"] == "known" for figure in recommendation["figures"])


def lacking_numbers(document: dict) -> set[int]:
    """The numbers of a document's recommendations that rest on nothing."""
    return {row["number"] for row in document["recommendations"] if lacks_evidence(row)}


def refusal_to_publish(document: dict, *, newest: int, published: bool) -> str | None:
    """Why a frozen version may not be published, with what to do, or None."""
    if published:
        return f"Version {document['version']} ist schon veröffentlicht."
    if document["version"] != newest:
        return f"Version {document['version']} ist überholt. Veröffentlichen Sie Version {newest}."
    bare = [row for row in document["recommendations"] if lacks_evidence(row) and not row["no_evidence_reason"]]
    if bare:
        names = ", ".join(f"{row['number']} „{row['title']}“" for row in bare)
        return (
            f"Ohne Beleg: Empfehlung {names}. Ordnen Sie Stimmen oder Kennzahlen zu oder nennen Sie beim Einfrieren "
            "einen Grund, der mitgedruckt wird. Frieren Sie danach eine neue Version ein."
        )
    return None
