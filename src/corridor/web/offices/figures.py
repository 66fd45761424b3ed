"""What a country's desk did, counted from the events and from the decided texts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from corridor.directory.models import Country, MembershipRequest, Organisation
from corridor.kernel.models import Event, User
from corridor.matching.models import Notice, Wording
from corridor.web.waiting import is_overdue, submitted_in
from corridor.web.waits import in_words, median_wait

VERBS = (
    "wording.published",
    "wording.returned",
    "membershiprequest.confirmed",
    "membershiprequest.declined",
    "organisation.verified",
    "notice.suspended",
)


@dataclass(frozen=True)
class Figures:
    """How much waits, how much of it too long, what was done this month, and how long deciding takes."""

    waiting: int
    late: int
    published: int
    median: str
    month: list[tuple[str, int]]


def figures_of(country: Country) -> Figures:
    """The figures of one desk, in three queries."""
    since = [at for at in submitted_in(country.code).values_list("submitted_at", flat=True) if at is not None]
    done = done_since(country, month_start(country))
    names = {
        "wording.returned": _("Texts returned"),
        "membershiprequest.confirmed": _("People confirmed"),
        "membershiprequest.declined": _("Requests declined"),
        "organisation.verified": _("Organisations verified"),
        "notice.suspended": _("Texts suspended"),
    }
    return Figures(
        waiting=len(since),
        late=sum(is_overdue(at, country) for at in since),
        published=done.get("wording.published", 0),
        median=in_words(median_wait(country.code)),
        month=[(label, done.get(verb, 0)) for verb, label in names.items()],
    )


def month_start(country: Country) -> datetime.datetime:
    """The beginning of this month, by the country's clock."""
    now = timezone.now().astimezone(country.zone)
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def done_since(country: Country, start: datetime.datetime) -> dict[str, int]:
    """How often each deed happened in a country since a moment; events are for good, so nothing is lost by deleting.

    The sample does not count, as in the median: neither what was done to its records, nor, once they are unloaded, what its people did.
    """
    people = User.objects.filter(is_sample=False).values("pk")
    happened = Event.objects.filter(home=country.code, at__gte=start, verb__in=VERBS, by_id__in=people)
    for kind, sample in samples(country).items():
        happened = happened.exclude(subject_kind=kind, subject_id__in=sample.values(key=Cast("pk", CharField())))
    return dict(happened.order_by().values_list("verb").annotate(Count("pk")))


def samples(country: Country) -> dict[str, QuerySet[Any]]:
    """The records of a country that belong to the sample, by the kind that events name."""
    home = country.code
    return {
        "wording": Wording.objects.filter(notice__home=home, notice__is_sample=True),
        "notice": Notice.objects.filter(home=home, is_sample=True),
        "organisation": Organisation.objects.filter(home=home, is_sample=True),
        "membershiprequest": MembershipRequest.objects.filter(home=home, user__is_sample=True),
    }
