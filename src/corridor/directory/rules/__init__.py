"""Rules of the directory, by what they are about; `rules.may_verify(user, organisation)` wherever it stands."""

from corridor.directory.rules.facilities import (
    MOST_FACILITIES,
    is_of_an_office,
    may_add_facility,
    may_close_facility,
    may_mend_facility,
    may_reopen_facility,
)
from corridor.directory.rules.membership import may_answer, may_set_country
from corridor.directory.rules.organisations import (
    MOST_LISTED_IN_A_DAY,
    may_edit,
    may_list,
    may_verify,
    may_withdraw_verification,
)

__all__ = [
    "MOST_FACILITIES",
    "MOST_LISTED_IN_A_DAY",
    "is_of_an_office",
    "may_add_facility",
    "may_answer",
    "may_close_facility",
    "may_edit",
    "may_list",
    "may_mend_facility",
    "may_reopen_facility",
    "may_set_country",
    "may_verify",
    "may_withdraw_verification",
]
