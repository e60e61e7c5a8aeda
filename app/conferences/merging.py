"""Teams and tasks follow when two departments of the directory turn out to be one."""

from app.conferences.models import PreparationTask, TeamMember
from app.institutions.announcements import institutions_merged, institutions_parted
from app.institutions.models import InstitutionMerge
from app.institutions.moves import move_rows, move_rows_back

FOLLOWING = {"team_members": TeamMember.department_id, "preparation_tasks": PreparationTask.department_id}


@institutions_merged.connect
def follow(merge: InstitutionMerge, **_given) -> None:
    """Give the kept department what the merged one had to do."""
    for word, column in FOLLOWING.items():
        move_rows(merge, word, column)


@institutions_parted.connect
def return_again(merge: InstitutionMerge, **_given) -> None:
    """Give back what was moved."""
    for word, column in FOLLOWING.items():
        move_rows_back(merge, word, column)
