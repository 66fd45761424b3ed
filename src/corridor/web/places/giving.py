"""What one organisation has to give, for its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from corridor.directory import rules
from corridor.directory.models import Facility, Organisation
from corridor.directory.states import FacilityKind, OrganisationType
from corridor.kernel.models import User

MOST = 12
# What these have to give is why people look at them.
GIVERS = frozenset({OrganisationType.ZONE, OrganisationType.PARK, OrganisationType.INCUBATOR})


@dataclass(frozen=True)
class Giving:
    """The part of an organisation's page that says what it has to give."""

    open: list[Facility]
    closed: list[Facility]
    is_first: bool
    may_change: bool
    all_url: str

    @property
    def is_shown(self) -> bool:
        """Whether there is something to say, or somebody who could say it."""
        return bool(self.open) or self.is_first or self.may_change


def giving_of(organisation: Organisation, by: User | None) -> Giving:
    """What it has to give, by kind and name; what is closed only for those who could open it again. One query."""
    order = list(FacilityKind.values)
    may_change = by is not None and bool(rules.may_edit(by, organisation))
    found = (
        Facility.objects.visible_to(by)
        .filter(organisation=organisation)
        .select_related("closing")
        .defer("about", "admission")
    )
    listed = sorted(found, key=lambda facility: (order.index(facility.kind), facility.name.casefold()))
    open_ones = [facility for facility in listed if not facility.is_closed]
    url = f"{reverse('facilities')}?organisation={organisation.pk}"
    return Giving(
        open=open_ones[:MOST],
        closed=[facility for facility in listed if facility.is_closed] if may_change else [],
        is_first=organisation.type in GIVERS,
        may_change=may_change,
        all_url=url if len(open_ones) > MOST else "",
    )
