"""What waits for a person, for the line under the header: one query for an author, a second for an officer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from corridor.directory.logic.working_days import last_day
from corridor.directory.models import Correction, Country, MembershipRequest, NetworkMembership, OrganisationSuspension
from corridor.directory.states import NetworkMembershipState, RequestState
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.matching.models import Answer, Introduction, Notice, Report, Wording
from corridor.matching.states import AnswerState, NoticeState, WordingState
from corridor.web.components.parts import Waiting

SOON = datetime.timedelta(days=21)
ENDED = (NoticeState.WITHDRAWN, NoticeState.FULFILLED, NoticeState.SUSPENDED)


@dataclass(frozen=True)
class OnDesk:
    """How much lies on the desk of one country."""

    country: Country
    submissions: int
    oldest: datetime.datetime | None
    people: int
    reported: int
    corrections: int
    objections: int

    @property
    def is_late(self) -> bool:
        """Whether some submission has lain too long."""
        return self.oldest is not None and is_overdue(self.oldest, self.country)


def waiting_for(user: User) -> list[Waiting]:
    """Everything that waits for somebody who is signed in; what there is none of is left out."""
    own = own_counts(user)
    items = [
        (_("Returned to you"), "desk", own["returned"]),
        (_("Ending soon"), "desk", own["ending"]),
        (_("Your organisation's texts to publish"), "desk", own["own_queue"]),
        (_("Colleagues to confirm"), "desk-colleagues", own["colleagues"]),
        (_("Networks"), "networks-mine", own["networks"]),
        (_("Introductions"), "introductions", own["introductions"]),
    ]
    mine = [Waiting(label, reverse(name), count) for label, name, count in items if count]
    return mine + [item for office in offices(user) for item in office_items(office)]


def office_items(office: OnDesk) -> list[Waiting]:
    """What waits at one country desk."""
    items = [
        (_("Submissions"), "country-desk", office.submissions, office.is_late),
        (_("People to vouch for"), "country-desk-people", office.people, False),
        (_("Reported texts"), "country-desk-reports", office.reported, False),
        (_("Corrections"), "country-desk-corrections", office.corrections, False),
        (_("Suspended"), "country-desk-suspended", office.objections, False),
    ]
    query = urlencode({"country": office.country.code})
    return [
        Waiting(label, f"{reverse(name)}?{query}", count, is_late) for label, name, count, is_late in items if count
    ]


def is_overdue(submitted_at: datetime.datetime, country: Country) -> bool:
    """Whether a submission has lain longer than the country's office is given, in its own days and weekends."""
    return timezone.now().astimezone(country.zone).date() > due_on(submitted_at, country)


def due_on(submitted_at: datetime.datetime, country: Country) -> datetime.date:
    """The last day on which deciding is in time."""
    return last_day(submitted_at.astimezone(country.zone).date(), settings.OVERDUE_WORKING_DAYS, country.weekend)


def count_of(records: QuerySet) -> Subquery:
    """How many records there are, as a part of another query."""
    counted = records.order_by().annotate(total=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Subquery(counted.values("total"))


def own_counts(user: User) -> dict[str, int]:
    """What waits for a person as an author and as a colleague, in one query."""
    mine = Notice.objects.own(user).filter(author=user)
    counts: dict[str, Any] = {
        "returned": count_of(returned_to(user)),
        "ending": count_of(mine.filter(state=NoticeState.PUBLISHED, valid_until__lte=timezone.now().date() + SOON)),
        "own_queue": count_of(own_queue(user)),
        "colleagues": count_of(colleagues_of(user)),
        "networks": count_of(memberships_to_answer(user)) + count_of(answers_to_read(user)),
        "introductions": count_of(Introduction.objects.to_answer(organisations_where(user, Capability.SPEAK))),
    }
    found: Any = User.objects.filter(pk=user.pk).values(**counts)
    return dict(found.get())


def returned_to(user: User) -> QuerySet[Wording]:
    """A person's texts that a publisher gave back and that lie as they came."""
    mine = Notice.objects.own(user).filter(author=user).exclude(state__in=ENDED)
    return Wording.objects.filter(state=WordingState.RETURNED, notice__in=mine)


def own_queue(user: User) -> QuerySet[Wording]:
    """Submissions that a person's own verified organisation decides on, where its country leaves that to it."""
    themselves = Country.objects.filter(verified_publish_themselves=True)
    return Wording.objects.filter(
        state=WordingState.SUBMITTED,
        notice__home__in=themselves.values("pk"),
        notice__organisation__in=organisations_where(user, Capability.SPEAK),
        notice__organisation__verification__isnull=False,
        notice__organisation__suspension__isnull=True,
    )


def colleagues_of(user: User) -> QuerySet[MembershipRequest]:
    """Requests that a person may answer for a verified organisation."""
    return MembershipRequest.objects.filter(
        state=RequestState.WAITING,
        is_claim=False,
        organisation__in=organisations_where(user, Capability.CONFIRM_COLLEAGUE),
        organisation__verification__isnull=False,
        organisation__suspension__isnull=True,
    ).exclude(user=user)


def memberships_to_answer(user: User) -> QuerySet[NetworkMembership]:
    """Who asked to join networks that a person convenes, and invitations to organisations they look after."""
    own = organisations_where(user, Capability.MANAGE_ORGANISATION)
    asked = Q(state=NetworkMembershipState.ASKED, network__convenor__in=own)
    both = {"network__convenor__suspension": None, "organisation__suspension": None}
    invited = Q(state=NetworkMembershipState.INVITED, organisation__in=own)
    return NetworkMembership.objects.filter(asked | invited, **both)


def answers_to_read(user: User) -> QuerySet[Answer]:
    """Answers to problems of organisations that a person speaks for, which nobody has decided on and somebody can."""
    own = organisations_where(user, Capability.SPEAK)
    both = {"problem__notice__organisation__suspension": None, "organisation__suspension": None}
    return Answer.objects.filter(state=AnswerState.GIVEN, problem__notice__organisation__in=own, **both)


def organisations_where(user: User, capability: Capability) -> list[UUID]:
    """The organisations over which a person may do something."""
    return [UUID(key) for key in user.audience.organisations if user.audience.can(capability, organisation=key)]


def submitted_in(home: object) -> QuerySet[Wording]:
    """Texts that wait for a country's decision. Those of suspended organisations cannot be published and wait for nobody."""
    waiting = Wording.objects.filter(state=WordingState.SUBMITTED, notice__home=home)
    return waiting.filter(notice__organisation__suspension__isnull=True)


def offices(user: User) -> list[OnDesk]:
    """The countries whose desk a person sits at, with what lies there, in one query and in the order of the six."""
    if not user.audience.offices_of:
        return []
    submitted = submitted_in(OuterRef("pk"))
    objected = OrganisationSuspension.objects.filter(lifted_at=None, objection__isnull=False)
    people = MembershipRequest.objects.filter(state=RequestState.WAITING, home=OuterRef("pk")).exclude(user=user)
    unanswered = Report.objects.filter(answered_at=None, notice=OuterRef("pk"))
    counts: dict[str, Any] = {
        "submissions": count_of(submitted),
        "oldest": Subquery(submitted.order_by("submitted_at").values("submitted_at")[:1]),
        "people": count_of(people),
        "reported": count_of(Notice.objects.filter(Exists(unanswered), home=OuterRef("pk"))),
        "corrections": count_of(Correction.objects.waiting().filter(organisation__home=OuterRef("pk"))),
        "objections": count_of(objected.filter(organisation__home=OuterRef("pk"))),
    }
    found: Any = Country.objects.filter(pk__in=user.audience.offices_of).annotate(**counts)
    return [OnDesk(one, **{name: getattr(one, name) for name in counts}) for one in found]
