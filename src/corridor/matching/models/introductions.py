"""Nouns of introductions: who asks whom about what, who said yes or no, and who takes no requests for now."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation, OrganisationSuspension
from corridor.kernel.models import Audience, Record, User
from corridor.kernel.states import Capability, Theme
from corridor.language.states import Language
from corridor.matching.models.notices import Notice
from corridor.matching.states import INTRODUCTION_MOVES, DeclineReason, IntroductionState, Side

REMINDED_AFTER = datetime.timedelta(days=7)
LAPSES_AFTER = datetime.timedelta(days=21)
# What is left at least after a reminder, or after a suspension of a side was lifted.
TIME_TO_ANSWER = LAPSES_AFTER - REMINDED_AFTER
# Of these a side is suspended: they stand still.
RESTING = Q(asker__suspension__isnull=False) | Q(asked__suspension__isnull=False)
# Not answered with a yes or no that the asker knows of.
OPEN = (IntroductionState.PROPOSED, IntroductionState.ASKED, IntroductionState.SET_ASIDE)


def spoken_for(user: object) -> list[str]:
    """The organisations that a person speaks for, as identifiers."""
    audience = user.audience if isinstance(user, User) else Audience(None)
    return [key for key in audience.organisations if audience.can(Capability.SPEAK, organisation=key)]


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Introductions."""

    def visible_to(self, user: object) -> IntroductionQuerySet:
        """Those of organisations that a person speaks for, and those that they proposed as a broker. Nobody else knows of them."""
        if not isinstance(user, User):
            return self.none()
        own = spoken_for(user)
        return self.filter(Q(asker__in=own) | Q(asked__in=own) | Q(is_brokered=True, begun_by=user))

    def open(self) -> IntroductionQuerySet:
        """Those that can still become a conversation."""
        return self.filter(state__in=OPEN)

    def to_answer(self, organisations: list[Any]) -> IntroductionQuerySet:
        """Those that wait for a yes or no of these organisations. What rests waits for nobody."""
        said = Consent.objects.filter(introduction=OuterRef("pk"))
        asker = Q(asker__in=organisations) & Q(~Exists(said.filter(side=Side.ASKER)))
        asked = Q(asked__in=organisations) & Q(~Exists(said.filter(side=Side.ASKED)))
        return self.exclude(RESTING).filter(
            Q(state=IntroductionState.ASKED, asked__in=organisations)
            | Q(state=IntroductionState.PROPOSED) & (asker | asked)
        )

    def resting(self) -> IntroductionQuerySet:
        """Those of which a side is suspended."""
        return self.filter(RESTING)

    def between(self, one: Organisation, other: Organisation) -> IntroductionQuerySet:
        """Those of a pair, whoever asked."""
        return self.filter(Q(asker=one, asked=other) | Q(asker=other, asked=one))

    def for_reading(self) -> IntroductionQuerySet:
        """With what a list or a page shows, in a fixed number of queries."""
        return self.select_related("asker", "asked", "notice__published", "notice__organisation").prefetch_related(
            "asker__names", "asked__names", "consents"
        )


class Introduction(Record):
    """Somebody would like to get to know an organisation. Names are told only when both sides have said yes.

    One side asks the other; or an officer of either country proposes it to both, and then `begun_by` is that officer.
    """

    asker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="introductions_begun")
    asked = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="introductions_received")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_brokered = models.BooleanField(default=False)
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="introductions")
    themes: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=30, choices=Theme), default=list, blank=True, verbose_name=_("themes")
    )
    language = models.CharField(max_length=10, choices=Language, blank=True)
    who_we_are = models.TextField(_("who you are"), max_length=1000, blank=True)
    interest = models.TextField(_("what interests you, and what you expect"), max_length=1500)
    questions = models.TextField(_("what you would like to know"), max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=IntroductionState, default=IntroductionState.ASKED)
    reminded_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    moves = INTRODUCTION_MOVES
    objects = IntroductionQuerySet.as_manager()
    PROSE: ClassVar[tuple[str, ...]] = ("who_we_are", "interest", "questions")

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IntroductionState.values), name="introduction_state_known"),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="introduction_has_two_sides"),
            models.CheckConstraint(condition=~Q(interest=""), name="introduction_says_something"),
            models.CheckConstraint(condition=Q(themes__contained_by=Theme.values), name="introduction_themes_known"),
            models.UniqueConstraint(
                Least("asker", "asked"),
                Greatest("asker", "asked"),
                "notice",
                condition=Q(state__in=OPEN),
                nulls_distinct=False,
                name="introduction_one_open_a_pair",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="introduction_follow_up_idx")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def home(self) -> str:
        """An introduction is at home where its asker is."""
        return self.asker.home

    @property
    def rests(self) -> bool:
        """Whether a side is suspended: then it stands still, and nobody answers, is reminded or loses time."""
        return self.asker.is_suspended or self.asked.is_suspended

    @property
    def rested_until(self) -> datetime.datetime | None:
        """When a suspension of either side was lifted last."""
        ended = OrganisationSuspension.objects.filter(
            organisation__in=[self.asker_id, self.asked_id], lifted_at__lte=timezone.now()
        )
        last: datetime.datetime | None = ended.aggregate(last=Max("lifted_at"))["last"]
        return last

    @property
    def lapses_at(self) -> datetime.datetime:
        """When it ends if nobody answers: time in which it rested is nobody's to lose."""
        moments = [moment for moment in (self.reminded_at, self.rested_until) if moment is not None]
        return max([self.created_at + LAPSES_AFTER, *(moment + TIME_TO_ANSWER for moment in moments)])

    @property
    def seen_by_asker(self) -> IntroductionState:
        """Its state as whoever asked may know it: what was set aside in silence still waits."""
        state = IntroductionState(self.state)
        return IntroductionState.ASKED if state == IntroductionState.SET_ASIDE else state

    @property
    def is_open(self) -> bool:
        """Whether it can still become a conversation."""
        return self.state in OPEN

    def party(self, side: str) -> Organisation:
        """The organisation of a side."""
        return self.asker if side == Side.ASKER else self.asked

    def sides_of(self, user: User) -> list[Side]:
        """The sides that a person speaks for."""
        return [side for side in Side if user.audience.can(Capability.SPEAK, organisation=self.party(side).pk)]

    @property
    def consenting(self) -> set[str]:
        """The sides that have said yes; from the rows already fetched."""
        return {consent.side for consent in self.consents.all()}

    @property
    def prose(self) -> dict[str, str]:
        """Its texts by field, without empty ones."""
        return {field: getattr(self, field) for field in self.PROSE if getattr(self, field)}


class Consent(Record):
    """A side's yes, and who said it. Whoever asks has said yes by asking."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="consents")
    side = models.CharField(max_length=6, choices=Side)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="consent_side_known"),
            models.UniqueConstraint(fields=["introduction", "side"], name="consent_once_a_side"),
        ]

    def __str__(self) -> str:
        return self.get_side_display()


class Decline(Record):
    """A side's no, with a reason from a list that the other side reads."""

    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="decline")
    side = models.CharField(max_length=6, choices=Side)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="decline_side_known"),
            models.CheckConstraint(condition=Q(reason__in=DeclineReason.values), name="decline_reason_known"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Pause(Record):
    """An organisation takes no requests for introductions, from a moment until somebody there ends it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pauses")
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at__isnull=True), name="pause_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="pause_ended_wholly",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)

    @property
    def home(self) -> str:
        """A pause is at home where its organisation is."""
        return self.organisation.home
