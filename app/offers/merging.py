"""Offers and links of providers follow when two institutions of the directory turn out to be one."""

from app.institutions.announcements import institutions_merged, institutions_parted
from app.institutions.models import InstitutionMerge
from app.institutions.moves import move_rows, move_rows_back
from app.offers.models import Offer, ProviderLink

FOLLOWING = {"offers": Offer.institution_id, "provider_links": ProviderLink.institution_id}


@institutions_merged.connect
def follow(merge: InstitutionMerge, **_given) -> None:
    """Give the kept institution what the merged one offers."""
    for word, column in FOLLOWING.items():
        move_rows(merge, word, column)


@institutions_parted.connect
def return_again(merge: InstitutionMerge, **_given) -> None:
    """Give back what was moved."""
    for word, column in FOLLOWING.items():
        move_rows_back(merge, word, column)
