"""Where an organisation can lie: the same answer for forms, imports and operations."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corridor.directory.logic.atlas import kept_land
from corridor.directory.logic.coordinates import Doubt, doubt
from corridor.kernel.logic.verdict import Verdict

DOUBTS = {
    Doubt.RANGE: _("Latitude lies between −90 and 90 degrees, longitude between −180 and 180."),
    Doubt.HALF: _("Give latitude and longitude both, or neither."),
    Doubt.SWAPPED: _(
        "Latitude and longitude are probably swapped: the other way round the place lies in this country."
    ),
    Doubt.SEA: _("This place lies in the sea. If it is on a small island, leave the coordinates out."),
    Doubt.ELSEWHERE: _("This place is far from the towns of this country, or in the neighbourhood of another one."),
}


def may_lie(home: str, latitude: Decimal | float | None, longitude: Decimal | float | None) -> Verdict:
    """Whether a place in degrees can lie in a country; no boundary is used and none is judged."""
    found = doubt(home, latitude, longitude, kept_land(settings.MAP_FILE))
    return Verdict((DOUBTS[found],)) if found else Verdict()
