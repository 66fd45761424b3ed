"""Rules of the directory, by what they are about; `rules.may_verify(user, organisation)` wherever it stands."""

from corridor.directory.rules.corrections import may_answer_correction
from corridor.directory.rules.duplicates import may_decide, may_merge, may_name_pair, may_undo
from corridor.directory.rules.facilities import (
    MOST_FACILITIES,
    is_of_an_office,
    may_add_facility,
    may_close_facility,
    may_mend_facility,
    may_reopen_facility,
)
from corridor.directory.rules.imports import MOST_PREVIEWS, may_drop_import, may_import, may_take_import
from corridor.directory.rules.membership import may_answer, may_set_country
from corridor.directory.rules.networks import (
    acts_for,
    may_answer_membership,
    may_ask_to_join,
    may_convene,
    may_end_membership,
    may_found,
    may_hand_over,
    may_invite,
)
from corridor.directory.rules.organisations import (
    MOST_LISTED_IN_A_DAY,
    may_edit,
    may_list,
    may_verify,
    may_withdraw_verification,
)
from corridor.directory.rules.people import (
    ROSTER_CIRCLES,
    may_be_shown,
    may_consent,
    may_describe_oneself,
    may_join_roster,
    may_withdraw,
    may_work_at,
)
from corridor.directory.rules.places import may_lie

__all__ = [
    "MOST_FACILITIES",
    "MOST_LISTED_IN_A_DAY",
    "MOST_PREVIEWS",
    "ROSTER_CIRCLES",
    "acts_for",
    "is_of_an_office",
    "may_add_facility",
    "may_answer",
    "may_answer_correction",
    "may_answer_membership",
    "may_ask_to_join",
    "may_be_shown",
    "may_close_facility",
    "may_consent",
    "may_convene",
    "may_decide",
    "may_describe_oneself",
    "may_drop_import",
    "may_edit",
    "may_end_membership",
    "may_found",
    "may_hand_over",
    "may_import",
    "may_invite",
    "may_join_roster",
    "may_lie",
    "may_list",
    "may_mend_facility",
    "may_merge",
    "may_name_pair",
    "may_reopen_facility",
    "may_set_country",
    "may_take_import",
    "may_undo",
    "may_verify",
    "may_withdraw",
    "may_withdraw_verification",
    "may_work_at",
]
