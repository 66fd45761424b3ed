"""The page of one thing that an organisation has to give."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.directory import rules
from corridor.directory.models import Facility
from corridor.kernel.models import User
from corridor.web.components.parts import Crumb
from corridor.web.page import page, reader
from corridor.web.places.facility_facts import facts_of


@login_not_required
@require_safe
def facility(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is, on which terms and where to ask; of a closed one, since when and why."""
    found = get_object_or_404(Facility.objects.visible_to(request.user).for_reading(), pk=pk)
    organisation = found.organisation
    context = {
        "facility": found,
        "organisation": organisation,
        "facts": [fact for fact in facts_of(found).values() if fact],
        "closing": found.closing if found.is_closed else None,
        "alike_url": f"{reverse('facilities')}?{urlencode({'kind': found.kind, 'id': str(found.pk)})}",
        **verdicts(found, reader(request)),
        "trail": (
            Crumb(_("Directory"), reverse("directory")),
            Crumb(_("Facilities and services"), reverse("facilities")),
            Crumb(found.name),
        ),
    }
    return page(request, "places/facility.html", context)


def verdicts(found: Facility, by: User | None) -> dict[str, Any]:
    """What this reader may do with it; nothing is offered to whoever may neither mend nor close it."""
    if by is None:
        return {"may_mend": False, "may_close": False}
    may_mend, may_close = rules.may_mend_facility(by, found), rules.may_close_facility(by, found)
    offered = {"may_mend": may_mend.allowed, "may_close": may_close.allowed}
    return offered | {"may_reopen": rules.may_reopen_facility(by, found)} if may_mend else offered
