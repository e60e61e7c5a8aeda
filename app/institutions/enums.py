"""Closed lists of the directory."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class InstitutionType(LabelledEnum):
    """What kind of institution it is; shares by type show who was reached."""

    PROVIDER = "provider", _l("Träger")
    WELFARE_ASSOCIATION = "welfare_association", _l("Wohlfahrtsverband")
    ASSOCIATION = "association", _l("Verein, Initiative")
    SCHOOL = "school", _l("Schule")
    DAYCARE = "daycare", _l("Kita")
    POLICE = "police", _l("Polizei")
    HEALTH = "health", _l("Gesundheit, Pflege")
    CHURCH = "church", _l("Religionsgemeinschaft")
    HOUSING = "housing", _l("Wohnungsunternehmen")
    JOB_CENTRE = "job_centre", _l("Jobcenter, Arbeitsagentur")
    COUNSELLING = "counselling", _l("Beratungsstelle")
    SELF_HELP = "self_help", _l("Selbsthilfe")
    CULTURAL = "cultural", _l("Kultur, Migrant*innenorganisation")
    COMMITTEE = "committee", _l("Gremium, Beirat")
    BUSINESS = "business", _l("Wirtschaft")
    DEPARTMENT = "department", _l("Fachbereich der Verwaltung")


class LegalBasis(LabelledEnum):
    """Why the municipality may keep and write to a contact person (Art. 6 GDPR)."""

    PUBLIC_TASK = "public_task", _l("öffentliche Aufgabe (Art. 6 Abs. 1 e DSGVO)")
    CONSENT = "consent", _l("Einwilligung (Art. 6 Abs. 1 a DSGVO)")
    CONTRACT = "contract", _l("Vertrag, Leistungsvereinbarung (Art. 6 Abs. 1 b DSGVO)")
    PUBLISHED = "published", _l("selbst veröffentlichte Dienstadresse (Art. 6 Abs. 1 f DSGVO)")


class RequestState(LabelledEnum):
    """What became of the wish to be invited next time."""

    NEW = "new", _l("neu")
    TAKEN = "taken", _l("ins Verzeichnis übernommen")
    DECLINED = "declined", _l("nicht übernommen")
