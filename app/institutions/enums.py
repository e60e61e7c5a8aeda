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
