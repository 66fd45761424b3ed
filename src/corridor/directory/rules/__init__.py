"""Rules of the directory, by what they are about; `rules.may_verify(user, organisation)` wherever it stands."""

from corridor.directory.rules.membership import may_answer, may_set_country
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

__all__ = [
    "MOST_LISTED_IN_A_DAY",
    "ROSTER_CIRCLES",
    "may_answer",
    "may_be_shown",
    "may_consent",
    "may_describe_oneself",
    "may_edit",
    "may_join_roster",
    "may_list",
    "may_set_country",
    "may_verify",
    "may_withdraw",
    "may_withdraw_verification",
    "may_work_at",
]
