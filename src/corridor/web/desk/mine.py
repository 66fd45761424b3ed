"""What a person has in hand: returned texts, drafts, submissions, notices that end soon, and news of partners."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy

from corridor.directory.models import Country, FocalPoint, MembershipRequest, Organisation
from corridor.directory.states import RequestState
from corridor.kernel.models import Letter, User
from corridor.matching.models import LONGEST_VALIDITY, Notice, Return, Wording
from corridor.matching.states import NoticeState, WordingState
from corridor.web.components.parts import Choice
from corridor.web.desk.steps import Step, steps_of
from corridor.web.results import Row, rows_of_notices
from corridor.web.waiting import ENDED, SOON, due_on, is_overdue, returned_to
from corridor.web.waits import in_words, median_wait

HALF_A_YEAR = datetime.timedelta(days=182)
NEWS_FOR = datetime.timedelta(days=30)
MOST = 12

# How one's notices are gathered: what one works on, what others read, what is over.
VIEWS = {
    "": (gettext_lazy("In hand"), (NoticeState.DRAFT, NoticeState.SUBMITTED)),
    "open": (gettext_lazy("Published"), (NoticeState.PUBLISHED, NoticeState.SUSPENDED)),
    "ended": (gettext_lazy("Ended"), (NoticeState.FULFILLED, NoticeState.EXPIRED, NoticeState.WITHDRAWN)),
}


class RenewalForm(forms.Form):
    """Until when a notice runs on."""

    until = forms.DateField(
        label=gettext_lazy("Valid until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, key: object) -> None:
        today = timezone.now().date()
        super().__init__(data, auto_id=f"{key}-%s", initial={"until": today + HALF_A_YEAR}, label_suffix="")
        edges = {"min": today.isoformat(), "max": (today + LONGEST_VALIDITY).isoformat()}
        self.fields["until"].widget.attrs.update(edges)


@dataclass(frozen=True)
class Lying:
    """A text of one's own that waits for its publisher: where it lies, since when, and how long that usually takes."""

    wording: Wording
    office: str
    publishes_itself: bool
    due: datetime.date
    is_late: bool
    zone: str
    usually: str


@dataclass(frozen=True)
class News:
    """A newly published notice that suits one of one's own."""

    row: Row
    own_id: str
    own_title: str


def works_on(user: User) -> QuerySet[Notice]:
    """The notices a person works on: of the organisations they speak for, and what they wrote as long as it is theirs."""
    return Notice.objects.own(user)


def written_by(user: User) -> QuerySet[Notice]:
    """What a person wrote and works on still."""
    return works_on(user).filter(author=user)


def returned(user: User) -> list[Wording]:
    """Texts that came back, with the newest reason, the latest first."""
    reasons = Prefetch("returns", queryset=Return.objects.order_by("-created_at"), to_attr="reasons")
    found = returned_to(user).select_related("notice").prefetch_related(reasons)
    return list(found.order_by("-decided_at", "pk")[:MOST])


def drafts(user: User) -> list[Wording]:
    """Texts of one's own that nobody else has yet, the one touched last on top."""
    mine = written_by(user).exclude(state__in=ENDED)
    found = Wording.objects.filter(state=WordingState.DRAFT, notice__in=mine)
    return list(found.select_related("notice").order_by("-notice__pk")[:MOST])


def lying(user: User) -> list[Lying]:
    """Texts of one's own that wait, the oldest first; with each office's median time, read once a country."""
    found = Wording.objects.filter(state=WordingState.SUBMITTED, notice__in=written_by(user))
    found = found.select_related("notice__organisation__verification").order_by("submitted_at", "pk")
    wordings = list(found[:MOST])
    homes = {wording.notice.home for wording in wordings}
    countries = Country.objects.in_bulk(homes)
    usually = {home: in_words(median_wait(home)) for home in sorted(homes)}
    names = ministries(homes)
    return [line(wording, countries[wording.notice.home], names, usually) for wording in wordings]


def line(wording: Wording, country: Country, names: dict[str, str], usually: dict[str, str]) -> Lying:
    """One waiting text."""
    organisation, at = wording.notice.organisation, wording.submitted_at
    assert at is not None
    return Lying(
        wording=wording,
        office=names.get(country.code, ""),
        publishes_itself=bool(organisation and organisation.is_verified and country.verified_publish_themselves),
        due=due_on(at, country),
        is_late=is_overdue(at, country) and not wording.notice.rests,
        zone=country.time_zone,
        usually=usually[country.code],
    )


def ministries(homes: set[str]) -> dict[str, str]:
    """The ministry that is the focal point of each of these countries today."""
    if not homes:
        return {}
    found = FocalPoint.objects.filter(home__in=homes, ends_on=None)
    named = found.prefetch_related(Prefetch("organisation", queryset=Organisation.objects.with_names()))
    return {held.home: held.organisation.name for held in named}


def ending(user: User) -> list[tuple[Notice, RenewalForm]]:
    """Published notices of one's own that end soon, and those that ended lately, with the form to renew them."""
    today = timezone.now().date()
    states = (NoticeState.PUBLISHED, NoticeState.EXPIRED)
    found = written_by(user).filter(state__in=states, valid_until__range=(today - SOON, today + SOON))
    listed = found.select_related("published").order_by("valid_until", "pk")[:MOST]
    return [(notice, RenewalForm(key=notice.pk)) for notice in listed]


def news(user: User) -> list[News]:
    """What the letters of the last month told: notices that suit one's own, as far as they are open to this person still."""
    since = timezone.now() - NEWS_FOR
    letters = Letter.objects.filter(user=user, template="suggestion_new", created_at__gte=since).order_by("-created_at")
    told = [letter.facts for letter in letters[:MOST]]
    keys = [UUID(facts["found"]) for facts in told]
    if not keys:
        return []
    found = Notice.objects.visible_to(user).open().filter(pk__in=keys, published__isnull=False).for_reading()
    rows = {str(row.record.pk): row for row in rows_of_notices(found, by=user)}
    return [
        News(rows[facts["found"]], facts["notice"], facts.get("title", "")) for facts in told if facts["found"] in rows
    ]


def newest_title() -> Subquery:
    """The title of a notice's newest version, as its own people see it."""
    return Subquery(Wording.objects.filter(notice=OuterRef("pk")).order_by("-number").values("title")[:1])


def newest_language() -> Subquery:
    """The language of a notice's newest version."""
    return Subquery(Wording.objects.filter(notice=OuterRef("pk")).order_by("-number").values("language")[:1])


def notices_in(user: User, view: str) -> QuerySet[Notice]:
    """One's notices in one view, the newest first, with the title of the newest version."""
    found = works_on(user).filter(state__in=VIEWS[view][1]).select_related("author")
    return found.annotate(title=newest_title(), language=newest_language()).order_by("-pk")


def views_of(user: User, current: str, url: str) -> tuple[Choice, ...]:
    """The views with how many notices each holds, in one query."""
    counted = dict(works_on(user).order_by().values_list("state").annotate(Count("pk")))
    return tuple(
        Choice(label, f"{url}?view={view}" if view else url, view == current, sum(counted.get(s, 0) for s in states))
        for view, (label, states) in VIEWS.items()
    )


def next_steps(user: User) -> list[Step]:
    """What somebody new does next; empty for whoever has done it all."""
    asked = MembershipRequest.objects.filter(user=user, state=RequestState.WAITING).first()
    has_notice = Notice.objects.filter(author=user).exists()
    office = ministries({asked.home}).get(asked.home, "") if asked and not user.audience.is_member else ""
    return steps_of(user, asked=asked, office=office, has_notice=has_notice)
