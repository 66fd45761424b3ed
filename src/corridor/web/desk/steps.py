"""What to do next, for somebody new here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.directory.models import MembershipRequest
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.web.components.names import country_in_words


@dataclass(frozen=True)
class Step:
    """One thing to do, done or not."""

    label: str
    text: str
    url: str = ""
    action: str = ""
    is_done: bool = False
    since: datetime.datetime | None = None


def steps_of(user: User, *, asked: MembershipRequest | None, office: str, has_notice: bool) -> list[Step]:
    """Write, and be confirmed; both can be done in any order. Empty when both are done."""
    is_at_home = has_notice or bool(user.audience.offices_of)
    if user.audience.can(Capability.OPERATE) or (user.audience.is_member and is_at_home):
        return []
    return [writing(has_notice), confirming(user, asked, office)]


def writing(has_notice: bool) -> Step:
    """The first notice."""
    if has_notice:
        return Step(_("You wrote a notice"), _("It is listed below."), is_done=True)
    return Step(
        _("Say what you need or offer"),
        _("In your own language and your own words. It stays private until it is published."),
        reverse("notice-new"),
        _("Write a notice"),
    )


def confirming(user: User, asked: MembershipRequest | None, office: str) -> Step:
    """Being confirmed: done, on the way, or to be asked for."""
    if user.audience.is_member:
        return Step(
            _("You are confirmed"), _("You can submit notices and read what is shared with members."), is_done=True
        )
    if asked is None:
        return Step(
            _("Ask to be confirmed"),
            _(
                "Somebody who knows you says that you are who you say: your organisation, or your country's focal point."
            ),
            reverse("membership"),
            _("Ask to be confirmed"),
        )
    where = {"office": office or country_in_words(asked.home)}
    return Step(
        _("You asked to be confirmed"),
        _("Your request lies with the focal point: %(office)s.") % where,
        reverse("membership"),
        _("Change your request"),
        since=asked.created_at,
    )
