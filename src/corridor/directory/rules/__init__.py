"""Rules of the directory, by what they are about; `rules.may_verify(user, organisation)` wherever it stands."""

from corridor.directory.rules.imports import MOST_PREVIEWS, may_drop_import, may_import, may_take_import
from corridor.directory.rules.membership import may_answer, may_set_country
from corridor.directory.rules.organisations import (
    MOST_LISTED_IN_A_DAY,
    may_edit,
    may_list,
    may_verify,
    may_withdraw_verification,
)
from corridor.directory.rules.places import may_lie

__all__ = [
    "MOST_LISTED_IN_A_DAY",
    "MOST_PREVIEWS",
    "may_answer",
    "may_drop_import",
    "may_edit",
    "may_import",
    "may_lie",
    "may_list",
    "may_set_country",
    "may_take_import",
    "may_verify",
    "may_withdraw_verification",
]
