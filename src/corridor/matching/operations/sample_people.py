"""The people of the sample who describe themselves: invented experts, each of whom lets others read something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corridor.directory.models import Organisation
from corridor.directory.operations import people, roster
from corridor.directory.operations.people import Spoken
from corridor.directory.states import CONSENT_VERSION
from corridor.kernel.models import User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope

PLAIN = ("name", "headline", "expertise", "themes", "website")


def load(row: Mapping[str, Any], user: User, listed: Mapping[str, Organisation]) -> None:
    """One expert: confirmed by an organisation of the sample, described, and shown as the row says."""
    own = listed[row["organisation"]]
    grant(user, Office.MEMBER, over=(Scope.ORGANISATION, own.pk), home=own.home, by=None, reason="sample")
    profile = people.describe_oneself(
        user,
        by=user,
        home=row["country"],
        expertise_language=row["language"],
        affiliation=own,
        languages=[Spoken(tag, "r" in deeds, "w" in deeds, "s" in deeds) for tag, deeds in row["languages"].items()],
        **{field: row[field] for field in PLAIN if field in row},
    )
    people.choose_circles(profile, by=user, choices=row["shown"], words=CONSENT_VERSION)
    roster.choose_themes(profile, by=user, choices=row["roster"], words=CONSENT_VERSION)
