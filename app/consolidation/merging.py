"""The lead of recommendations follows when two institutions of the directory turn out to be one."""

from app.consolidation.models import Recommendation
from app.institutions.announcements import institutions_merged, institutions_parted
from app.institutions.models import InstitutionMerge
from app.institutions.moves import move_rows, move_rows_back

LEADS = "recommendations"


@institutions_merged.connect
def follow(merge: InstitutionMerge, **_given) -> None:
    """Let the kept institution lead; published papers are frozen and keep the name they were published with."""
    move_rows(merge, LEADS, Recommendation.lead_id)


@institutions_parted.connect
def return_again(merge: InstitutionMerge, **_given) -> None:
    """Give back what was moved."""
    move_rows_back(merge, LEADS, Recommendation.lead_id)
